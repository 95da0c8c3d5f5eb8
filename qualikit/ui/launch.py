"""The application started: a server on this machine only, and a browser in front of it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextvars import copy_context
from functools import partial

from qualikit.errors import ApplicationNotStarted
from qualikit.i18n import _, language
from qualikit.shipped import app
from qualikit.ui.options import flags

HOST = "127.0.0.1"
PORT = 8501
TRIED = 50
"""How many ports are tried in a row, the first one first: the address stays the same from one day to the next."""
PATIENCE = 120.0
"""Seconds to wait for the server to answer before saying nothing more."""


def launch(
    project: str | None,
    *,
    coder: str | None = None,
    port: int | None = None,
    browser: bool = True,
    say: Callable[[str], None],
) -> None:
    """Start the application on a project (None: on its first page) and stay until it is stopped by Ctrl+C.

    The server runs in this process: whoever stops the command, however brutally, stops the server. ``say`` receives the
    sentences for the user. Raises ApplicationNotStarted.
    """
    chosen = _free_port() if port is None else _checked(port)
    spoken = None if language() == "fr" else language()  # French says nothing: the last choice on this machine holds
    told = {"QUALIKIT_PROJECT": project, "QUALIKIT_CODER": coder, "QUALIKIT_LANGUAGE": spoken}
    address = f"http://{HOST}:{chosen}"
    stopped = threading.Event()
    # A new thread would speak French whatever the language of this one.
    welcome = partial(copy_context().run, _welcome, address, chosen, browser, say, stopped)
    threading.Thread(target=welcome, daemon=True).start()
    try:
        # What Streamlit says of itself goes with the complaints; stdout has our sentences only.
        with _variables(told), contextlib.redirect_stdout(sys.stderr):
            _serve(chosen)
    except KeyboardInterrupt:
        pass
    except SystemExit as error:
        if error.code:
            raise _not_started(chosen) from error
    finally:
        stopped.set()
    say(_("Qualikit est arrêté. Tout est enregistré."))


@contextlib.contextmanager
def _variables(told: Mapping[str, str | None]) -> Iterator[None]:
    """The environment with what the application is told; None tells nothing. As it was before, afterwards."""
    before = dict(os.environ)
    os.environ.update({variable: value for variable, value in told.items() if value is not None})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _serve(port: int) -> None:
    from streamlit.web.cli import main

    arguments = [
        "run",
        str(app()),
        *flags(),
        f"--server.address={HOST}",
        f"--server.port={port}",
        "--server.headless=true",  # the browser is opened here: Streamlit would ask for an e-mail address first
        "--server.baseUrlPath=",
        f"--server.allowedHosts={HOST}",
        "--server.allowedHosts=localhost",
        f"--browser.serverAddress={HOST}",
        "--browser.gatherUsageStats=false",
        "--logger.hideWelcomeMessage=true",
        "--logger.level=warning",
    ]
    main(args=arguments, prog_name="streamlit", standalone_mode=False)


def _checked(port: int) -> int:
    if not _is_free(port):
        raise ApplicationNotStarted(
            _("Le port {port} est déjà pris par un autre programme, ou réservé.").format(port=port),
            _("Choisissez-en un autre avec --port, ou laissez qualikit en chercher un."),
        )
    return port


def _free_port() -> int:
    for port in range(PORT, PORT + TRIED):
        if _is_free(port):
            return port
    with socket.socket() as any_port:
        any_port.bind((HOST, 0))
        return int(any_port.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        if sys.platform == "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # A port just left by another server is free, although the system still remembers its connections.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
        return True


def _not_started(port: int) -> ApplicationNotStarted:
    return ApplicationNotStarted(
        _("L'application n'a pas pu démarrer sur le port {port}.").format(port=port),
        _("Essayez un autre port avec --port."),
    )


def _welcome(address: str, port: int, browser: bool, say: Callable[[str], None], stopped: threading.Event) -> None:
    """Once the server answers: open the browser where there is one, and say where the application is."""
    for _turn in range(int(PATIENCE / 0.1)):
        if stopped.wait(0.1):
            return
        if _answers(port):
            break
    else:
        return
    if browser and has_browser() and webbrowser.open(address):
        say(_("L'application est ouverte dans votre navigateur : {address}").format(address=address))
    else:
        say(_("L'application est prête. Ouvrez cette adresse dans un navigateur : {address}").format(address=address))
    say(_("Pour l'arrêter : Ctrl+C dans cette fenêtre."))


def _answers(port: int) -> bool:
    # Straight to the socket: a proxy set for the machine must not see this.
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def has_browser() -> bool:
    """Whether this session can show a browser: a server reached by its terminal cannot, whatever is installed."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
