"""One question sent to one host, with the standard library: no proxy, no redirection, no more than was asked for."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from qualikit.coding.endpoint.model import Outcome

MOST_BYTES = 256 * 1024
"""An answer longer than that is refused: one that is asked for has some hundred."""
_PIECE = 16 * 1024


class NotAnswered(Exception):
    """``outcome`` says how; ``status`` is the server's, where it said one."""

    def __init__(self, outcome: Outcome, status: int = 0) -> None:
        self.outcome = outcome
        self.status = status
        super().__init__(outcome.value)


def post(url: str, body: bytes, key: str, timeout: float) -> bytes:
    """The server's answer. ``timeout`` in seconds, of the whole. Raises NotAnswered."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "qualikit"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    end = time.monotonic() + timeout
    try:
        request = Request(url, data=body, headers=headers, method="POST")
        with _opener().open(request, timeout=timeout) as answer:
            return _read(answer, end)
    except HTTPError as error:
        with error:
            moved = 300 <= error.code < 400
        raise NotAnswered(Outcome.REDIRECT if moved else Outcome.HTTP, error.code) from error
    except TimeoutError as error:
        raise NotAnswered(Outcome.TIMEOUT) from error
    except URLError as error:
        late = isinstance(error.reason, TimeoutError)
        raise NotAnswered(Outcome.TIMEOUT if late else Outcome.UNREACHABLE) from error
    except (OSError, HTTPException, ValueError) as error:  # ValueError: a key that no header can hold
        raise NotAnswered(Outcome.UNREACHABLE) from error


def _opener() -> OpenerDirector:
    """Nothing but HTTP: urllib's own would take a proxy from the environment, and follow where it is sent. Consent
    names one host."""
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


def _read(answer: object, end: float) -> bytes:
    """All of it, piece by piece: the socket's own timeout starts anew with every byte."""
    read = answer.read1  # type: ignore[attr-defined]
    pieces: list[bytes] = []
    length = 0
    while piece := read(_PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_BYTES:
            raise NotAnswered(Outcome.TOO_BIG)
        if time.monotonic() > end:
            raise NotAnswered(Outcome.TIMEOUT)
    return b"".join(pieces)
