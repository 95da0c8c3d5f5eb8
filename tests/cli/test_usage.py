"""What the command line says of wrong words, of trouble, and of itself."""

from __future__ import annotations

import os
import subprocess
import sys
import typing

import pytest
import typer

from tests.conftest import ROOT


def names(of: typing.Any, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command as the words that call it."""
    below = getattr(of, "commands", None)
    if below is None:
        return [before]
    return [found for name, command in below.items() for found in names(command, (*before, name))]


def every_command() -> list[tuple[str, ...]]:
    from qualikit.cli.commands import commands

    return names(typer.main.get_command(commands))


class DescribeHelp:
    def it_knows_the_commands(self):
        assert [" ".join(words) for words in every_command()] == [
            "new",
            "check",
            "import",
            "documents",
            "text",
            "turns",
            "search",
            "correct",
            "versions",
            "comments",
            "attributes import",
            "attributes export",
            "attributes list",
            "attributes describe",
            "attributes rename",
            "attributes remove",
            "participants list",
            "participants alike",
            "participants merge",
            "participants split",
            "participants rename",
            "participants role",
            "participants set",
            "composition",
            "guide import",
            "guide list",
            "guide add",
            "guide change",
            "guide remove",
            "guide find",
            "guide mark",
            "guide unmark",
            "guide answers",
            "pseudonyms find",
            "pseudonyms list",
            "pseudonyms decide",
            "pseudonyms rename",
            "pseudonyms apply",
            "pseudonyms check",
            "key status",
            "key passphrase",
            "key remove",
            "key copy",
            "person remove",
            "erase",
            "codebook import",
            "codebook export",
            "codebook log",
            "codebook freeze",
            "codebook versions",
            "codebook compare",
            "codebook revert",
            "codebook manual",
            "codebook usage",
            "codebook saturation",
            "codebook merge",
            "codebook split",
            "codebook move",
            "codebook rename",
            "codebook color",
            "codebook retire",
            "codebook restore",
            "codings import",
            "codings export",
            "codings aside",
            "passages",
            "query save",
            "query list",
            "query show",
            "query remove",
            "suggest",
            "suggestions",
            "similar",
            "evaluate",
            "encoder",
            "endpoint",
            "matrix",
            "cooccurrence",
            "consensus",
            "position",
            "consensus-cell",
            "compare",
            "synthesis",
            "verbatims",
            "annex",
            "cells list",
            "cells show",
            "cells write",
            "cells draft",
            "cells validate",
            "cells history",
            "app",
            "demo",
            "doctor",
        ]

    @pytest.mark.parametrize("words", every_command(), ids=" ".join)
    def it_shows_an_example_of_each_command(self, cli, words):
        answer = cli(*words, "--help")
        assert answer.status == 0
        assert f"  qualikit {' '.join(words)}" in answer.said.partition("Exemple")[2]
        assert answer.said.startswith("Usage : qualikit " + " ".join(words))
        for english in ("Usage:", "Options:", "Arguments:", "Show this message", "required", "default", "COMMAND"):
            assert english not in answer.text

    @pytest.mark.parametrize("words", every_command(), ids=" ".join)
    def it_has_a_line_in_the_documentation_for_each_command(self, words):
        page = (ROOT / "docs" / "cli.md").read_text("utf-8")
        assert f"`qualikit {' '.join(words)}" in page

    def it_is_shown_when_no_command_is_given(self, cli):
        answer = cli()
        assert answer.status == 2
        assert "Commandes" in answer.err
        assert answer.out == b""

    def it_says_its_version(self, cli):
        import qualikit

        assert cli("--version").text == f"qualikit {qualikit.__version__}\n"


class DescribeWrongUsage:
    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            (["importe"], "la commande « importe » n'existe pas"),
            (["documents"], "il manque PROJET"),
            (["documents", "p", "--csv"], "l'option --csv n'existe pas"),
            (["documents", "p", "q"], "de trop : q"),
            (["matrix", "p", "--to"], "l'option --to attend une valeur"),
            (["app", "--port", "douze"], "valeur incorrecte pour --port : un nombre entier est attendu."),
            (["app", "--port", "70000"], "valeur incorrecte pour --port : le plus grand possible est 65535."),
            (["app", "--port", "0"], "valeur incorrecte pour --port : le plus petit possible est 1."),
            (["--language", "de", "documents", "p"], "il n'y a pas de langue « de »"),
        ],
    )
    def it_is_explained_in_french_with_status_2(self, cli, words, complaint):
        answer = cli(*words)
        assert answer.status == 2
        assert answer.out == b""
        assert complaint in answer.err

    def it_points_to_the_help_of_the_command(self, cli):
        assert "Aide : qualikit codings import --help" in cli("codings", "import").err


class DescribeTrouble:
    def it_says_what_the_system_refused_in_french(self, cli, filled, tmp_path):
        answer = cli("matrix", filled, "--to", tmp_path / "absent" / "matrice.csv")
        assert answer.status == 1
        assert answer.err.strip()

    def it_never_shows_a_traceback_even_for_a_bug(self, cli, filled, monkeypatch):
        from qualikit.corpus import Corpus

        def fail(self):
            raise ZeroDivisionError("division by zero")

        monkeypatch.setattr(Corpus, "documents", fail)
        answer = cli("documents", filled)
        assert answer.status == 1
        assert "Erreur imprévue (ZeroDivisionError : division by zero)" in answer.err

    def it_shows_the_origin_of_a_bug_to_who_asks(self, filled, monkeypatch):
        from qualikit.cli import main
        from qualikit.corpus import Corpus

        def fail(self):
            raise ZeroDivisionError

        monkeypatch.setattr(Corpus, "documents", fail)
        monkeypatch.setenv("QUALIKIT_DEBUG", "1")
        with pytest.raises(ZeroDivisionError):
            main(["documents", str(filled)])

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (FileNotFoundError(2, "No such file", "x.csv"), "Il n'y a rien à cet endroit"),
            (PermissionError(13, "Permission denied", "x.csv"), "pas le droit"),
            (IsADirectoryError(21, "Is a directory", "x.csv"), "l'inverse"),
            (OSError(28, "No space left on device"), "Le disque est plein"),
            (OSError(5, "Input/output error"), "L'ordinateur a refusé"),
            (KeyboardInterrupt(), ""),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
    )
    def it_puts_the_system_s_complaints_into_words(self, cli, filled, monkeypatch, error, words):
        from qualikit.corpus import Corpus

        def fail(self):
            raise error

        monkeypatch.setattr(Corpus, "documents", fail)
        answer = cli("documents", filled)
        assert answer.status == (130 if isinstance(error, KeyboardInterrupt) else 1)
        assert words in answer.err


class DescribeLanguage:
    def it_is_english_where_asked_for(self, tmp_path):
        for words, env in ((["--language", "en"], {}), ([], {"QUALIKIT_LANGUAGE": "en"})):
            done = qualikit(*words, "documents", env=env)
            assert done.returncode == 2
            assert b"Missing argument" in done.stderr

    def it_may_stand_after_the_command(self):
        assert b"Missing argument" in qualikit("documents", "--language=en").stderr

    def it_shows_no_sign_of_the_program_in_either_language(self):
        for words, usage in (([], "Usage\u00a0: "), (["--language", "en"], "Usage: ")):
            page = qualikit(*words, "import", "--help").stdout.decode()
            assert usage in page
            assert not {"{", "}", "<", ">"} & set(page)


class DescribeTheProcess:
    def it_runs_as_a_module_with_its_exit_status(self, tmp_path):
        made = qualikit("new", tmp_path / "p")
        assert (made.returncode, made.stderr) == (0, b"")
        assert qualikit("new", tmp_path / "p").returncode == 1
        assert qualikit("nouveau").returncode == 2

    def it_writes_utf8_wherever_the_output_goes(self, tmp_path, interview):
        env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
        assert qualikit("new", tmp_path / "p", env=env).returncode == 0
        done = qualikit("import", tmp_path / "p", interview, "--territory", "Crépy‑en‑Valois", env=env)
        assert done.returncode == 0
        assert "Crépy‑en‑Valois" in done.stdout.decode("utf-8")
        text = qualikit("text", tmp_path / "p", "Entretien médiatrice", env=env).stdout.decode("utf-8")
        assert "🚲" in text

    @pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
    def it_stops_quietly_when_its_reader_goes_away(self, tmp_path):
        long = tmp_path / "long.txt"
        long.write_text("Une phrase assez longue pour remplir un tuyau.\n" * 20_000, "utf-8")
        assert qualikit("new", tmp_path / "p").returncode == 0
        assert qualikit("import", tmp_path / "p", long).returncode == 0
        with subprocess.Popen(
            [sys.executable, "-m", "qualikit", "text", str(tmp_path / "p"), "long"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0

    def it_loads_nothing_heavy_to_show_its_help(self):
        code = (
            "import sys; from qualikit.cli import main; main(['--help']);"
            "heavy = {'pandas', 'numpy', 'streamlit', 'sqlalchemy', 'lxml', 'docx', 'openpyxl', 'rich'};"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


def qualikit(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qualikit", *map(str, words)],
        cwd=ROOT, capture_output=True, check=False, env={**os.environ, **(env or {})}, timeout=120,
    )  # fmt: skip
