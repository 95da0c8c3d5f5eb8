"""The peer: Taguette, in an environment of its own, its own server, its own database."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.browser import free_port
from benchmarks.data import Transcript
from benchmarks.harness import Run, Unavailable
from benchmarks.rows import Rows

VERSION = "1.5.2"
NAME = f"Taguette {VERSION}"

# Its server asks its home site for news when it starts; here nothing leaves the machine, and there is no news.
_LAUNCH = (
    "from taguette.web.base import Application; Application.check_messages = lambda self: self.messages_event.set(); "
    "from taguette.main import main; main()"
)


def cache_folder() -> Path:
    """Where environments of peers are kept from one run to the next."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("QUALIKIT_BENCHMARKS_CACHE") or user_cache_path("qualikit-benchmarks", appauthor=False))


@cache
def environment() -> Path:
    """Taguette's Python, installed the first time it is asked for. Raises Unavailable."""
    folder = cache_folder() / f"taguette-{VERSION}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = folder / "complete"
    if complete.exists():
        return python
    print(f"  installing {NAME} into {folder} …", file=sys.stderr, flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True, text=True)
        command = [python, "-m", "pip", "install", "--quiet", f"taguette=={VERSION}"]
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        detail = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        raise Unavailable(f"{NAME} cannot be installed: {detail[-1] if detail else error}") from error
    complete.touch()
    return python


@dataclass(frozen=True)
class Taguette:
    """A running server, with one project of one document."""

    url: str
    token: str
    database: Path
    project: int
    document: int
    tags: list[int]

    @property
    def login(self) -> str:
        """The address that logs in its one user."""
        return f"{self.url}/?token={self.token}"

    @property
    def project_page(self) -> str:
        return f"{self.url}/project/{self.project}"

    def client(self) -> Client:
        """An HTTP client that is logged in."""
        return Client(self)

    def documents(self) -> int:
        """How many documents its file holds."""
        with Rows(self.database, "documents") as rows:
            return rows.count()


class Client:
    """Talks to the server as its page does."""

    def __init__(self, server: Taguette) -> None:
        self._server = server
        self._cookies = CookieJar()
        handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(*handlers)
        self._opener.open(server.login).read()
        self._opener.open(server.project_page).read()  # sets the cookie that every form must echo

    def post(self, path: str, body: bytes, content_type: str, timeout: float) -> bytes:
        """Send to ``/api/project/N/<path>``."""
        token = next((cookie.value for cookie in self._cookies if cookie.name == "_xsrf"), "")
        url = f"{self._server.url}/api/project/{self._server.project}/{path}?" + urlencode({"_xsrf": token})
        request = urllib.request.Request(url, body, {"Content-Type": content_type})
        return bytes(self._opener.open(request, timeout=timeout).read())

    def get(self, path: str, timeout: float) -> bytes:
        """Fetch ``/project/N/<path>``."""
        return bytes(self._opener.open(f"{self._server.project_page}/{path}", timeout=timeout).read())


@contextmanager
def serve(run: Run, transcript: Transcript, highlights: list[tuple[int, int]], tags: int = 2) -> Iterator[Taguette]:
    """A server on loopback that holds the transcript, with the highlights tagged in turn. Raises Unavailable."""
    if not run.peers:
        raise Unavailable("left out by --without-taguette")
    python = environment()
    folder = run.subfolder("taguette")
    database = folder / "taguette.sqlite3"
    wanted = {
        "url": f"sqlite:///{database}",
        "title": "Document",
        "tags": [f"code {number}" for number in range(tags)],
        "html": transcript.html,
        "highlights": [
            [
                transcript.byte_offset(start),
                transcript.byte_offset(stop),
                "".join(f"<p>{escape(line, quote=False)}</p>" for line in transcript.text[start:stop].split("\n")),
                number % tags,
            ]
            for number, (start, stop) in enumerate(highlights)
        ],
    }
    seed = subprocess.run(
        [python, "-P", Path(__file__).with_name("taguette_seed.py")],  # -P: this folder has a taguette.py too
        input=json.dumps(wanted), capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    if seed.returncode:
        raise Unavailable(f"its database cannot be filled: {seed.stderr.strip()[-300:]}")
    ids = json.loads(seed.stdout)
    port = free_port()
    server = subprocess.Popen(
        [python, "-P", "-c", _LAUNCH, "--no-browser", "--bind=127.0.0.1", f"--port={port}", f"--database={database}"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
    )  # fmt: skip
    try:
        yield Taguette(f"http://127.0.0.1:{port}", _token(server), database, **ids)
    finally:
        server.kill()
        server.wait()


def _token(server: subprocess.Popen[str], patience: float = 60) -> str:
    """The token of the link that the server prints once it listens."""
    found: list[str] = []

    def read() -> None:
        assert server.stdout is not None
        for line in server.stdout:
            if match := re.search(r"\?token=(\w+)", line):
                found.append(match[1])

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    end = time.monotonic() + patience
    while not found:
        if server.poll() is not None or time.monotonic() > end:
            raise Unavailable("its server does not start")
        time.sleep(0.02)
    return found[0]
