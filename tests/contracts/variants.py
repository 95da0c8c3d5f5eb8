"""Broken variants of the specimens: what falls out of old disks, bad transfers and wrong extensions.

A variant is known by the reader's name and a number: the same number always gives the same bytes.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from tests.contracts.specimens import SPECIMENS
from tests.corpus.zip_file import archive


@dataclass(frozen=True)
class Variant:
    """``kind`` says what was done to the specimen."""

    kind: str
    file_name: str
    data: bytes


def variant(name: str, number: int) -> Variant:
    """The variant of that number of a reader's specimen."""
    chance = random.Random(f"{name} {number}")
    specimen = SPECIMENS[name]
    kinds = [*_DEEDS, "mislabelled", "spliced", *(["inside"] * 3 if specimen.data.startswith(b"PK") else [])]
    kind = kinds[number % len(kinds)]
    data = specimen.data
    if kind in {"mislabelled", "spliced"}:
        others = [other.data for key, other in sorted(SPECIMENS.items()) if key != name] or [b"autre chose"]
        other = chance.choice(others)
        if kind == "mislabelled":
            data = other if number < 2 * len(kinds) * len(others) else _flipped(other, chance)
        else:
            data = data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]
    elif kind == "inside":
        data = _inside(data, chance)
    else:
        data = _DEEDS[kind](data, chance)
    stem = PurePath(specimen.file_name)
    return Variant(kind, f"{stem.stem} {number}{stem.suffix}", data)


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))] if chance.random() < 0.8 else data[chance.randrange(len(data)) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _flip in range(chance.choice((1, 2, 5, 20, 100))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 16, 512, 4096, len(data) // 4 + 1)))


def _duplicated(data: bytes, chance: random.Random) -> bytes:
    start, stop = _block(data, chance)
    return data[:stop] + data[start:stop] * chance.choice((1, 1, 3, 50)) + data[stop:]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start, stop = _block(data, chance)
    return data[:start] + bytes(stop - start) + data[stop:]


def _removed(data: bytes, chance: random.Random) -> bytes:
    start, stop = _block(data, chance)
    return data[:start] + data[stop:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    middle = chance.randrange(len(data))
    return data[middle:] + data[:middle]


def _inserted(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.randbytes(chance.choice((1, 8, 300))) + data[place:]


_DEEDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "truncated": _truncated,
    "flipped": _flipped,
    "duplicated": _duplicated,
    "zeroed": _zeroed,
    "removed": _removed,
    "swapped": _swapped,
    "inserted": _inserted,
}


def _inside(data: bytes, chance: random.Random) -> bytes:
    """One part of an archive changed and packed again: past the checksums, where damage to the whole seldom comes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, OSError):
        return _flipped(data, chance)
    victim = chance.choice(list(parts))
    if content := parts[victim]:
        parts[victim] = _DEEDS[chance.choice(sorted(_DEEDS))](content, chance)
    return archive(parts)
