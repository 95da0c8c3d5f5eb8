"""The guard of the tests themselves: nothing leaves this machine, what stays on it goes on working."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import closing

import pytest

from tests.conftest import NetworkUsed

AWAY = ("192.0.2.1", 80)  # RFC 5737: nobody's


@pytest.mark.parametrize("how", ["connect", "connect_ex"])
def test_no_socket_connects_elsewhere(how):
    with closing(socket.socket()) as found, pytest.raises(NetworkUsed, match=r"192\.0\.2\.1"):
        getattr(found, how)(AWAY)


def test_no_datagram_leaves():
    with closing(socket.socket(type=socket.SOCK_DGRAM)) as found, pytest.raises(NetworkUsed):
        found.sendto(b"x", AWAY)


def test_no_name_is_looked_up():
    for look in (lambda: socket.getaddrinfo("exemple.invalid", 80), lambda: socket.gethostbyname("exemple.invalid")):
        with pytest.raises(NetworkUsed, match="exemple"):
            look()
    with pytest.raises(NetworkUsed):
        socket.create_connection(("exemple.invalid", 80))
    with pytest.raises(NetworkUsed):
        socket.create_connection(address=("exemple.invalid", 80))


def test_what_is_built_on_sockets_is_held_too():
    with pytest.raises(NetworkUsed):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open("http://192.0.2.1/", timeout=1)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as door:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, door.getsockname()[1]), timeout=5).close()
    assert socket.getaddrinfo(host="localhost", port=80)
    assert socket.getaddrinfo(None, 80)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_sockets_of_the_file_system_are_none_of_its_business():
    one, other = socket.socketpair()
    one.sendall(b"x")
    assert other.recv(1) == b"x"
    one.close()
    other.close()
