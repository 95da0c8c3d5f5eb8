"""Transcripts made to measure: the same talk written in the ways that transcribers have."""

from __future__ import annotations

import random
from collections.abc import Sequence

SPEECH = [
    "Oui, on est venus à pied, c'est à côté.",
    "Moi je trouve que c'est bien, le vélo, tout ça.",
    "Je précise : je ne suis pas contre.",
    "On arrive vers 14 : 30, parfois 15:00.",
    "Euh… enfin, comment dire, c'est pas simple.",
    "Il m'a dit : « revenez demain ».",
    "Non mais franchement ?",
    "Par exemple : la CAF, c'est tout en ligne.",
    "Note : c'était fermé.",
]


def talk(form: str, names: Sequence[str], turns: int = 14, long: bool = True) -> str:
    """``form`` with ``{n}`` the name, ``{s}`` the speech, ``{t}`` minutes and seconds, ``{h}`` with hours.

    Every name speaks at least once; some turns run over several paragraphs where ``long``. Always the same talk.
    """
    chance = random.Random(7)
    lines = []
    for turn in range(turns):
        name = names[turn % len(names)] if turn < 2 * len(names) else chance.choice(names)
        speech = chance.choice(SPEECH)
        if long and turn % 3 == 0:
            speech += "\n" + chance.choice(SPEECH) + "\n" + chance.choice(SPEECH)
        clock = f"{70 + turn // 6}:{turn % 6 * 10:02}"
        lines.append(form.format(n=name, s=speech, t=clock, h=f"01:{10 + turn // 6}:{turn % 6 * 10:02}"))
    return "\n".join(lines)
