"""The query as a sentence of widgets: codes and how they stand, where, by whom; the rarer conditions folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from qualikit.coding.model import Codebook, Origin
from qualikit.corpus.model import SourceKind, attribute_label, source_kind_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.model import TOTAL
from qualikit.themes.reading.finding import ARRANGEMENTS, arrangement_label
from qualikit.themes.reading.parsing import parse
from qualikit.themes.reading.query import NEAR_TURNS, Both, Either, Expression, Query, Relation, Term, Without
from qualikit.themes.reading.sentence import origin_label, relation_label, written
from qualikit.ui import places, state

BY = "lire_by"
WRITTEN = "lire_written"
FIRST, HOW, SECOND, TURNS = "lire_first", "lire_how", "lire_second", "lire_turns"
LISTS = ("territories", "sources", "actors", "documents", "participants", "origins")
EVERYONE = "lire_everyone"
MEMO, VERBATIM, FROM, UNTIL, ATTRIBUTE, VALUES = (
    "lire_memo",
    "lire_verbatim",
    "lire_from",
    "lire_until",
    "lire_attribute",
    "lire_values",
)
PREFERENCE = "lire.everyone"
NOT = "without"


def _key(name: str) -> str:
    return f"lire_{name}"


# -- the widgets


def show(project: Project) -> Query:
    """Draw the widgets; the query that they make. Raises SearchError."""
    book = project.coding.codebook
    if EVERYONE not in st.session_state:  # asked for once, remembered
        st.session_state[EVERYONE] = bool(project.preference(PREFERENCE, False))
    with st.container(key="reading-query", gap="small"):
        if st.session_state.get(WRITTEN) is None:
            _sentence(book)
        else:
            _expert()
        _where(project)
    return asked()


def _sentence(book: Codebook) -> None:
    paths = {code.id: book.path(code.id) for code in book}
    second = st.session_state.get(HOW)
    widths = [5, 3.2, 1.6, 5, 2.1] if second == Relation.NEAR else [5, 3.4, 5, 2.1] if second else [6, 3.4, 2.1]
    columns = iter(st.columns(widths, vertical_alignment="bottom"))
    with next(columns):
        _several(FIRST, _("Passages codés"), list(paths), _("Passages de n'importe quel code"), paths.get)
    with next(columns):
        st.selectbox(
            _("et"),
            [*(relation.value for relation in Relation), NOT],
            format_func=_how,
            index=None,
            placeholder=_("et, ou sans un autre code"),
            key=HOW,
            persist_state="session",
            label_visibility="collapsed",
        )
    if second == Relation.NEAR:
        with next(columns):
            st.number_input(
                _("Tours au plus"),
                0,
                100,
                value=None,
                placeholder=_("{n} tours").format(n=NEAR_TURNS),
                key=TURNS,
                persist_state="session",
                label_visibility="collapsed",
            )
    if second:
        with next(columns):
            _several(SECOND, _("de"), list(paths), _("Quel autre code ?"), paths.get)
    with next(columns):
        st.button(_("Écrire"), key="reading_write", icon=":material/edit:", type="tertiary", on_click=_write)


def _how(value: str) -> str:
    if value == NOT:
        return _("sans passage qui le recouvre")
    return _("et un autre, {how}").format(how=relation_label(Relation(value)))


def _expert() -> None:
    field, back = st.columns([9, 2.1], vertical_alignment="bottom")
    with field:
        st.text_input(
            _("Codes"),
            key=WRITTEN,
            persist_state="session",
            label_visibility="collapsed",
            placeholder=_("Météo ET (Freins OU Matériel) SAUF/tour Impacts"),
        )
    with back:
        st.button(_("Choisir"), key="reading_choose", icon=":material/checklist:", type="tertiary", on_click=_choose)
    st.caption(
        _(
            "ET : qui se recouvrent. ET/tour, ET/dans, ET/identique, ET/document ; PROCHE/3 : à trois tours au plus. "
            "OU, SAUF, parenthèses. =Météo : sans les codes dessous. Guillemets pour un nom qui contient ET ou OU."
        )
    )


def _write() -> None:
    """From the lists to the field, with what they hold."""
    st.session_state[WRITTEN] = written(_chosen(), st.session_state.get("lire_names") or {})


def _choose() -> None:
    st.session_state[WRITTEN] = None


def _where(project: Project) -> None:
    documents = state.kept(project, "documents", project.corpus.documents)
    people = state.kept(project, "participants", project.corpus.participants)
    described = [each.document for each in documents]
    values = {
        name: sorted(
            {
                value
                for value in (
                    *((each.territory if name == "territory" else each.attributes.get(name)) for each in described),
                    *(person.attributes.get(name) for person in people),
                )
                if value
            }
        )
        for name in ("territory", "actor")
    }
    kinds = [kind.value for kind in SourceKind if any(each.source_kind is kind for each in described)]
    one, two, three, by, more = st.columns([4, 4, 4, 3.2, 3], vertical_alignment="bottom")
    with one:
        _several(_key("territories"), _("Territoires"), values["territory"], _("Tous les territoires"))
    with two:
        _several(
            _key("sources"),
            _("Types de source"),
            kinds,
            _("Tous les types de source"),
            lambda kind: source_kind_label(SourceKind(kind)),
        )
    with three:
        _several(_key("actors"), _("Types d'acteur"), values["actor"], _("Tous les types d'acteur"))
    with by:
        st.selectbox(
            _("Grouper"),
            ARRANGEMENTS,
            format_func=arrangement_label,
            key=BY,
            persist_state="session",
            label_visibility="collapsed",
        )
    folded = sum(bool(st.session_state.get(_key(name))) for name in LISTS[3:])
    folded += sum(st.session_state.get(name) is not None for name in (MEMO, VERBATIM, FROM, UNTIL))
    folded += bool(st.session_state.get(VALUES)) + bool(st.session_state.get(EVERYONE))
    label = _("Conditions ({n})").format(n=folded) if folded else _("Conditions")
    with more, st.popover(label, icon=":material/filter_alt:", key="reading_conditions", width="stretch"):
        _folded(project, {each.id: each.title for each in described}, people)


def _folded(project: Project, titles: dict[str, str], people: Sequence[Any]) -> None:
    names = {person.id: person.name for person in people if person.role == "participant"}
    st.toggle(
        _("Lire les codages de tous les codeurs"),
        key=EVERYONE,
        persist_state="session",
        on_change=lambda: state.act(project.set_preference, PREFERENCE, bool(st.session_state[EVERYONE])),
        help=_("Sinon, seulement les vôtres : chacun code sans voir ce que font les autres."),
    )
    _several(_key("documents"), _("Documents"), list(titles), _("Tous les documents"), titles.get, label=True)
    _several(_key("participants"), _("Dits par"), list(names), _("Tout le monde"), names.get, label=True)
    others = sorted({name for person in people for name in person.attributes} - {"territory", "actor"})
    if others:
        attribute = st.selectbox(
            _("Attribut"), others, index=None, format_func=attribute_label, key=ATTRIBUTE, persist_state="session"
        )
        if attribute:
            known = sorted({person.attributes.get(attribute) or "" for person in people} - {""})
            _several(VALUES, _("Valeurs"), known, _("Toutes"), label=True)
    left, right = st.columns(2)
    with left:
        st.date_input(_("Documents à partir du"), value=None, key=FROM, format="DD/MM/YYYY", persist_state="session")
    with right:
        st.date_input(_("jusqu'au"), value=None, key=UNTIL, format="DD/MM/YYYY", persist_state="session")
    _several(
        _key("origins"),
        _("Codages"),
        [origin.value for origin in Origin],
        _("Quelle que soit leur origine"),
        lambda value: origin_label(Origin(value)),
        label=True,
    )
    _either(VERBATIM, _("Verbatims"), _("Choisis"), _("Pas choisis"))
    _either(MEMO, _("Mémo"), _("Avec"), _("Sans"))
    st.button(_("Retirer les conditions"), key="reading_forget", type="tertiary", on_click=forget_conditions)


def _either(key: str, words: str, yes: str, no: str) -> None:
    st.segmented_control(
        words, [True, False], format_func=lambda value: yes if value else no, key=key, persist_state="session"
    )


def _several(
    key: str,
    words: str,
    options: Sequence[str],
    anything: str,
    show_as: Callable[[str], str | None] | None = None,
    *,
    label: bool = False,
) -> None:
    kept = st.session_state.get(key)
    if kept and any(value not in options for value in kept):  # gone from the project since
        st.session_state[key] = [value for value in kept if value in options]
    st.multiselect(
        words,
        options,
        format_func=lambda value: (show_as(value) if show_as else value) or "",
        placeholder=anything,
        label_visibility="visible" if label else "collapsed",
        key=key,
        disabled=not options,
        persist_state="session",
    )


# -- the query


def asked() -> Query:
    """The query that the widgets make. Raises SearchError."""
    got = st.session_state.get
    typed = got(WRITTEN)
    codes = (parse(typed) if typed.strip() else None) if typed is not None else _chosen()
    lists = {name: tuple(got(_key(name)) or ()) for name in LISTS}
    attribute, values = got(ATTRIBUTE), tuple(got(VALUES) or ())
    return Query(
        codes=codes,
        territories=lists["territories"],
        sources=tuple(map(SourceKind, lists["sources"])),
        actors=lists["actors"],
        documents=lists["documents"],
        participants=lists["participants"],
        origins=tuple(map(Origin, lists["origins"])),
        attributes=((attribute, values),) if attribute and values else (),
        everyone=bool(got(EVERYONE)),
        coders=tuple(got("lire_coders") or ()),
        said_from=got(FROM),
        said_until=got(UNTIL),
        memo=got(MEMO),
        verbatim=got(VERBATIM),
    )


def _chosen() -> Expression | None:
    """What the two lists of codes say."""
    got = st.session_state.get
    first, second = _any(got(FIRST)), _any(got(SECOND))
    how = got(HOW)
    if first is None or second is None or not how:
        return first
    if how == NOT:
        return Without(first, second)
    turns = got(TURNS)
    return Both((first, second), Relation(how), NEAR_TURNS if turns is None else int(turns))


def _any(ids: Sequence[str] | None) -> Expression | None:
    terms = tuple(Term(id) for id in ids or ())
    return None if not terms else terms[0] if len(terms) == 1 else Either(terms)


def take(project: Project, query: Query) -> None:
    """Set the widgets to a query."""
    st.session_state["lire_names"] = {code.id: code.name for code in project.coding.codebook}
    forget_conditions()
    for name in LISTS:
        st.session_state[_key(name)] = [str(getattr(each, "value", each)) for each in getattr(query, name)]
    st.session_state[EVERYONE] = query.everyone
    st.session_state["lire_coders"] = query.coders
    st.session_state[MEMO], st.session_state[VERBATIM] = query.memo, query.verbatim
    st.session_state[FROM], st.session_state[UNTIL] = query.said_from, query.said_until
    if query.attributes:
        st.session_state[ATTRIBUTE], st.session_state[VALUES] = query.attributes[0][0], list(query.attributes[0][1])
    first, how, second, turns = _as_lists(query.codes)
    st.session_state[FIRST], st.session_state[SECOND] = first or [], second or []
    st.session_state[HOW], st.session_state[TURNS] = how, turns
    simple = first is not None
    st.session_state[WRITTEN] = None if simple else written(query.codes, st.session_state["lire_names"])


def _as_lists(codes: Expression | None) -> tuple[list[str] | None, str | None, list[str] | None, int | None]:
    """The two lists that say the same, with how they stand; None for the first where lists cannot say it."""
    if codes is None:
        return [], None, None, None
    if (plain := _ids(codes)) is not None:
        return plain, None, None, None
    if isinstance(codes, Both) and len(codes.parts) == 2:
        first, second = map(_ids, codes.parts)
        if first and second:
            return first, codes.relation.value, second, codes.distance if codes.relation is Relation.NEAR else None
    if isinstance(codes, Without) and codes.relation is Relation.OVERLAPPING:
        first, second = _ids(codes.kept), _ids(codes.refused)
        if first and second:
            return first, NOT, second, None
    return None, None, None, None


def _ids(codes: Expression) -> list[str] | None:
    parts = codes.parts if isinstance(codes, Either) else (codes,)
    if all(isinstance(part, Term) and not part.alone for part in parts):
        return [part.code for part in parts if isinstance(part, Term)]
    return None


def forget_conditions() -> None:
    """Only the codes are left, and whose codings are read."""
    for name in (*map(_key, LISTS), MEMO, VERBATIM, FROM, UNTIL, ATTRIBUTE, VALUES, "lire_coders"):
        st.session_state.pop(name, None)


def read_everyone() -> None:
    """Read what every coder coded, from now on."""
    st.session_state[EVERYONE] = True


def follow_address(project: Project) -> None:
    """Take up what the address of the page asks for: a code, in a column of the matrix."""
    st.session_state["lire_names"] = {code.id: code.name for code in project.coding.codebook}
    code = places.asked("code")
    column, value = places.asked("colonne"), places.asked("valeur")
    if code is None and column is None:
        return
    lists = {"territory": "territories", "source": "sources", "actor": "actors"}
    lists |= {"document": "documents", "participant": "participants"}
    part: dict[str, Any] = {}
    if column in lists and value is not None and value != TOTAL:
        part[lists[column]] = (SourceKind(value),) if column == "source" and value in list(SourceKind) else (value,)
    elif column is not None and value is not None and value != TOTAL:
        part["attributes"] = ((column, (value,)),)
    book = project.coding.codebook
    codes = Term(code) if code is not None and code in book else None
    take(project, Query(codes=codes, everyone=places.asked("codeurs") == "tous", **part))
    for name in ("code", "colonne", "valeur", "codeurs"):
        st.query_params.pop(name, None)
