"""A stand-in for the server of a language model, on this machine, that says what a test has it say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Codes = list[dict[str, Any]]


def said(codes: object) -> bytes:
    """The server's answer where the model says this: a string as it is, anything else as the JSON that is asked for."""
    content = codes if isinstance(codes, str) else json.dumps({"codes": codes}, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def item(quote: str, code: str = "C1", sure: str = "sûr", why: str = "On en parle.") -> dict[str, Any]:
    return {"raison": why, "citation": quote, "code": code, "certitude": sure}


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: Any

    @property
    def passage(self) -> str:
        """What stands between the two marks."""
        question = self.body["messages"][1]["content"]
        return question.partition("Le passage :\n\n")[2].split("\n", 1)[1].rsplit("\n", 1)[0]

    @property
    def words(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])


@dataclass
class ModelServer:
    """``answers`` is given each question and gives (status, headers, body), or what the model says."""

    answers: Callable[[Asked], Any] = lambda _asked: []
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> ModelServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = Asked(self.path, dict(self.headers), json.loads(body))
                outer.asked.append(asked)
                answer = outer.answers(asked)
                status, headers, content = answer if isinstance(answer, tuple) else (200, {}, said(answer))
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    return  # the caller has hung up, as it should

            def log_message(self, *_arguments: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"
