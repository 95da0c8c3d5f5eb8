"""How the groups say it: the words that one uses more than the others, each leading to its concordance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from qualikit.i18n import _, decimal, ngettext, number
from qualikit.project import Project
from qualikit.themes.comparing.wording import p_value, short_verdict
from qualikit.themes.comparing.words import MEASURES, Measure, Word, WordComparison, measure_label
from qualikit.ui import charts, jobs, messages, places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped
from qualikit.ui.pages import chercher_filters
from qualikit.ui.pages.territoires_codes import draw_plane, notes

if TYPE_CHECKING:
    from qualikit.ui.pages.territoires import Asked

READING = "compare words"
STOPPED = "compare_words_stopped"
LISTED = 40
"""Words of each group in the table."""
CELLS = "compare_cells"


def show(project: Project, asked: Asked) -> None:
    """Draw the tab."""
    jobs.show()
    if not _read(project, asked):
        return
    cells = st.session_state.get(CELLS) or 4
    narrowed = {name: value for name, value in asked.narrowed.items() if name in ("sources", "unit")}
    made: WordComparison = state.kept(
        project,
        "compare words",
        lambda: project.themes.compare(asked.by, asked.groups, what="words", cells=cells, **narrowed),
        asked.key,
        cells,
    )
    if made.is_empty:
        text = _("Trop peu de mots sont dits dans ces groupes pour les comparer.")
        st.html(f'<p class="qk-nothing">{escaped(text)}</p>')
        return
    st.html(f'<p class="qk-lead">{escaped(made.said)}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-words-head"):
        place = _of_group(made)
        measure = _measures()
    left, right = st.columns([9, 10], gap="medium")
    with left:
        from qualikit.themes.charts.keyness import AT, described, height, keyness

        chart, words = keyness(made, measure), described(made, measure)
        picked = None
        if len(made.groups) == 2:
            picked = charts.clicked(chart, AT, key="compare_keyness", height=height(made, measure), alt=words)
        else:  # several views, in which nothing can be picked
            st.altair_chart(chart, key="compare_keyness", width="content", alt=words)
    with right:
        clicked = _table(made, place, measure) or picked
    if len(made.groups) > 2:
        draw_plane(made.correspondence(), [group.label for group in made.groups], "words")
    notes(made.notes)
    if clicked is not None:
        chercher_filters.take(moderators=False, **_said_in(project, asked, clicked[1]))
        places.go("chercher", mots=made.word(clicked[0]).query)


def _said_in(project: Project, asked: Asked, group: str) -> dict[str, list[str]]:
    """The filters of a search that leave what the people of a group say."""
    if group not in asked.groups:
        return {}
    if asked.by in ("territory", "source", "actor", "document"):
        return {asked.by: [group]}
    documents, people = project.themes.group_voices(asked.by, group)
    return {"document": documents, "participant": people}


def _measures() -> Measure:
    measure = st.segmented_control(
        _("Classer par"),
        list(MEASURES),
        format_func=measure_label,
        default=MEASURES[0],
        required=True,
        key="compare_measure",
        persist_state="session",
    )
    if measure == "log_likelihood":
        st.segmented_control(
            _("Forme"),
            [4, 2],
            format_func={4: _("Quatre cases"), 2: _("Deux cases")}.__getitem__,
            default=4,
            required=True,
            key=CELLS,
            persist_state="session",
        )
    return measure or MEASURES[0]


def _of_group(made: WordComparison) -> int:
    labels = {place: group.label for place, group in enumerate(made.groups)}
    if st.session_state.get("compare_words_of") not in labels:
        st.session_state["compare_words_of"] = 0
    return int(
        st.segmented_control(
            _("Mots propres à"),
            list(labels),
            format_func=labels.__getitem__,
            required=True,
            key="compare_words_of",
            persist_state="session",
        )
        or 0
    )


def _table(made: WordComparison, place: int, measure: Measure) -> tuple[str, str] | None:
    words = made.typical(place, measure, LISTED)
    columns = [
        GridColumn(group.value, group.label, ngettext("{n} mot", "{n} mots", group.words).format(n=number(group.words)))
        for group in made.groups
    ]
    columns += [
        GridColumn(measure, measure_label(measure)),
        GridColumn("chance", _("Au-delà du hasard"), _("p corrigé")),
    ]
    cells: dict[tuple[str, str], GridCell] = {}
    for word in words:
        for group, use in zip(made.groups, word.uses, strict=True):
            cells[word.lemma, group.value] = GridCell(
                number(use.uses),
                _("{n}/{total} pers.").format(n=use.people, total=use.people_total),
                title=_("{rate} pour 10 000 mots").format(rate=decimal(use.rate, 1)),
                sort=use.rate,
                marks="◇" if use.alone else "",
                live=use.uses > 0,
            )
        value = getattr(word.uses[place], measure)
        cells[word.lemma, measure] = GridCell(
            decimal(value, 1, signed=True), title=_measured(word, place), sort=value, live=False
        )
        cells[word.lemma, "chance"] = GridCell(
            short_verdict(word.p_corrected, made.test),
            p_value(word.p_corrected) if made.test.possible else "",
            title=made.verdict(word).capitalize() + ".",
            sort=-word.p_corrected if word.p_corrected == word.p_corrected else -2.0,
            live=False,
        )
    return grid(
        [GridRow(word.lemma, word.shown, title=_forms(word)) for word in words],
        columns,
        cells,
        key="compare words table",
        corner=_("Mot"),
        under=_("un clic : ses emplois"),
        height="max(22rem, calc(100vh - 22rem))",
        caption=_("Mots propres à {group}").format(group=made.groups[place].label),
    )


def _measured(word: Word, place: int) -> str:
    """The three measures in words."""
    return ", ".join(
        f"{measure_label(name)} {decimal(getattr(word.uses[place], name), 2, signed=True)}" for name in MEASURES
    )


def _forms(word: Word) -> str:
    return _("Formes : {forms}").format(forms=", ".join(word.forms))


# -- the words are read first


def _read(project: Project, asked: Asked) -> bool:
    """Whether what is said was read; where it was not yet, it is, in the background."""
    sources = asked.narrowed["sources"]
    if jobs.busy(READING):
        return False
    waiting = state.kept(
        project,
        "compare unread",
        lambda: project.themes.unread_words(asked.by, asked.groups, sources=sources),
        asked.key,
        st.session_state.get("compare_read", 0),
    )
    if not waiting:
        return True
    if st.session_state.get(STOPPED) != asked.key:
        _start(project, asked)
        st.rerun()
    said = _("Arrêté : les paroles de ces groupes n'ont pas toutes été lues mot à mot.")
    st.info(messages.plain(said), icon=":material/info:")
    if st.button(_("Reprendre"), key="compare_words_again", type="primary", icon=":material/play_arrow:"):
        del st.session_state[STOPPED]
        st.rerun()
    return False


def _start(project: Project, asked: Asked) -> None:
    def say(name: str, n: int, total: int) -> str:
        return _("Les mots sont ramenés à leur forme du dictionnaire : {name} ({n} sur {total})").format(
            name=name, n=n, total=total
        )

    def close(job: jobs.Job) -> None:
        st.session_state["compare_read"] = st.session_state.get("compare_read", 0) + 1
        if job.stopping or job.problem:
            st.session_state[STOPPED] = asked.key

    sources = asked.narrowed["sources"]
    work = partial(project.themes.read_words, asked.by, asked.groups, sources=sources)
    jobs.start_whole(
        READING,
        lambda progress: work(progress=progress),
        waiting=_("Le modèle de langue se charge"),
        say=say,
        take=lambda whole: None,
        close=close,
    )
