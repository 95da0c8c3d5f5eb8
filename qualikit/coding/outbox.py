"""What the browser sends, checked at the border: each operation as one frozen value.

The names on the wire are those of the component (``doc``, ``end``, ``textHash``); ours are inside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from qualikit.i18n import _

UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_LARGEST = 2**31 - 2  # what a database's integer holds

MOST_TOGETHER = 100_000
"""Codings that one action may change."""
_LONGEST = 1_000_000  # characters of a memo, or of a preference as JSON


def _whole(value: Any) -> Any:
    """Half a character of UTF-16, which JavaScript lets through, is no text: no database takes it."""
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(written) > _LONGEST:
        raise ValueError("too long")
    written.encode()
    return value


Text = Annotated[str, AfterValidator(_whole)]
Uuid = Annotated[str, StringConstraints(pattern=UUID)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,36}$")]
Offset = Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]  # one outside the text is refused later, and says so


class _Operation(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", allow_inf_nan=False)

    uuid: Uuid
    document_id: Id | None = Field(None, alias="doc")
    text_hash: str | None = Field(None, alias="textHash")


class _OnPassage(_Operation):
    start: Offset
    stop: Offset = Field(alias="end")
    quote: Text


class Add(_OnPassage):
    """Put a code on a passage; the new coding takes the operation's uuid for id."""

    op: Literal["add"]
    code_id: Id = Field(alias="code")


class NewCode(_OnPassage):
    """Make a code named by the words chosen, and put it on them."""

    op: Literal["new_code"]
    name: Text


class Rebound(_OnPassage):
    """Move the bounds of a coding."""

    op: Literal["rebound"]
    id: Id


class Remove(_Operation):
    """Take a coding away."""

    op: Literal["remove"]
    id: Id


class Recode(_Operation):
    """Put another code in the place of a coding's."""

    op: Literal["recode"]
    id: Id
    code_id: Id = Field(alias="code")


class RecodeMany(_Operation):
    """Put one code in the place of several codings' own, in one action."""

    op: Literal["recode_many"]
    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_TOGETHER)]
    code_id: Id = Field(alias="code")


class RemoveMany(_Operation):
    """Take several codings away, in one action."""

    op: Literal["remove_many"]
    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_TOGETHER)]


class WriteMemo(_Operation):
    """Write this coder's memo on a coding, or on the document; ``on`` says that ``id`` is of something else. An empty
    one is taken away."""

    op: Literal["memo"]
    id: Id | None = None
    on: Literal["coding", "participant", "code"] = "coding"
    text: Text


class CodeOperation(_Operation):
    """What is done to the codebook, whatever the document."""


class AddCode(CodeOperation):
    """Make a code, as the child number ``position`` of another or of the root; it takes the operation's uuid for id."""

    op: Literal["code_add"]
    name: Text
    parent_id: Id | None = Field(None, alias="parent")
    position: Annotated[int, Field(ge=0, le=_LARGEST)] | None = None


class UpdateCode(CodeOperation):
    """Change what is given of a code; ``active`` retires it or takes it back into use."""

    op: Literal["code_update"]
    id: Id
    name: Text | None = None
    color: Text | None = None
    shortcut: Text | None = None  # an empty one takes it away
    active: bool | None = None


class MoveCode(CodeOperation):
    """Put a code under another, or at the root, as child number ``position``."""

    op: Literal["code_move"]
    id: Id
    parent_id: Id | None = Field(None, alias="parent")
    position: Annotated[int, Field(ge=0, le=_LARGEST)] | None = None


class MergeCode(CodeOperation):
    """Make a code one with another."""

    op: Literal["code_merge"]
    id: Id
    into: Id


class SplitPart(BaseModel):
    """A code to be made, with the codings that it gets."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    id: Uuid
    name: Text
    codings: tuple[Id, ...] = Field((), strict=False)


class SplitCode(CodeOperation):
    """Make new codes out of one."""

    op: Literal["code_split"]
    id: Id
    parts: tuple[SplitPart, ...] = Field(strict=False, max_length=200)


class MarkQuestion(_OnPassage):
    """Say that a question of the guide is put in a passage; the new mark takes the operation's uuid for id."""

    op: Literal["mark"]
    question_id: Id = Field(alias="question")


class UnmarkQuestion(_Operation):
    """Take such a mark away."""

    op: Literal["unmark"]
    id: Id


class Undo(_Operation):
    op: Literal["undo"]


class Redo(_Operation):
    op: Literal["redo"]


class SetPreference(_Operation):
    """Remember something for this coder; not an event."""

    op: Literal["pref"]
    key: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.:/-]{1,200}$")]
    value: Annotated[JsonValue, AfterValidator(_whole)]


class Accept(_Operation):
    """Make a coding of a suggestion, with another code where one is named; it takes the operation's uuid for id."""

    op: Literal["accept"]
    id: Id
    code_id: Id | None = Field(None, alias="code")


class Reject(_Operation):
    """Refuse a suggestion."""

    op: Literal["reject"]
    id: Id


Operation = (
    Add
    | NewCode
    | Rebound
    | Remove
    | Recode
    | RecodeMany
    | RemoveMany
    | WriteMemo
    | AddCode
    | UpdateCode
    | MoveCode
    | MergeCode
    | SplitCode
    | MarkQuestion
    | UnmarkQuestion
    | Accept
    | Reject
    | Undo
    | Redo
    | SetPreference
)

_adapter: TypeAdapter[Operation] = TypeAdapter(Annotated[Operation, Field(discriminator="op")])


def parse(raw: object) -> Operation | None:
    """The operation that was sent, or None when it is not one."""
    try:
        return _adapter.validate_python(raw)
    except (ValidationError, RecursionError):
        return None


def not_understood() -> str:
    """What is said of an operation that is none."""
    return _("Cette action n'a pas été comprise : rien n'a été enregistré. Rechargez la page.")


def uuid_of(raw: object) -> str:
    """What an operation calls itself, were it malformed in all else; empty when it does not say."""
    uuid: Any = raw.get("uuid") if isinstance(raw, Mapping) else None
    return uuid if isinstance(uuid, str) else ""
