"""Step 3: what would change, as it would read, then the change itself, undone in one as long as the key is there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key
from qualikit.corpus.pseudonyms.model import Context, Decision, OtherTexts
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import jobs, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages.pseudonymes_find import JOB

APPLIED = "pseudonyms_applied"


def show(project: Project, key: Key, pending: int) -> None:
    """Draw the step; ``pending``: names that wait for a decision."""
    _report()
    if pending:
        st.warning(
            plain(
                ngettext(
                    "{n} nom attend votre décision : il ne sera pas remplacé.",
                    "{n} noms attendent votre décision : ils ne seront pas remplacés.",
                    pending,
                ).format(n=pending)
            )
        )
    with st.spinner(_("L'aperçu se prépare…")):
        preview = state.kept(
            project, "pseudonyms preview", lambda: project.corpus.pseudonyms.preview(key, 60), hash(key.entries)
        )
    others = state.kept(
        project, "pseudonyms others", lambda: project.corpus.pseudonyms.preview_others(key), hash(key.entries)
    )
    nothing = not (preview or others.shown or others.others)
    if nothing and st.session_state.get(APPLIED) is not None:
        return
    if nothing:
        st.info(plain(_("Aucun nom à remplacer n'est dans les textes : il n'y a rien à appliquer.")))
        return
    replaced = sum(entry.decision is Decision.REPLACE for entry in key.entries)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Remplacer les noms"),
            type="primary",
            icon=":material/find_replace:",
            key="pseudonyms_apply",
            disabled=jobs.busy(JOB),
            on_click=_start,
            args=(project, key),
        )
        names = ngettext("{n} nom de la clé", "{n} noms de la clé", replaced).format(n=replaced)
        st.caption(
            plain(
                _(
                    "{names}, dans les textes, les titres, les étiquettes, les attributs, les mémos et la grille. "
                    "Les codages suivent. Cela s'annule en une fois tant que la clé est là."
                ).format(names=names)
            )
        )
    st.subheader(_("Aperçu"), anchor=False)
    _other_texts(others)
    if preview:
        _texts(preview)


def _other_texts(others: OtherTexts) -> None:
    """Titles, names, attributes before and after: a word taken for a name by mistake shows there at once."""
    if others.shown:
        lines = "".join(
            f'<p class="qk-context"><small>{escaped(one.what)}</small> <del>{escaped(one.before)}</del> → '
            f"<ins>{escaped(one.after)}</ins></p>"
            for one in others.shown
        )
        with st.container(height=180 if len(others.shown) > 4 else "content", border=True, key="pseudonyms-others"):
            st.html(lines)
    if others.others:
        st.caption(
            plain(
                ngettext(
                    "{n} autre texte change aussi : nom de fichier, mémo, grille…",
                    "{n} autres textes changent aussi : noms de fichiers, mémos, grille…",
                    others.others,
                ).format(n=others.others)
            )
        )


def _texts(preview: Sequence[Context]) -> None:
    with st.container(height=430, border=True, key="pseudonyms-preview"):
        title = None
        for context in preview:
            if context.document != title:
                title = context.document
                st.html(f"<p><b>{escaped(title)}</b></p>")
            st.html(
                f'<p class="qk-context">…{escaped(context.left)}<del>{escaped(context.match)}</del> '
                f"<ins>{escaped(context.replacement)}</ins>{escaped(context.right)}…</p>"
            )


def _start(project: Project, key: Key) -> None:
    service = project.corpus.pseudonyms
    with state.speaking():
        waiting = _("Les noms sont remplacés…")
        jobs.start_whole(
            JOB,
            lambda progress: service.apply(key, progress),
            waiting=waiting,
            say=partial(through, waiting),
            take=partial(st.session_state.__setitem__, APPLIED),
            outlives=True,
        )


def through(what: str, name: str, n: int, total: int) -> str:
    """The line of work that goes through the documents; ``what`` says what is done."""
    return what + " " + _("{n} sur {total} : {name}").format(n=n, total=total, name=name)


def _report() -> None:
    done = st.session_state.get(APPLIED)
    if done is None:
        return
    if done.stopped:
        st.warning(plain(_("Arrêté : rien n'a été remplacé.")))
        return
    words = ngettext("{n} nom remplacé", "{n} noms remplacés", done.replaced).format(n=done.replaced)
    where = ngettext("{n} document", "{n} documents", done.documents).format(n=done.documents)
    st.success(
        plain(
            _("{words} dans {where}. Passez à « Contrôler » pour relire le résultat.").format(words=words, where=where)
        )
    )
    if done.aside:
        st.warning(
            plain(
                ngettext(
                    "{n} codage a perdu ses mots et attend d'être relu.",
                    "{n} codages ont perdu leurs mots et attendent d'être relus.",
                    done.aside,
                ).format(n=done.aside)
            )
        )
