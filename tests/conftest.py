"""What every test may use."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real material that lies beside a developer's checkout; tests that want it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material is not beside the checkout")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _own_settings(tmp_path_factory: pytest.TempPathFactory):
    """No test reads or writes the settings of whoever runs it."""
    os.environ["QUALIKIT_HOME"] = str(tmp_path_factory.mktemp("settings"))
    os.environ["QUALIKIT_CODER"] = "Camille"
    yield
    del os.environ["QUALIKIT_HOME"], os.environ["QUALIKIT_CODER"]


class NetworkUsed(Exception):
    """The code under test wanted to leave this machine. Not an OSError: nothing takes it for a network that is down."""


def _refuse_elsewhere(host: object) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"}:
        return
    try:
        near = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        near = False
    if not near:
        raise NetworkUsed(f"a test wanted to reach {name}")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """No test leaves this machine: neither a connection nor the look-up of a name, in the test's own process."""

    def by_address(real: Callable[..., Any], place: int) -> Callable[..., Any]:
        def guarded(one: socket.socket, *arguments: Any) -> Any:
            if one.family in {socket.AF_INET, socket.AF_INET6}:
                _refuse_elsewhere(arguments[place][0])
            return real(one, *arguments)

        return guarded

    def by_name(real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **named: Any) -> Any:
            host = arguments[0] if arguments else named.get("host", named.get("address"))
            _refuse_elsewhere(host[0] if isinstance(host, tuple) else host)
            return real(*arguments, **named)

        return guarded

    patch = pytest.MonkeyPatch()
    for name, place in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        patch.setattr(socket.socket, name, by_address(getattr(socket.socket, name), place))
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        patch.setattr(socket, name, by_name(getattr(socket, name)))
    yield
    patch.undo()
