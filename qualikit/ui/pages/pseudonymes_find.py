"""Step 1: the names of all documents looked for, beside the rest of the work."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import jobs, state
from qualikit.ui.messages import plain

JOB = "pseudonyms"
"""Kind of work of this page: one piece at a time, for all of it changes or reads the key."""
FOUND = "pseudonyms_found"


def show(project: Project, key: Key) -> None:
    """Draw the step."""
    documents = state.kept(project, "documents", project.corpus.documents)
    words = sum(document.words for document in documents)
    st.markdown(
        plain(
            _(
                "Sont cherchés : les personnes qui parlent, les noms que vous donnez ici, les téléphones, adresses et "
                "numéros, et tout ce que le modèle de langue prend pour un nom. Rien n'est remplacé à cette étape, "
                "et ce que vous avez déjà décidé ne change pas."
            )
        )
    )
    st.text_area(
        _("Des noms que vous connaissez, un par ligne"),
        key="pseudonyms_given",
        height=110,
        placeholder=_("Fatima Benali\nrésidence des Tilleuls"),
        help=_("Utile surtout pour des transcriptions sans majuscules, où un nom sur trois environ échappe au modèle."),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Chercher les noms") if not key.entries else _("Chercher à nouveau"),
            type="primary",
            icon=":material/search:",
            key="pseudonyms_find",
            disabled=jobs.busy(JOB),
            on_click=_start,
            args=(project, key),
        )
        count = ngettext("{n} document", "{n} documents", len(documents)).format(n=len(documents))
        minutes = max(1, round(words / 5000 / 60))
        st.caption(
            plain(
                ngettext("{documents} : environ {n} minute", "{documents} : environ {n} minutes", minutes).format(
                    documents=count, n=minutes
                )
            )
        )
    _report()


def _start(project: Project, key: Key) -> None:
    names = [line.strip() for line in st.session_state.get("pseudonyms_given", "").splitlines() if line.strip()]
    service = project.corpus.pseudonyms
    with state.speaking():
        jobs.start_whole(
            JOB,
            lambda progress: service.find(key, names, progress),
            waiting=_("Le modèle de langue se charge…"),
            say=lambda name, n, total: _("Lecture de « {name} » ({n} sur {total})").format(name=name, n=n, total=total),
            take=partial(st.session_state.__setitem__, FOUND),
            outlives=True,
        )


def _report() -> None:
    found = st.session_state.get(FOUND)
    if found is None:
        return
    read = ngettext("{n} document lu", "{n} documents lus", found.documents).format(n=found.documents)
    names = ngettext("{n} nom trouvé", "{n} noms trouvés", len(found.entries)).format(n=len(found.entries))
    if found.stopped:
        st.warning(
            plain(_("Recherche arrêtée : {read}, {names}. Le reste n'a pas été lu.").format(read=read, names=names))
        )
    else:
        st.success(plain(_("{read}, {names}. Passez à « Relire ».").format(read=read, names=names)))
    if found.lower:
        titles = ", ".join(f"« {title} »" for title in found.lower[:6])
        st.warning(
            plain(
                _(
                    "Sans majuscules, un nom sur trois environ échappe à la recherche : {titles}. "
                    "Ajoutez ci-dessus les noms que vous connaissez, puis cherchez à nouveau."
                ).format(titles=titles)
            )
        )
