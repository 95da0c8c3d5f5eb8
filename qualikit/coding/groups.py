"""What the codebook lacks: groups of passages that a coder has not coded and that fit no code well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qualikit.coding.assisted import Assisted, Found
from qualikit.content_words import content_stems
from qualikit.text import stem, word_form, written_words


@dataclass(frozen=True)
class Group:
    """Passages that no code speaks of and that are like one another: how many, their typical words, the most typical of
    them."""

    size: int
    words: tuple[str, ...]
    passages: tuple[Found, ...]
    titles: int
    """In how many documents they are."""


def groups(seen: Assisted, most: int = 8, limit: int = 100) -> list[Group]:
    """Groups of passages that this coder has not coded and that fit no code well, the tightest and largest first:
    k-means on sentence vectors; words by how often the group says them, times the logarithm of how much more often."""
    import numpy as np
    from sklearn.cluster import KMeans

    learned = seen.learned
    rows = learned.corpus.vectors if learned.corpus.vectors is not None else learned.corpus.words
    if rows is None:
        return []
    best = learned.scores.score.max(axis=1) if learned.codes else np.zeros(len(seen.read))
    free = [
        n
        for n, piece in enumerate(seen.read)
        if not seen.on(n) and best[n] < 0.65 and len(set(content_stems(piece.words))) >= 6
    ]
    if len(free) < 12:
        return []
    own = rows[free]
    spoken = [content_stems(seen.read[n].words) for n in free]
    different = len({tuple(sorted(each)) for each in spoken})
    number = int(min(3 * most, max(3, round((len(free) / 4) ** 0.5 * 2)), different))
    model = KMeans(number, n_init=4, random_state=0).fit(own)
    everywhere = Counter(each for one in spoken for each in set(one))
    forms = _forms(seen.read[n].words for n in free)
    made = []
    for label in range(number):
        members = np.flatnonzero(model.labels_ == label)
        if len(members) < 4:
            continue
        centre = np.asarray(own[members].mean(axis=0)).ravel()
        like = np.asarray(own[members] @ centre).ravel() / (np.linalg.norm(centre) or 1)
        inside = Counter(each for place in members for each in set(spoken[place]))
        words = sorted(
            (each for each, n in inside.items() if n >= 2),
            key=lambda each: -inside[each] * np.log((inside[each] / len(members)) / (everywhere[each] / len(free))),
        )[:6]
        passages = tuple(seen.found(free[members[place]], float(like[place])) for place in np.argsort(-like)[:limit])
        titles = len({seen.read[free[place]].first.document_id for place in members})
        tightness = float(like.mean())
        made.append(
            (
                tightness * np.log(len(members)),
                Group(len(members), tuple(forms[each] for each in words), passages, titles),
            )
        )
    made.sort(key=lambda pair: -pair[0])
    return [group for _worth, group in made[:most] if group.words]


def _forms(texts: Iterable[str]) -> dict[str, str]:
    """Of each family, the word as it is written most."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for word in written_words(text):
            seen.setdefault(stem(word_form(word)), Counter())[word.lower()] += 1
    return {family: counted.most_common(1)[0][0] for family, counted in seen.items()}
