"""Random work over broken lines, pages read again and servers killed: is the file in the end what was coded?

    python3 -m benchmarks.coder_storm                  # ten storms of 120 steps: about an hour
    python3 -m benchmarks.coder_storm --seed 7 --steps 40

Not a figure but a hunt, run by hand. Each storm prints its seed; the exit status is 1 when a file is not
what its model says. The browser tests run two short storms of the same kind.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.browser import new_page

E2E = Path(__file__).parents[1] / "tests" / "e2e"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.coder_storm", description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, help="one storm only, with this seed")
    parser.add_argument("--storms", type=int, default=10)
    parser.add_argument("--steps", type=int, default=120)
    options = parser.parse_args()
    sys.path.insert(0, str(E2E))
    seeds = [options.seed] if options.seed is not None else list(range(1, options.storms + 1))
    wrong = [seed for seed in seeds if not _storm(seed, options.steps)]
    print(f"{len(seeds) - len(wrong)} of {len(seeds)} files are as they were coded", *wrong)
    return 1 if wrong else 0


def _storm(seed: int, steps: int) -> bool:
    from coder_bed import CODER_APP, Desk, env, make_project, saved
    from conftest import App
    from line import NOTHING_WAITS, Line, Storm, pairs

    with tempfile.TemporaryDirectory(prefix="qualikit-storm-") as folder, new_page() as page:
        place = make_project(Path(folder))
        app = App(CODER_APP, env(place), Path(folder) / "log.txt").start()
        line = Line(app.port)
        try:
            storm = Storm(Desk(page).open(line.url), app, line, seed).run(steps)
            page.wait_for_function(NOTHING_WAITS, timeout=300_000)
        finally:
            line.close()
            app.kill()
        found = pairs(place)
        good = found == storm.model and len(found) == len(saved(place))
    print(f"seed {seed}: {len(storm.log)} deeds, {len(found)} codings: {'as coded' if good else 'WRONG'}", flush=True)
    if not good:
        print(f"  missing {sorted(storm.model - found)}, too many {sorted(found - storm.model)}; {storm.log}")
    return good


if __name__ == "__main__":
    sys.exit(main())
