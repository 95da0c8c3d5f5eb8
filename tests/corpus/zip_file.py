"""Zip archives written entry by entry, as Windows, macOS and ill will write them."""

from __future__ import annotations

import io
import struct
import zipfile
from binascii import crc32
from collections.abc import Mapping
from pathlib import Path


def archive(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary archive. Its entries bear no date of today: the same files always give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


def named_in_bytes(name: bytes, content: bytes, unicode_path: str = "") -> bytes:
    """An archive of one entry whose name is these bytes, and does not say what it is written in."""
    marker = "N" * len(name)
    info = zipfile.ZipInfo(marker)
    if unicode_path:
        field = b"\x01" + struct.pack("<I", crc32(name)) + unicode_path.encode()
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(info, content)
    return made.getvalue().replace(marker.encode(), name)


def with_flag(data: bytes, bit: int) -> bytes:
    """An archive with a flag set on every entry, in both of the places where it stands."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= bit
            place = changed.find(signature, place + 4)
    return bytes(changed)


def with_link(name: str, target: str, more: dict[str, bytes | str]) -> bytes:
    """An archive with a symbolic link in it, and other files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        file.writestr(info, target)
        for other, content in more.items():
            file.writestr(other, content)
    return made.getvalue()


def overlapping(count: int, content: bytes) -> bytes:
    """Entries that all are the same bytes of the archive: small on the disk, endless once opened."""
    compressed = archive({"a.txt": content})
    entry, rest = compressed[: compressed.index(b"PK\x01\x02")], compressed[compressed.index(b"PK\x01\x02") :]
    central, end = rest[: rest.index(b"PK\x05\x06")], bytearray(rest[rest.index(b"PK\x05\x06") :])
    struct.pack_into("<HHI", end, 8, count, count, len(central) * count)
    return entry + central * count + bytes(end)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
