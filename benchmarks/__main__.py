"""``python3 -m benchmarks [NAME …] [--json FILE] [--quick]``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.harness import BENCHMARKS, Row, Run, run_all

MODULES = (
    "coder_open",
    "coder_key",
    "coder_scroll",
    "coder_memory",
    "coder_gestures",
    "coder_overview",
    "matrix",
    "consensus",
    "cooccurrence",
    "reading",
    "compare",
    "saturation",
    "word_export",
    "handing_in",
    "import_docx",
    "import_corpus",
    "store_codings",
    "correction",
    "search",
    "composition",
    "pseudonyms",
    "suggest",
    "drafts",
    "assist",
    "index",
    "index_page",
    "markers",
)

for module in MODULES:
    import_module(f"benchmarks.{module}")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every figure of ours was measured, 1 when one was not, 2 for usage."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description="Measure qualikit beside its peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; everything when none is given")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and leave")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as JSON")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: proves that it runs, measures nothing")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions of which the median is taken (5)")
    parser.add_argument("--timeout", type=float, default=120, help="seconds given to a peer for one action (120)")
    parser.add_argument("--without-taguette", action="store_true", help="leave the peer out: its figures are null")
    options = parser.parse_args(arguments)
    if options.list:
        for each in BENCHMARKS.values():
            print(f"{each.name:18}{each.about}")
        return 0
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(BENCHMARKS)}")

    with tempfile.TemporaryDirectory(prefix="qualikit-benchmarks-") as folder:
        run = Run(
            folder=Path(folder),
            quick=options.quick,
            repeat=1 if options.quick else max(1, options.repeat),
            timeout=options.timeout,
            peers=not options.without_taguette,
        )
        rows: list[Row] = []
        try:
            for row in run_all(options.names or list(BENCHMARKS), run):
                rows.append(row)  # one by one: what was measured before an interruption is kept
        except KeyboardInterrupt:
            run.failures += 1
            run.say("interrupted: what was measured so far")
    print(table(rows))
    if options.json:
        text = json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 1 if run.failures else 0


def table(rows: Sequence[Row]) -> str:
    """The rows for reading."""
    width = max((len(row.name) for row in rows), default=0)
    lines = [f"{'':{width}}  {'qualikit':>12}  {'baseline':>12}  {'ratio':>8}"]
    for row in rows:
        ratio = "—" if row.ratio is None else f"× {row.ratio:.1f}"
        ours, theirs = (_figure(value, row.unit) for value in (row.value, row.baseline_value))
        lines.append(f"{row.name:{width}}  {ours:>12}  {theirs:>12}  {ratio:>8}  {row.baseline}")
    return "\n".join(lines)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "—"
    if unit == "s" and value < 1:
        return f"{value * 1000:.1f} ms"
    return f"{value:,.2f} {unit}" if value < 100 else f"{value:,.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
