"""What the corpus is made of: words of each person in each document, beside counting turn by turn."""

from __future__ import annotations

from benchmarks.data import transcript
from benchmarks.harness import Row, Run, benchmark, median, middle, seconds
from qualikit import Project
from qualikit.text import count_words


@benchmark("composition", "who speaks how much, over all documents, counted from the spans of their speech")
def composition(run: Run) -> list[Row]:
    documents, words = run.size(200, 4), run.size(10_000, 300)
    folder = run.subfolder("composition")
    with Project.create(folder / "mesure.qualikit", coder="Mesure") as project:
        files = [transcript(words, seed).write_text(folder / f"Entretien {seed}.txt") for seed in range(documents)]
        project.corpus.import_files(files)
        expected = by_turn(project)

        def ours() -> float:
            from qualikit.corpus import speaking

            speaking._counted.clear()  # as in a process that has counted nothing yet
            made = None

            def count() -> None:
                nonlocal made
                made = project.corpus.composition()

            took = seconds(count)
            assert made is not None
            if {voice.id: voice.words for voice in made.voices} != expected:
                raise RuntimeError("the two ways do not count the same")
            return took

        value = run.ours("composition", lambda: middle(ours, run.repeat))
        again = run.ours("composition again", lambda: median(project.corpus.composition, run.repeat))
        naive = run.attempt("turn by turn", lambda: seconds(lambda: by_turn(project)))
    total = f"{documents} documents of {words} words, turn by turn with a regular expression, from the Python API"
    return [
        Row("composition", value, "s", total, naive),
        Row("composition/again", again, "s", total, naive),
    ]


def by_turn(project: Project) -> dict[str, int]:
    said: dict[str, int] = {}
    for summary in project.corpus.documents():
        text = project.corpus.text(summary.document)
        for turn in project.corpus.turns(summary.document):
            if turn.participant_id is not None:
                said[turn.participant_id] = said.get(turn.participant_id, 0) + count_words(turn.speech.of(text))
    return said
