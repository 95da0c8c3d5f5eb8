"""The application as the command line starts it: on this machine only, silent, stopped by Ctrl+C."""

from __future__ import annotations

import ast
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from qualikit import Project, sample
from qualikit.errors import ApplicationNotStarted
from qualikit.ui import launch
from tests.conftest import ROOT


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return sample.build(tmp_path_factory.mktemp("exemple"))


class Running:
    """``qualikit …`` started, and what it says line by line."""

    def __init__(self, words: list[object], env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qualikit", *map(str, words)],
            cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.complaints: list[bytes] = []
        # A pipe that nobody reads would stop the server.
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self.complaints.extend(self.process.stderr)

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode("utf-8").replace("\u00a0", " ").strip()

    @property
    def err(self) -> str:
        return b"".join(self.complaints).decode("utf-8")

    def stop(self, how: int = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


@contextmanager
def running(*words: object, **env: str) -> Iterator[Running]:
    started = Running(list(words), env)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.wait(60)
        for pipe in (started.process.stdout, started.process.stderr):
            assert pipe is not None
            pipe.close()


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def draw_a_page(port: int, host: str = "127.0.0.1") -> list[str]:
    """Open a session as a browser does and have the page drawn; the kinds of messages that came."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    ask = BackMsg()
    ask.rerun_script.query_string = ""
    kinds = []
    with connect(
        f"ws://{host}:{port}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),  # whatever the name, this machine
        subprotocols=["streamlit"],
        max_size=None,
    ) as session:
        session.send(ask.SerializeToString())
        for data in session:
            message = ForwardMsg()
            message.ParseFromString(data)
            kinds.append(message.WhichOneof("type"))
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise AssertionError(message.delta.new_element.exception.message)
            if message.WhichOneof("type") == "script_finished":
                break
    return kinds


class DescribeApp:
    def it_serves_says_where_and_stops_cleanly(self, evaluation, tmp_path):
        port = free_port()
        with running("app", evaluation, "--no-browser", "--port", port) as app:
            assert app.line().endswith(f"Ouvrez cette adresse dans un navigateur : http://127.0.0.1:{port}")
            assert app.line() == "Pour l'arrêter : Ctrl+C dans cette fenêtre."
            assert get(port, "/")[0] == 200
            assert "delta" in draw_a_page(port)
            assert app.stop() == 0
            assert app.line() == "Qualikit est arrêté. Tout est enregistré."
            assert "Traceback" not in app.err

    @pytest.mark.skipif(os.name == "nt", reason="no such signal there")
    def it_takes_the_server_along_when_it_is_killed(self, evaluation):
        port = free_port()
        with running("app", evaluation, "--no-browser", "--port", port) as app:
            app.line()
            app.stop(signal.SIGKILL)
            with pytest.raises(ConnectionRefusedError):
                get(port, "/")
            with running("app", evaluation, "--no-browser", "--port", port) as again:
                assert str(port) in again.line()

    def it_starts_without_a_project(self):
        port = free_port()
        with running("app", "--no-browser", "--port", port) as app:
            app.line()
            assert "delta" in draw_a_page(port)

    def it_refuses_a_project_that_cannot_be_opened_before_it_starts(self, cli, tmp_path):
        (tmp_path / "notes.txt").write_text("x")
        assert "n'est pas un projet qualikit" in cli("app", tmp_path / "notes.txt", "--no-browser").err
        answer = cli("app", tmp_path / "absent.qualikit", "--no-browser")
        assert answer.status == 1
        assert "Il n'y a pas de projet à cet endroit" in answer.err

    def it_refuses_a_port_that_is_taken(self, cli, evaluation):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            answer = cli("app", evaluation, "--no-browser", "--port", str(port))
        assert answer.status == 1
        assert f"Le port {port} est déjà pris" in answer.err

    def it_looks_for_a_free_port_from_the_same_one_on(self, monkeypatch):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = other.getsockname()[1]
            monkeypatch.setattr(launch, "PORT", taken)
            monkeypatch.setattr(launch, "TRIED", 1)
            assert launch._free_port() != taken
        assert launch._free_port() == taken

    def it_says_when_the_server_does_not_start(self, monkeypatch):
        def stop(port):
            raise SystemExit(1)

        monkeypatch.setattr(launch, "_serve", stop)
        with pytest.raises(ApplicationNotStarted, match="n'a pas pu démarrer"):
            launch.launch(None, port=free_port(), browser=False, say=print)

    def it_tells_the_application_which_project_and_who_works(self, evaluation, monkeypatch):
        told = {}
        monkeypatch.setenv("QUALIKIT_PROJECT", "")
        monkeypatch.setenv("QUALIKIT_CODER", "")
        monkeypatch.setattr(
            launch,
            "_serve",
            lambda port: told.update({name: os.environ[name] for name in ("QUALIKIT_PROJECT", "QUALIKIT_CODER")}),
        )
        launch.launch(str(evaluation), coder="Sacha", port=free_port(), browser=False, say=lambda text: None)
        assert told == {"QUALIKIT_PROJECT": str(evaluation), "QUALIKIT_CODER": "Sacha"}


class DescribeTheBrowser:
    def it_is_opened_once_the_server_answers(self, monkeypatch):
        opened: list[str] = []
        said: list[str] = []
        monkeypatch.setattr(launch, "has_browser", lambda: True)
        monkeypatch.setattr(launch.webbrowser, "open", lambda address: opened.append(address) or True)
        monkeypatch.setattr(launch, "_answers", lambda port: True)
        launch._welcome("http://127.0.0.1:1", 1, True, said.append, threading.Event())
        assert opened == ["http://127.0.0.1:1"]
        assert "est ouverte dans votre navigateur" in said[0]

    @pytest.mark.parametrize(("wanted", "there"), [(False, True), (True, False)])
    def it_is_left_alone_where_it_is_not_wanted_or_not_there(self, monkeypatch, wanted, there):
        opened: list[str] = []
        said: list[str] = []
        monkeypatch.setattr(launch, "has_browser", lambda: there)
        monkeypatch.setattr(launch.webbrowser, "open", lambda address: opened.append(address) or True)
        monkeypatch.setattr(launch, "_answers", lambda port: True)
        launch._welcome("http://127.0.0.1:1", 1, wanted, said.append, threading.Event())
        assert opened == []
        assert "Ouvrez cette adresse" in said[0]

    def it_is_announced_in_the_language_of_the_command(self, monkeypatch):
        from qualikit.i18n import language, use_language

        spoken: list[str] = []
        heard = threading.Event()

        def say(text: str) -> None:
            spoken.append(language())
            heard.set()

        monkeypatch.setattr(launch, "_answers", lambda port: True)
        monkeypatch.setattr(launch, "_serve", lambda port: heard.wait(60))
        use_language("en")
        try:
            launch.launch(None, port=free_port(), browser=False, say=say)
        finally:
            use_language("fr")
        assert set(spoken) == {"en"}

    def it_is_not_opened_on_a_server_that_was_stopped_meanwhile(self):
        stopped = threading.Event()
        stopped.set()
        said: list[str] = []
        launch._welcome("http://127.0.0.1:1", 1, True, said.append, stopped)
        assert said == []


class DescribeDemo:
    def it_builds_the_sample_and_stops_there_when_asked(self, cli, tmp_path):
        answer = cli("demo", "--build-only", "--dir", tmp_path / "essai")
        assert answer.status == 0
        path = Path(answer.text.strip())
        assert path == tmp_path / "essai" / sample.FILE
        with Project.open(path) as project:
            assert len(project.corpus.documents()) == 9

    def it_puts_it_in_the_home_folder_otherwise_and_says_so(self, cli, tmp_path, monkeypatch):
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        answer = cli("demo", "--build-only")
        assert Path(answer.text.strip()) == tmp_path / "qualikit-demo" / sample.FILE
        assert f"« {tmp_path / 'qualikit-demo'} »" in answer.err

    def it_opens_the_sample_in_the_application(self, evaluation, tmp_path):
        shutil.copy(evaluation, tmp_path / sample.FILE)
        port = free_port()
        with running("demo", "--dir", tmp_path, "--no-browser", "--port", port) as demo:
            assert str(port) in demo.line()
            assert "delta" in draw_a_page(port)
            assert demo.stop(signal.SIGTERM) == 0

    def it_refuses_a_folder_that_cannot_be_one(self, cli, tmp_path):
        (tmp_path / "fichier").write_text("x")
        answer = cli("demo", "--build-only", "--dir", tmp_path / "fichier")
        assert answer.status == 1
        assert answer.out == b""


class DescribeTheNetwork:
    def it_is_never_used_and_the_server_is_on_this_machine_only(self, evaluation, tmp_path):
        site = tmp_path / "site"
        site.mkdir()
        shutil.copy(Path(__file__).with_name("network_watch.py"), site / "sitecustomize.py")
        log = tmp_path / "network.log"
        port = free_port()
        env = {"PYTHONPATH": str(site), "NETWORK_WATCH": str(log), "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
        with running("demo", "--dir", evaluation.parent, "--no-browser", "--port", port, **env) as demo:
            demo.line()
            for path in ("/", "/_stcore/health", "/_stcore/host-config"):
                assert get(port, path)[0] == 200
            assert "delta" in draw_a_page(port)
            assert demo.stop() == 0
        seen = [line.split("\t") for line in log.read_text("utf-8").splitlines()]
        assert ("socket.bind", repr(("127.0.0.1", port))) in map(tuple, seen)
        for event, address in seen:
            target = ast.literal_eval(address)
            host = target[0] if isinstance(target, tuple) else target
            assert host in {"127.0.0.1", "localhost", b"127.0.0.1", None}, (event, address)
            assert event != "socket.bind" or host == "127.0.0.1"

    def it_answers_only_pages_that_are_its_own(self, evaluation):
        from websockets.exceptions import InvalidStatus

        port = free_port()
        with running("app", evaluation, "--no-browser", "--port", port) as app:
            app.line()
            assert draw_a_page(port, host="localhost")
            with pytest.raises(InvalidStatus):  # a name that somebody else made to point here
                draw_a_page(port, host="attaquant.example")

    def it_collects_no_usage_statistics(self, evaluation):
        """What Streamlit's page is told when it opens a session."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
        from websockets.sync.client import connect

        port = free_port()
        with running("app", evaluation, "--no-browser", "--port", port) as app:
            app.line()
            ask = BackMsg()
            ask.rerun_script.query_string = ""
            with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], proxy=None) as session:
                session.send(ask.SerializeToString())
                message = ForwardMsg()
                while message.WhichOneof("type") != "new_session":
                    message.ParseFromString(session.recv())
        assert message.new_session.config.gather_usage_stats is False
