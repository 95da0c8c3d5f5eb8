"""A text of a document replaced by another: turns carried over, passages rebased, all in one event.

The text itself is immutable and hangs on the document's row, so it is not in the event: what the event records is which
text is the current one, and where the passages stand. Undo points back at the text before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from qualikit.alignment import hunks_between
from qualikit.corpus import queries
from qualikit.corpus.carrying import Voice, carry, spoken_by, voices
from qualikit.corpus.correction import Correction, Followed, Reason, passages
from qualikit.corpus.labels import key, tidy
from qualikit.corpus.model import Document, Role, TextVersion, Turn
from qualikit.corpus.speakers import SpeakerRule
from qualikit.corpus.tables import documents, participants, text_versions, turns
from qualikit.errors import CorrectionRefused, NotFound
from qualikit.i18n import _
from qualikit.rebasing import Edit, Rebasing
from qualikit.store import PROPOSED, QUIET, SPANS, Change, Transaction, metadata, new_id, now
from qualikit.text import Span, count_words, normalise, text_hash


@dataclass(frozen=True)
class Plan:
    """What :func:`carry_out` would do, worked out on one state of the project."""

    document: Document
    base: TextVersion
    correction: Correction
    rows: Mapping[str, Mapping[str, Span]]
    """For each table with passages: id → where the passage stands after."""
    people: tuple[Mapping[str, Any], ...]
    """Rows of participants that the project does not have yet."""


def plan(
    connection: sa.Connection,
    document_id: str,
    *,
    new_text: str | None = None,
    edits: Sequence[Edit] | None = None,
    speakers: Mapping[int, str] | None = None,
    heard: Sequence[str] = (),
    base_version_id: str | None = None,
) -> Plan:
    """Work out a correction, nothing written.

    ``new_text``: the whole text as it shall be, or ``edits``: replacements of the current text (code points), which
    count as corrections in place whatever the words. ``speakers``: turn (from 0) → the label, name or id of who speaks
    it, known or not; with it the label in the text changes. ``heard``: who else is announced by what is new in the
    text, known or not. ``base_version_id``: the text that the caller looked at.

    Raises NotFound, CorrectionRefused: the text is another one since, would be empty, or edits do not fit it.
    """
    row = connection.execute(queries.select_documents().where(documents.c.id == document_id)).first()
    if row is None:
        raise NotFound(_("Ce document n'est plus dans le projet."))
    document, base = queries.document_from(row), queries.text_version(connection, document_id)
    if base_version_id is not None and base_version_id != base.id:
        raise CorrectionRefused(
            _("Le texte de « {title} » a été corrigé depuis que vous l'avez ouvert.").format(title=document.title),
            _("Relisez-le, puis recommencez : rien n'a été enregistré."),
        )
    before = tuple(queries.turns_of(connection, base.id))
    people = {person.id: person.name for person in queries.participants_of(connection, base.id)}
    rule = SpeakerRule.from_json(document.rule) if document.rule else None
    known, added, chosen = voices(before), list[dict[str, Any]](), dict[int, Voice]()

    def meet(who: str) -> Voice:
        voice = _voice(connection, who, known, before, people)
        if voice.participant_id is None:
            voice = Voice(voice.label, new_id())
            role = Role.PARTICIPANT.value
            added.append({"id": voice.participant_id, "name": voice.label, "role": role, "attributes": {}})
        return known.setdefault(key(voice.label), voice)

    for index, who in (speakers or {}).items():
        if not 0 <= index < len(before) or not who.strip():
            raise CorrectionRefused(
                _("On ne peut pas donner le tour de parole numéro {n} à « {who} ».").format(n=index + 1, who=who),
                _("Rien n'a été enregistré."),
            )
        chosen[index] = meet(who)
    for who in heard:
        meet(who)
    spoken = [spoken_by(base.text, before, index, rule, voice.label) for index, voice in chosen.items()]
    rebasing = _rebasing(base.text, new_text, edits, spoken)
    if not rebasing.new.strip():
        raise CorrectionRefused(
            _("Il ne resterait rien du texte de « {title} ».").format(title=document.title),
            _("Pour l'enlever, retirez le document du projet."),
        )
    after = _as_chosen(carry(rebasing, before, rule, known), before, chosen, rebasing)
    names = people | {row["id"]: row["name"] for row in added}
    rows, followed = _follow(connection, base, rebasing)
    spoke = {rebasing.start(turn.start): turn.participant_id for turn in before}
    correction = Correction(
        document.id,
        document.title,
        base.id,
        rebasing.new,
        tuple(passages(rebasing, after, names)),
        after,
        before,
        tuple(followed),
        sum(1 for turn in after if spoke.get(turn.start, turn.participant_id) != turn.participant_id),
    )
    speaking = {turn.participant_id for turn in after}
    return Plan(document, base, correction, rows, tuple(row for row in added if row["id"] in speaking))


def revise(
    transaction: Transaction,
    document_id: str,
    *,
    reason: Reason | str = Reason.CORRECTION,
    label: str | None = None,
    note: str = "",
    **what: Any,
) -> Correction:
    """Correct a text as one event; ``what`` as in :func:`plan`. Where nothing changes, nothing is written."""
    planned = plan(transaction.connection, document_id, **what)
    if not planned.correction.changed:
        return planned.correction
    label = label or _("texte de « {title} » corrigé").format(title=planned.document.title)
    with transaction.event("document.revise", label) as change:
        return carry_out(transaction, change, planned, reason=reason, note=note)


def carry_out(
    transaction: Transaction, change: Change, plan: Plan, *, reason: Reason | str, note: str = ""
) -> Correction:
    """Do as planned inside an event that the caller opened, in the transaction in which it was planned."""
    connection, correction = transaction.connection, plan.correction
    highest = sa.select(sa.func.max(text_versions.c.number)).where(text_versions.c.document_id == plan.document.id)
    made = replace(correction, version_id=new_id(), number=connection.execute(highest).scalar_one() + 1)
    connection.execute(
        sa.insert(text_versions).values(
            id=made.version_id,
            document_id=plan.document.id,
            number=made.number,
            reason=Reason(reason).value,
            text=made.text,
            text_hash=text_hash(made.text),
            words=count_words(made.text),
            created=now(),
            base_id=plan.base.id,
            note=note.strip() or None,
            coder_id=transaction.coder_id,
        )
    )
    if plan.people:
        connection.execute(sa.insert(participants), [dict(row) for row in plan.people])
    connection.execute(sa.insert(turns), [_turn_row(turn, str(made.version_id)) for turn in made.turns])
    change.update_many(documents, {plan.document.id: {"text_version_id": made.version_id}})
    aside: dict[str, list[str]] = {}
    for each in made.followed:
        if each.words is None:
            aside.setdefault(each.table, []).append(each.id)
    for table, spans in plan.rows.items():
        change.update_many(
            metadata.tables[table],
            {
                id: {
                    "text_version_id": made.version_id,
                    "start": span.start,
                    "stop": span.stop,
                    "quote": span.of(made.text),
                }
                for id, span in spans.items()
            },
        )
    for table, ids in aside.items():
        change.rely_on(metadata.tables[table], {id: {"text_version_id": plan.base.id} for id in ids})
    return made


def _voice(
    connection: sa.Connection, who: str, known: Mapping[str, Voice], turns: Sequence[Turn], people: Mapping[str, str]
) -> Voice:
    """Who is meant by the label or the name of somebody in the document, or by the id of anybody in the project;
    somebody new where nobody is."""
    wanted = key(who)
    if wanted in known:
        return known[wanted]
    name = (
        people.get(who) or connection.execute(sa.select(participants.c.name).where(participants.c.id == who)).scalar()
    )
    id = who if name else next((id for id, other in people.items() if key(other) == wanted), None)
    label = next((turn.label for turn in turns if id is not None and turn.participant_id == id and turn.label), None)
    return Voice(label or name or tidy(who), id)


def _rebasing(old: str, new_text: str | None, edits: Sequence[Edit] | None, spoken: Sequence[Edit]) -> Rebasing:
    if new_text is not None and not spoken:
        return Rebasing.between(old, new_text)
    wanted = list(edits or ())
    if new_text is not None:
        new = normalise(new_text)
        wanted = [Edit(h.start, h.stop, new[h.new_start : h.new_stop]) for h in hunks_between(old, new)]
    try:
        return Rebasing.of(old, [*wanted, *spoken], stated=new_text is None)
    except ValueError as error:
        raise CorrectionRefused(
            _("Deux corrections se recouvrent, ou sortent du texte."), _("Rien n'a été enregistré.")
        ) from error


def _as_chosen(
    after: Sequence[Turn], before: Sequence[Turn], chosen: Mapping[int, Voice], rebasing: Rebasing
) -> tuple[Turn, ...]:
    """Whose speaker was said is spoken by them, were the label another's as well."""
    turns, starts = list(after), [turn.start for turn in after]
    for index, voice in chosen.items():
        one = before[index]
        place = rebasing.start(one.start if one.label is not None else one.speech_start)
        number = max(0, bisect_right(starts, place) - 1)
        turns[number] = replace(turns[number], label=voice.label, participant_id=voice.participant_id)
    return tuple(turns)


