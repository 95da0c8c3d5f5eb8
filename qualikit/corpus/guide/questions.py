"""The questions of the guide: read, added, changed, replaced by those of a file; each change one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from qualikit.corpus.guide.model import GuideChange, GuideLine, GuidePlan, Question
from qualikit.corpus.tables import documents, question_marks, questions
from qualikit.errors import GuideRefused, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Change, Transaction, new_id
from qualikit.text import fold, normalise

LONGEST = 1000
"""Characters of a question, or of a heading."""
_ALIKE = 85
"""Score from which a line is taken for a question that was reworded, and keeps its marks."""


def read_questions(connection: sa.Connection) -> list[Question]:
    """The questions, in the order of the guide."""
    rows = connection.execute(sa.select(questions).order_by(questions.c.position, questions.c.id))
    return [Question(row.id, number, row.section, row.text) for number, row in enumerate(rows, 1)]


def find_question(among: Sequence[Question], name: str | int | Question) -> Question:
    """The question of that id, number or text. Raises NotFound."""
    if isinstance(name, Question):
        name = name.id
    wanted = str(name).strip()
    for question in among:
        if wanted in {question.id, str(question.number)} or _key(question.text) == _key(wanted):
            return question
    raise NotFound(
        _("Il n'y a pas de question « {name} » dans le guide.").format(name=wanted),
        _("Une question se nomme par son numéro ou par son texte : « qualikit guide list » les montre."),
    )


def clean_line(text: str, section: str = "") -> GuideLine:
    """A question and its heading as they are kept, on one line each. Raises GuideRefused."""
    text, section = (" ".join(normalise(words).split()) for words in (text, section))
    if not text:
        raise GuideRefused(_("Une question ne peut pas être vide."))
    if max(len(text), len(section)) > LONGEST:
        raise GuideRefused(
            _("Une question tient en {n} caractères.").format(n=LONGEST), _("Mettez le reste dans un mémo.")
        )
    return GuideLine(text, section)


def add(transaction: Transaction, text: str, section: str, number: int | None) -> str:
    """Add a question, at the end or at that number; its id. Raises GuideRefused."""
    line = clean_line(text, section)
    among = read_questions(transaction.connection)
    _refuse_twin(among, line.text)
    with transaction.event("question.add", _("question « {text} » ajoutée").format(text=_short(line.text))) as change:
        id = new_id()
        place = len(among) if number is None else max(0, min(len(among), number - 1))
        change.insert(questions, {"id": id, "position": place, "section": line.section, "text": line.text})
        _put_in_order(change, [*(q.id for q in among[:place]), id, *(q.id for q in among[place:])])
    return id


def rename(transaction: Transaction, name: str | int | Question, text: str | None, section: str | None) -> None:
    """Change the words of a question or its heading. Raises NotFound, GuideRefused."""
    among = read_questions(transaction.connection)
    question = find_question(among, name)
    line = clean_line(question.text if text is None else text, question.section if section is None else section)
    if (line.text, line.section) == (question.text, question.section):
        return
    _refuse_twin([other for other in among if other.id != question.id], line.text)
    label = _("question « {text} » modifiée").format(text=_short(question.text))
    with transaction.event("question.update", label) as change:
        change.update(questions, question.id, text=line.text, section=line.section)


def move(transaction: Transaction, name: str | int | Question, number: int) -> None:
    """Give a question another number, from 1. Raises NotFound."""
    among = read_questions(transaction.connection)
    question = find_question(among, name)
    order = [other.id for other in among if other.id != question.id]
    place = max(0, min(len(order), number - 1))
    if place == question.number - 1:
        return
    label = _("question « {text} » déplacée").format(text=_short(question.text))
    with transaction.event("question.move", label) as change:
        _put_in_order(change, [*order[:place], question.id, *order[place:]])


def remove(transaction: Transaction, name: str | int | Question) -> int:
    """Take a question away, with its marks in the texts; how many went that were in sight. Raises NotFound."""
    among = read_questions(transaction.connection)
    question = find_question(among, name)
    marks = count_marks(transaction.connection).get(question.id, 0)
    label = _("question « {text} » retirée").format(text=_short(question.text))
    with transaction.event("question.remove", label) as change:
        change.uproot(questions, question.id)
        _put_in_order(change, [other.id for other in among if other.id != question.id])
    return marks


def plan_replace(connection: sa.Connection, lines: Iterable[GuideLine]) -> GuidePlan:
    """What these lines in the place of the guide would change: a line that is hardly other than a question is that
    question reworded, and its marks stay. Raises GuideRefused where there is no line."""
    wanted = list({_key(line.text): line for line in map(_cleaned, lines)}.values())
    if not wanted:
        raise GuideRefused(_("Aucune question n'a été trouvée."), _("Écrivez une question par ligne."))
    among, marks = read_questions(connection), count_marks(connection)
    became = _same(among, wanted)
    kept = set(became.values())
    by_id = {question.id: question for question in among}
    changes = [
        GuideChange(by_id[became[place]] if place in became else None, line) for place, line in enumerate(wanted)
    ]
    gone = [GuideChange(question, None, marks.get(question.id, 0)) for question in among if question.id not in kept]
    return GuidePlan((*changes, *gone))


def replace(transaction: Transaction, lines: Iterable[GuideLine]) -> GuidePlan:
    """Put these lines in the place of the guide, in one event; what it changed. Raises GuideRefused."""
    plan = plan_replace(transaction.connection, lines)
    stay = [change for change in plan.changes if change.line is not None]
    before = [question.id for question in read_questions(transaction.connection)]
    if plan.count("kept") == len(plan.changes) and [c.question.id for c in stay if c.question] == before:
        return plan
    n = len(stay)
    label = ngettext("guide d'entretien de {n} question", "guide d'entretien de {n} questions", n).format(n=n)
    with transaction.event("guide.replace", label) as change:
        change.uproot(questions, *(each.question.id for each in plan.changes if each.line is None and each.question))
        order = []
        for place, each in enumerate(stay):
            assert each.line is not None
            if each.question is None:
                order.append(new_id())
                row = {"id": order[-1], "position": place, "section": each.line.section, "text": each.line.text}
                change.insert(questions, row)
            else:
                order.append(each.question.id)
                if each.kind == "changed":
                    change.update(questions, each.question.id, text=each.line.text, section=each.line.section)
        _put_in_order(change, order)
    return plan


def count_marks(connection: sa.Connection) -> dict[str, int]:
    """Question → its marks in the current texts of the documents that are there."""
    query = (
        sa.select(question_marks.c.question_id, sa.func.count())
        .join(documents, documents.c.text_version_id == question_marks.c.text_version_id)
        .where(sa.not_(documents.c.removed))
        .group_by(question_marks.c.question_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _same(among: Sequence[Question], wanted: Sequence[GuideLine]) -> dict[int, str]:
    """Number of a line → id of the question that it is, the surest pairs first."""
    from rapidfuzz import fuzz

    pairs: list[tuple[float, int, str]] = []
    for place, line in enumerate(wanted):
        key = _key(line.text)
        for question in among:
            score = 101.0 if key == _key(question.text) else fuzz.ratio(key, _key(question.text))
            if score >= _ALIKE:
                pairs.append((score, place, question.id))
    became: dict[int, str] = {}
    for _score, place, id in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if place not in became and id not in became.values():
            became[place] = id
    return became


def _cleaned(line: GuideLine) -> GuideLine:
    return clean_line(line.text, line.section)


def _put_in_order(change: Change, ids: Sequence[str]) -> None:
    rows: dict[str, dict[str, Any]] = {id: {"position": place} for place, id in enumerate(ids)}
    change.update_many(questions, rows)


def _refuse_twin(among: Sequence[Question], text: str) -> None:
    twin = next((question for question in among if _key(question.text) == _key(text)), None)
    if twin is not None:
        raise GuideRefused(_("Cette question est déjà dans le guide, au numéro {n}.").format(n=twin.number))


def _key(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(" ?.:")


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"
