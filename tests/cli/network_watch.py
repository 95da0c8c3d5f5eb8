"""Loaded by an interpreter at its start (as ``sitecustomize``): writes down every address it binds or connects to."""

import os
import sys


def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        address = arguments[1]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        address = arguments[0]
    else:
        return
    with open(os.environ["NETWORK_WATCH"], "a", encoding="utf-8") as log:
        log.write(f"{event}\t{address!r}\n")


if "NETWORK_WATCH" in os.environ:
    sys.addaudithook(watch)
