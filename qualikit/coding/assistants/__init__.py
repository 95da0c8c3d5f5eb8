"""Assistants: what each is given, what it gives back, and the registry.

An assistant reads sentences and proposes codes for some of them. It decides nothing: a coder accepts or refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from qualikit.coding.model import Codebook
from qualikit.i18n import _
from qualikit.registry import Registry

if TYPE_CHECKING:
    from qualikit.coding.endpoint.asking import Endpoint

Vectors = Callable[[Sequence[str]], Any]
"""Of texts, an array of float32 with one row of length 1 each: see :mod:`qualikit.coding.encoders`."""

MEDIUM, STRONG = 0.65, 0.8
"""Scores from which a proposal is called medium, and strong. Of what the keywords propose on the sample evaluation, its
coders had put the same code there for 43 % of the strong ones, 25 % of the medium ones, 11 % of the weak ones."""


class Level(StrEnum):
    """How sure a proposal is, in words: a score is no percentage, and no user is shown one."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


def level_of(score: float) -> Level:
    """Strong from ``STRONG`` on, medium from ``MEDIUM`` on, weak below."""
    if score >= STRONG:
        return Level.STRONG
    return Level.MEDIUM if score >= MEDIUM else Level.WEAK


def reaches(score: float, least: Level) -> bool:
    """Whether a score is of that level or of a surer one."""
    surer = (Level.WEAK, Level.MEDIUM, Level.STRONG)
    return surer.index(level_of(score)) >= surer.index(least)


def level_label(level: Level) -> str:
    """The level in a word for the user, as said of a suggestion."""
    return {Level.STRONG: _("forte"), Level.MEDIUM: _("moyenne"), Level.WEAK: _("faible")}[level]


def least_label(level: Level) -> str:
    """Suggestions of that level and of surer ones, in words for the user."""
    return {
        Level.STRONG: _("Fortes seulement"),
        Level.MEDIUM: _("Moyennes et fortes"),
        Level.WEAK: _("Toutes"),
    }[level]


@dataclass(frozen=True, eq=False)
class Heard:
    """A turn as an assistant hears it: its place among the turns of its document, who speaks (id of a participant;
    empty: nobody), whether they moderate, what they say, where in the text that begins, and the turn before."""

    index: int
    speaker: str
    moderates: bool
    words: str
    start: int = 0
    before: Heard | None = None


@dataclass(frozen=True)
class Segment:
    """A sentence that may be given a code, or several that follow each other in one turn: ``words`` are those of
    ``[start, stop)`` of a text, in code points. ``turn``: what it is said in, where that is known."""

    document_id: str
    version_id: str
    start: int
    stop: int
    words: str
    turn: Heard | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Example:
    """Words that a coder read as a code or, where it does not ``hold``, did not want read as it. ``title`` is that of
    the document they are in, for a reason to name."""

    words: str
    code_id: str
    holds: bool = True
    document_id: str = ""
    title: str = ""


def _go_on() -> None:
    """For callers who never stop an assistant."""


@dataclass(frozen=True)
class Material:
    """What an assistant gets ready with: a codebook, which holds no code that is retired; ``corpus``, the segments of
    the whole project, which tell what is rare from what is common (read once, in their order); what coders decided, in
    the order in which they did; ``vectors`` of texts, None where no ``encoder`` (its name) is used.

    ``code_ids``: only these are wanted (None: all), for whom each code costs. ``still`` is called before what takes
    long, and raises where the user wants it to stop. ``endpoint`` gives the language model that the user set and
    allowed on this project; it raises EndpointRefused where there is none, and nothing else may open a connection.
    """

    codebook: Codebook
    corpus: Iterable[Segment] = ()
    examples: Sequence[Example] = ()
    vectors: Vectors | None = None
    encoder: str = ""
    code_ids: Collection[str] | None = None
    still: Callable[[], None] = _go_on
    endpoint: Callable[[], Endpoint] | None = None


@dataclass(frozen=True)
class Proposal:
    """A code for a segment. ``score`` is from 0 to 1, read by :func:`level_of`; ``reason`` says why, in words for the
    user, with the words that led to it between guillemets as the text has them, where they are not the segment's own.
    ``parameters``: what was set for this one beside the assistant's own, as JSON."""

    segment: Segment
    code_id: str
    score: float
    reason: str
    parameters: Mapping[str, Any] = field(default_factory=dict, compare=False)


class Suggester(Protocol):
    """An assistant that has read what there is. One that may fail in part has two attributes more: ``refused``, how
    many answers it could not take, and ``incomplete``, the ids of versions of which something was not read; what it
    had proposed there before stays."""

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        """Codes for some of the segments of one document, for several that follow each other in a turn, or for some
        words of these, in their order; of one segment, the surest first, each code once."""


class Assistant(Protocol):
    """What the registry holds. The same version with the same parameters proposes the same of the same texts."""

    name: str
    version: str
    parameters: Mapping[str, Any]
    """What it was set to, as JSON: kept with each suggestion."""

    @property
    def label(self) -> str:
        """Name of the assistant for the user, after « par »."""

    def prepare(self, material: Material) -> Suggester:
        """Get ready to propose codes of that codebook. Raises what keeps it from being ready."""


def stored_name(assistant: Assistant, coder_id: str) -> str:
    """The name under which suggestions of an assistant are kept: one that learns from a coder (``learns``) proposes to
    them alone, or its reasons would show others what that coder did."""
    return f"{assistant.name}/{coder_id}" if getattr(assistant, "learns", False) else assistant.name


def shown_name(stored: str) -> str:
    """The assistant's own name."""
    return stored.partition("/")[0]


assistants: Registry[Assistant] = Registry(
    "qualikit.assistants",
    {
        "endpoint": "qualikit.coding.assistants.endpoint:EndpointAssistant",
        "keywords": "qualikit.coding.assistants.keywords:KeywordAssistant",
        "markers": "qualikit.coding.assistants.markers:MarkerAssistant",
        "meaning": "qualikit.coding.assistants.meaning:MeaningAssistant",
        "neighbours": "qualikit.coding.assistants.neighbours:NeighbourAssistant",
    },
    "assistant",
)
