from __future__ import annotations

import time

import pytest

from qualikit.coding.endpoint.model import Outcome
from qualikit.coding.endpoint.sending import MOST_BYTES, NotAnswered, post
from tests.coding.endpoint.server import ModelServer


def outcome(server: ModelServer, timeout: float = 5, key: str = "") -> tuple[Outcome, int]:
    with pytest.raises(NotAnswered) as refused:
        post(f"{server.url}/v1/chat/completions", b"{}", key, timeout)
    return refused.value.outcome, refused.value.status


def test_the_key_goes_to_the_host_and_no_proxy_is_asked(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    with ModelServer(lambda _asked: (200, {}, b"oui")) as server:
        assert post(f"{server.url}/v1/chat/completions", b'{"a": 1}', "secret", 5) == b"oui"
        [asked] = server.asked
    assert asked.headers["Authorization"] == "Bearer secret"
    assert (asked.path, asked.body) == ("/v1/chat/completions", {"a": 1})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirection_is_followed(status):
    with ModelServer() as other, ModelServer() as server:
        server.answers = lambda _asked: (status, {"Location": f"{other.url}/v1/chat/completions"}, b"")
        assert outcome(server) == (Outcome.REDIRECT, status)
        assert other.asked == []


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_server_may_say_no(status):
    with ModelServer(lambda _asked: (status, {}, b"<html>non</html>")) as server:
        assert outcome(server) == (Outcome.HTTP, status)


def test_an_answer_without_end_is_not_read_to_the_end():
    with ModelServer(lambda _asked: (200, {}, b" " * (4 * MOST_BYTES))) as server:
        assert outcome(server) == (Outcome.TOO_BIG, 0)


def test_it_waits_no_longer_than_it_was_told():
    def late(_asked):
        time.sleep(0.6)
        return (200, {}, b"{}")

    with ModelServer(late) as server:
        assert outcome(server, timeout=0.2) == (Outcome.TIMEOUT, 0)


def test_nobody_there():
    with ModelServer() as server:
        pass
    assert outcome(server)[0] is Outcome.UNREACHABLE


def test_a_key_that_no_header_can_hold_is_sent_nowhere():
    with ModelServer() as server:
        assert outcome(server, key="a\r\nX-Autre: b")[0] is Outcome.UNREACHABLE
        assert outcome(server, key="clé €")[0] is Outcome.UNREACHABLE
        assert server.asked == []
