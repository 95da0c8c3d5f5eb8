"""Every passage of an evaluation into a Word file that can be edited."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks import projects, taguette
from benchmarks.data import spans, transcript
from benchmarks.harness import Row, Run, benchmark, median

DOCUMENTS = 15


@benchmark("word-export", "1,500 passages to Word, in the theme matrix with its counts and references")
def word_export(run: Run) -> Iterable[Row]:
    count = run.size(1_500, 60)
    ours = run.ours("word-export", lambda: _ours(run, count))

    calibre = shutil.which("ebook-convert") is not None
    baseline = f"{taguette.NAME}, as many highlights " + (
        "to Word through Calibre" if calibre else "to HTML: what it does before Calibre, which is not installed"
    )
    theirs = run.attempt(taguette.NAME, lambda: _taguette(run, count, "docx" if calibre else "html"))
    yield Row("word-export", ours, "s", baseline, theirs)

    theirs = run.attempt("python-docx", lambda: median(lambda: _naive(run, count), min(3, run.repeat)))
    baseline = "python-docx, one table, a row a passage with add_row().cells: no counts"
    yield Row("word-export/python-docx", ours, "s", baseline, theirs)


def _ours(run: Run, count: int) -> float:
    import docx

    from qualikit import Project

    folder = run.subfolder("word")
    path = projects.many_documents(folder, DOCUMENTS, count, words=1_500)
    target = folder / "matrice.docx"
    with Project.open(path, coder=projects.CODER) as project:

        def export() -> None:
            project.themes.export(project.themes.matrix("code", "territory"), target, verbatims="all")

        export()  # loads python-docx: an application has it already
        took = median(export, run.repeat)
        quotes = [coding.quote for coding in project.coding.codings()]
    written = " ".join(" ".join(docx.Document(str(target)).element.itertext()).split())
    missing = sum(" ".join(quote.split()) not in written for quote in quotes)
    if missing or len(quotes) != count:
        raise RuntimeError(f"{missing} of {len(quotes)} passages are not in the Word file")
    return took


def _naive(run: Run, count: int) -> Path:
    import docx

    source = transcript(1_500 * DOCUMENTS)
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    for number, (start, stop) in enumerate(spans(source.text, count)):
        cells = table.add_row().cells
        for cell, text in zip(cells, ("code", "Aubagne", f"Entretien {number}", source.text[start:stop]), strict=True):
            cell.text = text
    target = run.folder / "naive.docx"
    document.save(str(target))
    return target


def _taguette(run: Run, count: int, extension: str) -> float:
    source = transcript(1_500 * DOCUMENTS)
    with taguette.serve(run, source, spans(source.text, count)) as server:
        client = server.client()
        return median(lambda: client.get(f"export/highlights/.{extension}", run.timeout), min(3, run.repeat))
