"""Codebooks in YAML: the format of those that ship.

    name, description, codes: a list of {name, definition, use, avoid, keywords, example, color, kind, value, shortcut,
    status, children: a list of the same}

Every value is read as the text that is written (``oui``, ``4G`` and ``2024`` are words); every mistake has its line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from qualikit.coding.codebooks.entries import FIELDS, CodebookFile, Problems, checked_entries, status_of
from qualikit.coding.model import Code, Codebook, CodeKind
from qualikit.coding.names import clean_text, nearest
from qualikit.errors import CodebookError
from qualikit.i18n import _
from qualikit.sheets import decode, write_whole

_DEEPEST, _LARGEST = 100, 200_000  # levels and values: an alias to itself must not fill the memory

_PLAIN_WORD = re.compile(r"\w[\w '’.()/+-]*")

_Place = tuple[str | int, ...]


class _Code(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    definition: str | None = None
    use: str | None = None
    avoid: str | None = None
    keywords: list[str] | None = None
    example: str | None = None
    color: str | None = None
    kind: str | None = None
    value: str | None = None
    shortcut: str | None = None
    status: str | None = None
    children: list[_Code] | None = None

    @field_validator("keywords", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str | None = None
    description: str | None = None
    codes: list[_Code]


def read_yaml(data: bytes, file_name: str) -> CodebookFile:
    """What a YAML codebook says. Raises CodebookError with the line at fault."""
    problems = Problems()
    lines: dict[_Place, int] = {}
    plain = _plain(_compose(data, file_name), (), lines, problems, file_name)
    problems.raise_if_any(file_name)
    if not isinstance(plain, dict):
        raise CodebookError(
            _("« {name} » n'est pas une grille de codage.").format(name=file_name),
            _("Le fichier doit commencer par « name: » et « codes: »."),
            line=1,
        )
    try:
        file = _File.model_validate(plain)
    except ValidationError as error:
        for detail in error.errors():
            problems.add(_line(lines, detail["loc"]), _explained(detail["type"], detail["loc"]))
        problems.raise_if_any(file_name)
        raise
    entries = checked_entries(_flat(file.codes, None, ("codes",), lines), problems)
    problems.raise_if_any(file_name)
    return CodebookFile(tuple(entries), clean_text(file.name or ""), clean_text(file.description or ""))


def _compose(data: bytes, file_name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    text = decode(data, file_name)
    try:
        # The tree of nodes, before values are guessed: it keeps the words as written, and the lines.
        return YAML(typ="rt", pure=True).compose(io.StringIO(text))
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = mark.line + 1 if mark else None
        what = (
            _("La grille « {name} » n'est pas du YAML bien formé à la ligne {line}.")
            if line
            else _("La grille « {name} » n'est pas du YAML bien formé.")
        )
        raise CodebookError(
            what.format(name=file_name, line=line),
            _(
                "Vérifiez les retraits de cette ligne et de celle d'avant ; "
                "un texte qui contient « : » ou « # » s'écrit entre guillemets droits."
            ),
            line=line,
        ) from error


def _plain(node: Any, place: _Place, lines: dict[_Place, int], problems: Problems, file_name: str) -> Any:
    """A node as dicts, lists, text and None; the line of each value is noted under its place."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if node is None:
        return None
    lines.setdefault(place, node.start_mark.line + 1)
    if len(place) > _DEEPEST or len(lines) > _LARGEST:
        raise CodebookError(_("La grille « {name} » est trop grande ou renvoie à elle-même.").format(name=file_name))
    if isinstance(node, ScalarNode):
        return None if str(node.tag).endswith(":null") else str(node.value)
    if isinstance(node, SequenceNode):
        return [_plain(each, (*place, number), lines, problems, file_name) for number, each in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    result: dict[str, Any] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        if key in result:
            problems.add(key_node.start_mark.line + 1, _("le champ « {field} » est donné deux fois.").format(field=key))
        lines[(*place, key)] = key_node.start_mark.line + 1
        result[key] = _plain(value, (*place, key), lines, problems, file_name)
    return result


def _line(lines: dict[_Place, int], place: _Place) -> int:
    """The line of a place, or of the nearest one above it that is in the file."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _explained(kind: str, place: _Place) -> str:
    name = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
    if kind == "missing":
        return _("il manque le champ « {field} ».").format(field=name)
    if kind == "extra_forbidden":
        known = _File.model_fields if len(place) == 1 else _Code.model_fields
        near = nearest(name, known)
        what = _("le champ « {field} » n'existe pas.").format(field=name)
        hint = (
            _("Vouliez-vous dire « {near} » ?").format(near=near)
            if near
            else _("Les champs sont : {fields}.").format(fields=", ".join(known))
        )
        return f"{what} {hint}"
    if kind == "list_type":
        return _("le champ « {field} » doit être une liste (chaque élément précédé d'un tiret).").format(field=name)
    if kind == "string_type":
        return _("le champ « {field} » doit être un texte.").format(field=name)
    return _("« {field} » doit être un code, avec au moins « name: ».").format(field=name)


def _flat(
    codes: list[_Code], parent: str | None, place: _Place, lines: dict[_Place, int]
) -> Iterator[tuple[int, str, str | None, dict[str, Any]]]:
    for number, code in enumerate(codes):
        here = (*place, number)
        fields = {name: value for name in FIELDS if (value := getattr(code, name)) is not None}
        yield _line(lines, here), code.name, parent, fields
        yield from _flat(code.children or [], code.name, (*here, "children"), lines)


def write_yaml(codebook: Codebook, path: Path, name: str) -> None:
    """Write a codebook as YAML, keys always in the same order, fields that are empty left out."""
    from ruamel.yaml import YAML

    about = {"name": codebook.name or name, "description": codebook.description}
    plain: dict[str, Any] = {key: _scalar(value) for key, value in about.items() if value}
    plain["codes"] = [_written(codebook, code) for code in codebook.roots()]
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(plain, text)
    write_whole(path, text.getvalue().encode())


def _written(codebook: Codebook, code: Code) -> dict[str, Any]:
    from ruamel.yaml.comments import CommentedSeq

    result: dict[str, Any] = {"name": _scalar(code.name)}
    for field in FIELDS:
        value = status_of(code) if field == "status" else getattr(code, field)
        if not value or (field == "kind" and value == CodeKind.THEME):
            continue
        if field == "keywords":
            result[field] = CommentedSeq([_keyword(word) for word in value])
            result[field].fa.set_flow_style()
        else:
            result[field] = _scalar(str(value))
    below = codebook.children(code.id)
    if below:
        result["children"] = [_written(codebook, child) for child in below]
    return result


def _keyword(word: str) -> str:
    """Between brackets a word with marks of YAML's own is quoted: ruamel writes ``[?a]`` and reads a table."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    quoted: str = DoubleQuotedScalarString(word)
    return word if _PLAIN_WORD.fullmatch(word) else quoted


def _scalar(text: str) -> str:
    """A text of several lines is written as it reads, line under line."""
    from ruamel.yaml.scalarstring import LiteralScalarString

    flush = all(line == line.strip() for line in text.split("\n"))
    literal: str = LiteralScalarString(text)
    return literal if "\n" in text and flush else text
