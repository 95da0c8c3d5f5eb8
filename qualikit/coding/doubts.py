"""Passages that look like a code and do not bear it, codings that do not look like theirs."""

from __future__ import annotations

from collections import Counter

from qualikit.coding.assistants.meaning import MeaningSuggester, themes
from qualikit.coding.assisted import Assisted, Found
from qualikit.content_words import content_stems
from qualikit.i18n import _


def missed(seen: Assisted, code: str | None = None, limit: int = 50) -> list[Found]:
    """Passages that do not bear a code and look like it, the surest first; ``code`` by id, None: any. Each is
    judged without the codings of its own document."""
    parts = list(seen.folds())
    elsewhere = set(seen.documents) - {id for part, _learned in parts for id in part}
    likely: list[tuple[float, int, MeaningSuggester]] = []
    for part, learned in [*parts, (frozenset(elsewhere), seen.learned)]:
        for number, piece in enumerate(seen.read):
            if piece.first.document_id not in part:
                continue
            here = {each.code_id for each in seen.on(number)}
            scores = [
                score
                for place, score in learned.chosen(number)
                if score >= 0.5 and (id := learned.codes[place].id) not in here and code in {None, id}
            ]
            if scores:
                likely.append((max(scores), number, learned))
    likely.sort(key=lambda each: -each[0])
    found: list[Found] = []
    for _score, number, learned in likely:
        if len(found) >= limit:
            break
        piece = seen.read[number]
        here = {each.code_id for each in seen.on(number)}
        found += [
            seen.about(each.segment.start, each.segment.stop, each.segment.words, number, each)
            for each in learned.proposals([number])[0]
            if each.code_id not in here
            and code in {None, each.code_id}
            and each.score >= 0.5
            and not seen.is_answered(piece.first.version_id, each.segment.start, each.segment.stop, each.code_id)
        ]
    return sorted(found, key=lambda each: -each.score)[:limit]


def doubtful(seen: Assisted, code: str | None = None, limit: int = 50) -> list[Found]:
    """Codings of this coder's that look less like their code than like others, the least likely first; each is
    judged without the codings of its own document. Codes of positions, and codes with fewer than three other
    codings, are not judged."""
    counted = Counter(each.code_id for each in seen.codings)
    known = {each.id: place for place, each in enumerate(themes(seen.book))}
    judged = {id: learned for part, learned in seen.folds() for id in part}
    found: dict[str, Found] = {}
    for number, piece in enumerate(seen.read):
        learned = judged.get(piece.first.document_id)
        if learned is None or len(set(content_stems(piece.words))) < 3:
            continue
        for each in seen.on(number):
            place = known.get(each.code_id)
            known_code = seen.book.get(each.code_id)
            if place is None or known_code is None or counted[each.code_id] < 4 or code not in {None, each.code_id}:
                continue
            row = learned.scores.score[number]
            rank = int((row > row[place]).sum())
            best = learned.codes[int(row.argmax())]
            fit = float(row[place])
            known_fit = found.get(each.id)
            if known_fit is not None and known_fit.score >= fit:
                continue
            reason = _("{rank}e sur {total} codes pour ces mots ; le premier serait {best}").format(
                rank=rank + 1, total=len(row), best=best.name
            )
            if rank == 0:
                reason = ""
            found[each.id] = Found(
                each.document_id,
                seen.documents[each.document_id].title,
                each.start,
                each.stop,
                each.quote,
                fit,
                (known_code.name,),
                each.code_id,
                reason,
                each.id,
            )
    ranked = sorted((each for each in found.values() if each.reason and each.score < 0.35), key=lambda f: f.score)
    return ranked[:limit]
