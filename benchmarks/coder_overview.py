"""Drawing the whole document at a glance, beside its scroll bar."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import application, projects
from benchmarks.browser import new_page
from benchmarks.data import transcript
from benchmarks.harness import Row, Run, benchmark

# The drawing alone, as often as it takes to tell it from the clock's grain; every word « le » is a hit.
_DRAW = """
(times) => {
  const coder = document.querySelector('.qkc-coder').parentElement.qualikit;
  coder.find.bring('le');
  const median = (draw) => Array.from({length: times}, () => {
    const begun = performance.now();
    draw();
    return performance.now() - begun;
  }).sort((a, b) => a - b)[Math.floor(times / 2)];
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const length = coder.index.text.length;
  const {clientHeight} = coder.overview.canvas;
  return [median(() => coder.overview.now()), median(() => {
    [canvas.width, canvas.height] = [26, clientHeight];
    for (const coding of coder.codings.byId.values()) {
      context.fillStyle = coder.painter.tints.get(coding.code).stripe;
      const top = coding.s / length * clientHeight;
      context.fillRect(coding.lane % 3 * 4, top, 3, Math.max(2, (coding.e - coding.s) / length * clientHeight));
    }
  })];
}
"""


@benchmark(
    "coder-overview", "the overview bar of 100,000 words with 5,000 codings and the hits of a search, drawn anew"
)
def overview(run: Run) -> Iterable[Row]:
    source, count = transcript(run.size(100_000, 600)), run.size(5_000, 30)

    def drawn() -> tuple[float, float]:
        path, document = projects.one_document(run.subfolder("overview"), source, count)
        with application.serve(run, path) as address, new_page() as page:
            application.open_document(page, address, document, run.timeout)
            page.wait_for_function(
                "performance.getEntriesByName('qualikit:painted').length", timeout=run.timeout * 1000
            )
            ours, naive = page.evaluate(_DRAW, 20 * run.repeat + 1)
            return ours / 1000, naive / 1000

    figures = run.ours("coder-overview", drawn)
    ours, naive = figures or (None, None)
    yield Row("coder-overview", ours, "s", "one rectangle a coding, and nothing else", naive)
