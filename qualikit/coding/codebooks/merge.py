"""A codebook file brought into a codebook: same name, completed; new name, added; nothing removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from qualikit.coding import queries
from qualikit.coding.codebooks.entries import CodebookFile, CodeEntry, Problems
from qualikit.coding.colors import next_color
from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.coding.names import name_key, nearest
from qualikit.coding.tables import codes
from qualikit.i18n import _, ngettext
from qualikit.store import Change, Transaction, new_id


@dataclass(frozen=True)
class CodebookReport:
    """What an import did: names of the codes ``added``, ``updated`` and ``unchanged``; columns ``ignored``;
    ``warnings`` are of what is worth a look: line (0: of none), sentence."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    warnings: tuple[tuple[int, str], ...] = ()


def merge(transaction: Transaction, file: CodebookFile) -> CodebookReport:
    """Bring a file into the project's codebook, in one event. Raises CodebookError."""
    before = queries.codebook(transaction.connection)
    after = merged(before, file)
    report = compared(before, after, file)
    added, updated = len(report.added), len(report.updated)
    label = ", ".join(
        [
            ngettext("grille importée : {n} code ajouté", "grille importée : {n} codes ajoutés", added).format(n=added),
            ngettext("{n} mis à jour", "{n} mis à jour", updated).format(n=updated),
        ]
    )
    with transaction.event("codebook.import", label) as change:
        _write(change, before, after)
    queries.name_codebook(transaction.connection, after)
    return report


def compared(before: Codebook, after: Codebook, file: CodebookFile) -> CodebookReport:
    """What became of the codes that a file names. Moving up or down among siblings is no update."""
    added, updated, unchanged = [], [], []
    for entry in file.entries:
        code = after.by_name(entry.name)
        assert code is not None
        old = before.get(code.id)
        if old is None:
            added.append(code.name)
        elif replace(old, position=0) != replace(code, position=0):
            updated.append(code.name)
        else:
            unchanged.append(code.name)
    warnings = (*file.warnings, *((0, sentence) for sentence in _carried_along(before, after, file)))
    return CodebookReport(tuple(added), tuple(updated), tuple(unchanged), file.ignored, warnings)


def _carried_along(before: Codebook, after: Codebook, file: CodebookFile) -> Iterator[str]:
    """A sentence for each code that came into use or went out of it because of another one."""
    said = {name_key(entry.name): entry.fields["active"] for entry in file.entries if "active" in entry.fields}
    for code in after:
        old = before.get(code.id)
        if old is None or old.active == code.active or said.get(name_key(code.name)) == code.active:
            continue
        sentence = (
            _("Le code « {name} » est remis en service : des codes en service sont rangés sous lui.")
            if code.active
            else _("Le code « {name} » est retiré de la grille avec celui sous lequel il est rangé.")
        )
        yield sentence.format(name=code.name)


def merged(book: Codebook, file: CodebookFile, make_id: Callable[[str], str] = lambda name: new_id()) -> Codebook:
    """The codebook as it would be with the file brought in. Raises CodebookError for a parent that neither has."""
    by_key = {name_key(code.name): code for code in book}
    for entry in file.entries:
        key = name_key(entry.name)
        by_key.setdefault(key, Code(id=make_id(entry.name), name=entry.name, color=""))
    parents = _parents(file, by_key)
    shortcuts = {entry.fields["shortcut"] for entry in file.entries if entry.fields.get("shortcut")}
    for key, code in by_key.items():
        if code.shortcut in shortcuts:
            by_key[key] = replace(code, shortcut=None)
    for entry in file.entries:
        key = name_key(entry.name)
        code = _with_fields(by_key[key], entry.name, entry.fields)
        if not code.color:
            code = replace(code, color=next_color(each.color for each in by_key.values()))
        by_key[key] = replace(code, parent_id=parents[key]) if key in parents else code
    named = [by_key[name_key(entry.name)] for entry in file.entries]
    placed = _placed(book, _settled(book, list(by_key.values()), file), named)
    return Codebook.of(placed, book.name or file.name, book.description or file.description)


def _settled(book: Codebook, all_codes: list[Code], file: CodebookFile) -> list[Code]:
    """What is in use never hangs on what is retired: a code that the file makes, moves or takes back brings those above
    it back into use; any other goes with the one that the file retires."""
    known = {code.id: code for code in all_codes}
    back = {name_key(entry.name) for entry in file.entries if entry.fields.get("active")}

    def retired_above(code: Code) -> list[Code]:
        found, parent = [], code.parent_id
        while parent in known:
            found.append(known[parent])
            parent = known[parent].parent_id
        return [each for each in found if not each.active]

    for code in all_codes:
        old = book.get(code.id)
        if code.active and (old is None or old.parent_id != code.parent_id or name_key(code.name) in back):
            known.update({each.id: replace(each, active=True) for each in retired_above(code)})
    for code in all_codes:
        if retired_above(code):
            known[code.id] = replace(known[code.id], active=False)
    return [known[code.id] for code in all_codes]


