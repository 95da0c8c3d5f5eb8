"""How a comparison is asked for: names checked, the project read, words made ready."""

from __future__ import annotations

from collections.abc import Sequence

from qualikit.coding.model import Codebook
from qualikit.corpus.model import SourceKind, attribute_label
from qualikit.corpus.naming import source_kind
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.comparing import lemmas
from qualikit.themes.comparing.codes import compare_codes
from qualikit.themes.comparing.groups import Cast, attributes_of, read_cast
from qualikit.themes.comparing.model import UNITS, WHAT, Comparison, Group, Unit, What
from qualikit.themes.comparing.passages import compare_passages
from qualikit.themes.comparing.words import Cells, compare_words, speeches_of
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.reading.reader import reader_of


def compare(
    store: Store,
    by: str = "territory",
    groups: Sequence[str] | None = None,
    what: What = "codes",
    *,
    coder: str | None = None,
    sources: Sequence[str | SourceKind] | None = None,
    codes: Sequence[str] | None = None,
    unit: Unit = "people",
    cells: Cells = 4,
) -> Comparison:
    """See :meth:`qualikit.themes.themes.Themes.compare`."""
    if what not in WHAT:
        raise _unknown(what, WHAT)
    if unit not in UNITS:
        raise _unknown(unit, UNITS)
    if cells not in (2, 4):
        raise _unknown(str(cells), ("2", "4"))
    cast = cast_of(store, by, groups, coder=coder, sources=sources)
    if what == "words":
        with store.read() as connection:
            speeches = speeches_of(connection, cast)
            lemmas.read(connection, speeches)
        return compare_words(cast, speeches, unit, cells=cells)
    chosen = _asked(cast.facts.codebook, codes)
    if what == "codes":
        return compare_codes(cast, unit, chosen)
    with store.read() as connection:
        return compare_passages(connection, cast, chosen, coder=coder)


def read_words(
    store: Store,
    by: str,
    groups: Sequence[str] | None,
    progress: lemmas.Progress | None,
    *,
    sources: Sequence[str | SourceKind] | None = None,
) -> bool:
    """Make ready the words that a comparison needs; False when it was stopped."""
    cast = cast_of(store, by, groups, sources=sources)
    with store.read() as connection:
        return lemmas.read(connection, speeches_of(connection, cast), progress)


def unread_words(
    store: Store, by: str, groups: Sequence[str] | None, *, sources: Sequence[str | SourceKind] | None = None
) -> int:
    """How many characters a comparison of words has still to read."""
    cast = cast_of(store, by, groups, sources=sources)
    with store.read() as connection:
        return lemmas.unread(speeches_of(connection, cast))


def cast_of(
    store: Store,
    by: str,
    groups: Sequence[str] | None,
    *,
    coder: str | None = None,
    sources: Sequence[str | SourceKind] | None = None,
) -> Cast:
    """Who is compared with whom. Raises MatrixError, ImportRefused."""
    kinds = None if sources is None else [source_kind(str(source)).value for source in sources]
    return read_cast(reader_of(store), by, groups, coder=coder, sources=kinds)


def ways(store: Store) -> list[tuple[str, str]]:
    """By what groups can be compared: name and label of each."""
    ours = [(each.name, each.label()) for each in DIMENSIONS.values() if each.people]
    known = {name for name, _label in ours}
    return ours + [(name, attribute_label(name)) for name in attributes_of(reader_of(store).facts) if name not in known]


def groups_of(store: Store, by: str) -> list[Group]:
    """The groups in which anybody speaks, with their people and documents."""
    return [group for group in cast_of(store, by, None).groups if group.people]


def voices_of(store: Store, by: str, group: str) -> tuple[list[str], list[str]]:
    """Ids of documents and of people that leave what a group says, where one is of either; no ids: of any. Where some
    speak inside and outside of the group in its documents, a little more is left than that."""
    cast = cast_of(store, by, [group])
    facts = cast.facts
    voices = list(
        zip(facts.voice_document.tolist(), facts.voice_person.tolist(), (cast.voice >= 0).tolist(), strict=True)
    )
    documents = dict.fromkeys(document for document, _person, inside in voices if inside)
    people = dict.fromkeys(person for _document, person, inside in voices if inside)
    ids = [facts.documents[number].id for number in documents], [facts.people[number].id for number in people]
    if all(inside for _document, person, inside in voices if person in people):
        return [], ids[1]
    if all(inside for document, _person, inside in voices if document in documents):
        return ids[0], []
    return ids


def _unknown(name: str, known: Sequence[str]) -> MatrixError:
    return MatrixError(
        _("Une comparaison ne peut pas être demandée par « {name} ».").format(name=name),
        _("Il y a : {names}.").format(names=", ".join(known)),
    )


def _asked(book: Codebook, codes: Sequence[str] | None) -> set[str] | None:
    """Ids of these codes (ids or names) and of those under them. Raises MatrixError."""
    if codes is None:
        return None
    found = set()
    for name in codes:
        code = book.get(name) or book.by_name(name)
        if code is None:
            raise MatrixError(
                _("Il n'y a pas de code « {name} » dans la grille.").format(name=name), _("Vérifiez le nom du code.")
            )
        found |= {code.id, *(below.id for below in book.descendants(code.id))}
    return found
