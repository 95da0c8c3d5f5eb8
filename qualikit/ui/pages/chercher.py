"""The page Chercher: what is typed, what it is narrowed to, the hits aligned on what was found."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import downloads, jobs, messages, places, state
from qualikit.ui.concordance import concordance, hit_key
from qualikit.ui.messages import escaped
from qualikit.ui.pages import chercher_coding, chercher_export, chercher_filters, chercher_help, projet_choice

QUERY = "search_query"
TRAIL = "search_trail"
TICKED = "search_ticked"
PAGE = 50
CONTEXT = 140
"""Characters on each side: what a wide screen shows."""
INDEXING = "search index"
STOPPED = "search_index_stopped"


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "documents", project.corpus.documents):
        _without_documents()
        return
    _follow_address()
    with st.container(horizontal=True, vertical_alignment="center", key="search-head"):
        st.title(_("Chercher"), anchor=False, width="content")
        st.text_input(
            _("Ce que vous cherchez"),
            key=QUERY,
            persist_state="session",
            label_visibility="collapsed",
            placeholder=_("Un mot, une expression : pluie, « au pied des tours », médiat*"),
            icon=":material/search:",
        )
        with st.popover(_("Aide"), icon=":material/help:", key="search_help"):
            chercher_help.table()
    filters = chercher_filters.show(project)
    jobs.show()
    query = (st.session_state.get(QUERY) or "").strip()
    if not query:
        chercher_help.examples(QUERY)
        return
    try:
        _results(project, query, filters)
    except QualikitError as refusal:
        st.info(messages.plain(str(refusal)), icon=":material/info:")


def _follow_address() -> None:
    """Look for what the address of the page asks for, where it says."""
    words = places.asked("mots")
    if words is None:
        return
    st.session_state[QUERY] = words
    st.query_params.pop("mots", None)


def _without_documents() -> None:
    with messages.empty(
        _("Rien à chercher encore"),
        _(
            "Ici se retrouve tout ce qui a été dit sur un sujet, d'un document à l'autre, chaque mot dans sa phrase, "
            "à coder d'un geste. Il faut d'abord au moins un document."
        ),
        icon="search",
        key="search",
    ):
        if st.button(_("Importer des documents"), type="primary", key="search_import"):
            places.go("corpus")
        projet_choice.sample_button("search_sample")


def _results(project: Project, query: str, filters: chercher_filters.Chosen) -> None:
    asked = (query, filters.key)
    if st.session_state.get("search_asked") != asked:
        st.session_state["search_asked"] = asked
        st.session_state[TRAIL] = [None]
        st.session_state[TICKED] = {}
        st.session_state.pop(STOPPED, None)
    if not _indexed(project):
        return
    trail = st.session_state[TRAIL]
    hits = _page(project, query, filters, trail[-1])
    if not hits and len(trail) > 1:  # what was here has gone: to the first page
        st.session_state[TRAIL] = [None]
        st.rerun()
    if not hits:
        _nothing(query, filters)
        return
    _lines(project, query, filters, hits)


def _indexed(project: Project) -> bool:
    """Whether all texts can be searched; where they cannot yet, they are made ready in the background."""
    if not jobs.busy(INDEXING):
        if not project.corpus.unindexed_words():
            st.session_state.pop(STOPPED, None)
            return True
        if not st.session_state.get(STOPPED):
            _index(project)
            st.rerun()
        said = _("Arrêté : les textes ne sont pas encore tous prêts pour la recherche.")
        st.info(messages.plain(said), icon=":material/info:")
        if st.button(_("Chercher"), key="search_index", type="primary", icon=":material/search:"):
            del st.session_state[STOPPED]
            st.rerun()
    return False


def _index(project: Project) -> None:
    def say(name: str, n: int, total: int) -> str:
        return _("Les textes se préparent pour la recherche : {share:.0%}").format(share=n / total)

    def close(job: jobs.Job) -> None:
        if job.stopping or job.problem:
            st.session_state[STOPPED] = True

    corpus = project.corpus
    jobs.start_whole(INDEXING, corpus.index_words, waiting=say("", 0, 1), say=say, take=lambda whole: None, close=close)


def _page(project: Project, query: str, filters: chercher_filters.Chosen, after: Any) -> list[Any]:
    return state.kept(
        project,
        "search",
        lambda: project.coding.search(query, after=after, limit=PAGE, context=CONTEXT, **filters.asked),
        query,
        filters.key,
        after,
    )


def _nothing(query: str, filters: chercher_filters.Chosen) -> None:
    said = _("Rien ne répond à « {query} »").format(query=query)
    if filters.count:
        said += " " + _("avec ces filtres")
    st.html(f'<p class="qk-nothing">{escaped(said)}.</p>')
    if filters.count and st.button(_("Chercher sans les filtres"), key="search_unfiltered"):
        chercher_filters.forget()
        st.rerun()
    if " " in query and '"' not in query and " OU " not in query and " OR " not in query:
        st.html(
            '<p class="qk-quiet">'
            + escaped(_("Plusieurs mots se cherchent dans un même tour de parole ; pour l'un ou l'autre, écrivez OU."))
            + "</p>"
        )


@state.fragment
def _lines(project: Project, query: str, filters: chercher_filters.Chosen, hits: list[Any]) -> None:
    ticked: dict[str, Any] = st.session_state[TICKED]
    trail = st.session_state[TRAIL]
    with st.container(horizontal=True, vertical_alignment="center", key="search-bar"):
        count_place = st.empty()
        st.space("stretch")
        _turn(trail, hits)
        if (export := downloads.popover("search_export")).open:
            with export:
                chercher_export.show(project, query, filters)
    actions = st.container(key="search-actions")
    changed, opened = concordance(hits, page=f"{query} {filters.key} {trail[-1]}", ticked=ticked, key="search_hits")
    if changed is not None:
        for hit in hits:
            name = hit_key(hit)
            if name in changed:
                ticked[name] = hit
            else:
                ticked.pop(name, None)
    if opened is not None:
        hit = next((each for each in hits if hit_key(each) == opened), None)
        if hit is not None:
            place = {"debut": str(hit.start), "fin": str(hit.stop)}
            places.go("coder", document=hit.document, **place, retour="chercher", mots=query)
    count = state.kept(
        project, "search count", lambda: project.coding.count_hits(query, **filters.asked), query, filters.key
    )
    first = (len(trail) - 1) * PAGE + 1
    count_place.html(f'<p class="qk-count">{escaped(_counted(first, first + len(hits) - 1, count))}</p>')
    with actions:
        chercher_coding.show(project, query, filters, count, ticked)


def _counted(first: int, last: int, count: Any) -> str:
    if not count.complete:
        return _("{first} à {last} sur plus de {total}").format(
            first=number(first), last=number(last), total=number(count.hits)
        )
    if count.hits == 1:
        return _("1 résultat")
    where = ngettext("dans {n} document", "dans {n} documents", count.documents).format(n=number(count.documents))
    shown = _("{first} à {last} sur {total}").format(first=number(first), last=number(last), total=number(count.hits))
    return f"{shown} {where}"


def _turn(trail: list[Any], hits: list[Any]) -> None:
    def back() -> None:
        trail.pop()

    def on() -> None:
        trail.append(hits[-1].place)

    if len(trail) > 1 or len(hits) == PAGE:
        if st.button(_("Précédents"), key="search_before", icon=":material/chevron_left:", disabled=len(trail) == 1):
            back()
            st.rerun()
        if st.button(_("Suivants"), key="search_after", icon=":material/chevron_right:", disabled=len(hits) < PAGE):
            on()
            st.rerun()
