"""What is handed in, of 5,000 passages: the book of verbatims and a synthesis in Word, the annex in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import projects
from benchmarks.data import spans, transcript
from benchmarks.harness import Row, Run, benchmark, median

DOCUMENTS = 40
WORD = "python-docx, a heading a theme, two paragraphs a passage: no numbers, no index, nothing looked for"
EXCEL = "openpyxl, a row a passage, nothing else"


@benchmark("hand-in", "5,000 passages: book of verbatims, synthesis of a territory, annex; names looked for")
def hand_in(run: Run) -> Iterable[Row]:
    count = run.size(5_000, 80)
    path = run.ours("hand-in", lambda: projects.many_documents(run.subfolder("hand-in"), DOCUMENTS, count, words=1_500))
    naive = {
        WORD: run.attempt(WORD, lambda: median(lambda: _word(run, count), min(3, run.repeat))),
        EXCEL: run.attempt(EXCEL, lambda: median(lambda: _excel(run, count), min(3, run.repeat))),
    }
    for name, baseline in (("verbatims", WORD), ("synthesis", WORD), ("annex", EXCEL)):
        ours = run.ours(f"hand-in/{name}", lambda name=name: _ours(run, path, name, count)) if path else None
        yield Row(f"hand-in/{name}", ours, "s", baseline, naive[baseline])


def _ours(run: Run, path: Path, name: str, count: int) -> float:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        territory = project.themes.matrix().columns[0].label
        options = {"territory": territory} if name == "synthesis" else {}
        options |= {} if name == "annex" else {"verbatims": "all"}
        target = run.folder / f"{name}{'.xlsx' if name == 'annex' else '.docx'}"

        def export() -> None:
            project.themes.export_document(name, target, **options)

        export()  # loads the libraries and gives the passages their numbers: an application has done both
        took = median(export, run.repeat)
        quotes = {coding.quote for coding in project.coding.codings()}
    if name != "synthesis":
        _complete(target, quotes)
    return took


def _complete(target: Path, quotes: Iterable[str]) -> None:
    """Raises where a passage is not in the file: a fast export that forgets some would be worth nothing."""
    from qualikit.themes.documents.leaving import texts_of

    written = " ".join(" ".join(texts_of(target.read_bytes(), target.suffix)).split())
    missing = sum(" ".join(quote.split()) not in written for quote in quotes)
    if missing:
        raise RuntimeError(f"{missing} passages are not in {target.name}")


def _passages(count: int) -> list[str]:
    source = transcript(1_500 * DOCUMENTS)
    return [source.text[start:stop] for start, stop in spans(source.text, count)]


def _word(run: Run, count: int) -> Path:
    import docx

    document = docx.Document()
    for number, passage in enumerate(_passages(count)):
        if number % 100 == 0:
            document.add_heading(f"Thème {number // 100}")
        document.add_paragraph(passage, style="Quote")
        document.add_paragraph(f"[{number}] Entretien {number}")
    target = run.folder / "naive-verbatims.docx"
    document.save(str(target))
    return target


def _excel(run: Run, count: int) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Callable[..., object] = book.active.append
    for number, passage in enumerate(_passages(count)):
        sheet([number, "code", f"Entretien {number}", "Aubagne", "Mme Roux", passage])
    target = run.folder / "naive-annexe.xlsx"
    book.save(target)
    return target