def _follow(
    connection: sa.Connection, base: TextVersion, rebasing: Rebasing
) -> tuple[dict[str, dict[str, Span]], list[Followed]]:
    """Where the passages of every table stand after, and what becomes of each."""
    rows: dict[str, dict[str, Span]] = {}
    followed: list[Followed] = []
    for table in metadata.sorted_tables:
        if SPANS not in table.info:
            continue
        names = {column: _names(connection, table, column) for column in table.info[SPANS]}
        query = sa.select(table).where(table.c.text_version_id == base.id).order_by(table.c.start, table.c.stop)
        keys, taken = _keys(table), set[tuple[Any, ...]]()
        stand: dict[str, Span] = {}
        found = connection.execute(query.order_by(table.c.id)).mappings().all()
        spans = [(row, rebasing.rebase(Span(row["start"], row["stop"]))) for row in found]
        # Two that become one: the one whose words stay the same goes on, the other is looked at.
        for row, span in sorted(
            spans, key=lambda each: each[1] is None or each[1].of(rebasing.new) != each[0]["quote"]
        ):
            if span is None:
                continue
            placed = {**row, "start": span.start, "stop": span.stop}
            same = {(number, *(placed[name] for name in columns)) for number, columns in enumerate(keys)}
            if same & taken:
                continue
            taken |= same
            stand[row["id"]] = span
        rows[table.name] = stand
        if PROPOSED in table.info:
            continue  # nobody's work: what loses its words stays on the text before, without a word
        for row, _span in spans:
            span = stand.get(row["id"])
            followed.append(
                Followed(
                    table.name,
                    row["id"],
                    tuple(names[column].get(row[column], "") for column in table.info[SPANS]),
                    row["quote"],
                    None if span is None else span.of(rebasing.new),
                    bool(table.info.get(QUIET)),
                )
            )
    return rows, followed


def _keys(table: sa.Table) -> list[list[str]]:
    """Columns that no two rows of one text may have alike."""
    return [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint) and "text_version_id" in constraint.columns
    ]


def _names(connection: sa.Connection, table: sa.Table, column: str) -> dict[str, str]:
    [key] = table.c[column].foreign_keys
    named = key.column.table
    called = named.c.name if "name" in named.c else named.c.text
    return {row.id: row[1] for row in connection.execute(sa.select(named.c.id, called))}


def _turn_row(turn: Turn, version_id: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "text_version_id": version_id,
        "index": turn.index,
        "start": turn.start,
        "stop": turn.stop,
        "speech_start": turn.speech_start,
        "speech_stop": turn.speech_stop,
        "label": turn.label,
        "participant_id": turn.participant_id,
        "time": turn.time,
        "time_stop": turn.time_stop,
    }