def _with_fields(code: Code, name: str, fields: dict[str, Any]) -> Code:
    """The code with what the file says of it; an empty value erases nothing."""
    said = {key: value for key, value in fields.items() if value or key == "active"}
    if "keywords" in said:
        said["keywords"] = tuple(said["keywords"])
    if "kind" in said:
        said["kind"] = CodeKind(said["kind"])
        said["value"] = Position(said["value"]) if said.get("value") else None
    return replace(code, name=name, **said)


def _parents(file: CodebookFile, by_key: dict[str, Code]) -> dict[str, str | None]:
    """Key of each code that the file places → id of its parent."""
    if not file.says_parents:
        return {}
    problems = Problems()
    parents: dict[str, str | None] = {}
    names = {code.id: key for key, code in by_key.items()}
    above = {key: names[code.parent_id] for key, code in by_key.items() if code.parent_id in names}
    for entry in file.entries:
        key = name_key(entry.name)
        parent = None if entry.parent is None else _parent(entry, by_key)
        if entry.parent is not None and parent is None:
            problems.add(entry.line, _unknown_parent(entry, by_key))
        parents[key] = parent.id if parent else None
        above.pop(key, None)
        if parent:
            above[key] = name_key(parent.name)
    for entry in file.entries:
        if _circular(name_key(entry.name), above):
            problems.add(entry.line, _("le code « {name} » est rangé sous lui-même.").format(name=entry.name))
    problems.raise_if_any(file.name or _("importée"))
    return parents


def _parent(entry: CodeEntry, by_key: dict[str, Code]) -> Code | None:
    """The code that ``entry.parent`` names, by its name or by its path « Impacts › Autonomie »."""
    assert entry.parent is not None
    return by_key.get(name_key(entry.parent)) or by_key.get(name_key(entry.parent.rsplit("›", 1)[-1]))


def _unknown_parent(entry: CodeEntry, by_key: dict[str, Code]) -> str:
    what = _("le code « {name} » est rangé sous « {parent} », qui n'existe pas.").format(
        name=entry.name, parent=entry.parent
    )
    near = nearest(entry.parent or "", (code.name for code in by_key.values()))
    return " ".join([what, _("Vouliez-vous dire « {near} » ?").format(near=near)]) if near else what


def _circular(key: str, above: dict[str, str]) -> bool:
    seen = {key}
    while key in above:
        key = above[key]
        if key in seen:
            return True
        seen.add(key)
    return False


def _placed(book: Codebook, all_codes: list[Code], named: list[Code]) -> list[Code]:
    """All codes with their place among siblings: those that the file names follow its order, the others stay."""
    listed: dict[str | None, list[str]] = {}
    for code in named:
        listed.setdefault(code.parent_id, []).append(code.id)
    by_id = {code.id: code for code in all_codes}
    result = []
    for parent in {code.parent_id: None for code in all_codes}:
        order = [code.id for code in book.children(parent) if by_id[code.id].parent_id == parent]
        last = -1
        for id in _interleaved(order, listed.get(parent, [])):
            known = book.get(id)
            last = known.position if known is not None and known.position > last else last + 1
            result.append(replace(by_id[id], position=last))
    return result


def _interleaved(order: list[str], listed: list[str]) -> list[str]:
    """``order`` with those listed in the order of the list, in the slots they held; new ones after the one before."""
    known = iter([id for id in listed if id in order])
    result = [next(known) if id in listed else id for id in order]
    for number, id in enumerate(listed):
        if id in result:
            continue
        if number:
            result.insert(result.index(listed[number - 1]) + 1, id)
        else:
            result.insert(next((place for place, each in enumerate(result) if each in listed), len(result)), id)
    return result


def _write(change: Change, before: Codebook, after: Codebook) -> None:
    for code in before:  # a key is given up before another code takes it
        now = after.get(code.id)
        if now is not None and code.shortcut not in (None, now.shortcut):
            change.update(codes, code.id, shortcut=None)
    for code in after:
        row = row_of(code)
        if code.id in before:
            change.update(codes, code.id, **row)
        else:
            change.insert(codes, row)


def row_of(code: Code) -> dict[str, Any]:
    """The code as a row of its table."""
    return {
        "id": code.id,
        "parent_id": code.parent_id,
        "position": code.position,
        "name": code.name,
        "folded": name_key(code.name),
        "definition": code.definition,
        "use": code.use,
        "avoid": code.avoid,
        "keywords": list(code.keywords),
        "example": code.example,
        "color": code.color,
        "shortcut": code.shortcut,
        "kind": code.kind.value,
        "value": code.value.value if code.value else None,
        "active": code.active,
    }
