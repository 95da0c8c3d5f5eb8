"""Bringing in one long Word file: read, cut into turns, saved, with the bytes it came from."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks import taguette
from benchmarks.data import Transcript, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark, median, middle, seconds


@benchmark("import-docx-100k", "a Word file of 100,000 words: read, cut into turns, saved")
def import_docx(run: Run) -> Iterable[Row]:
    source = transcript(run.size(100_000, 500))
    file = source.write_docx(run.subfolder("docx") / "Entretien.docx")
    ours = run.ours("import-docx-100k", lambda: middle(lambda: _ours(run, file, source), run.repeat))

    calibre = shutil.which("ebook-convert") is not None
    baseline = f"{taguette.NAME}, " + (
        "the same file, through Calibre" if calibre else "the same text as HTML: without Calibre it reads no Word file"
    )
    theirs = run.attempt(taguette.NAME, lambda: _taguette(run, file, source, calibre))
    yield Row("import-docx-100k", ours, "s", baseline, theirs)

    theirs = run.attempt("mammoth", lambda: median(lambda: _mammoth(file), run.repeat))
    yield Row("import-docx-100k/mammoth", ours, "s", "mammoth alone, to HTML: no turns, nothing saved", theirs)

    theirs = run.attempt("python-docx", lambda: median(lambda: _python_docx(file), run.repeat))
    baseline = "python-docx alone, body paragraphs: no tables, notes or insertions, no turns, nothing saved"
    yield Row("import-docx-100k/python-docx", ours, "s", baseline, theirs)


def _ours(run: Run, file: Path, source: Transcript) -> float:
    from qualikit import Project

    with Project.create(run.subfolder("import") / "mesure.qualikit", coder="Mesure") as project:
        took = seconds(lambda: project.corpus.import_files([file]))
        (summary,) = project.corpus.documents()
        if project.corpus.text(summary.document).split() != source.text.split() or summary.turns < len(source.turns):
            raise RuntimeError("the text or its turns did not come in whole")
    return took


def _mammoth(file: Path) -> str:
    import mammoth

    return str(mammoth.convert_to_html(io.BytesIO(file.read_bytes())).value)


def _python_docx(file: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def _taguette(run: Run, file: Path, source: Transcript, calibre: bool) -> float:
    """Seconds for its server to take a file: its own form, sent by hand."""
    name, content = file.name, file.read_bytes()
    if not calibre:
        name, content = "Entretien.html", f"<html><body>{source.html}</body></html>".encode()
    with taguette.serve(run, transcript(20), []) as server:
        client = server.client()
        boundary = "bOuNdArY"
        fields = {"name": "Entretien", "description": "", "text_direction": "LEFT_TO_RIGHT"}
        body = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ).encode()
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body += content + f"\r\n--{boundary}--\r\n".encode()

        def send() -> None:
            client.post("document/new", body, f"multipart/form-data; boundary={boundary}", run.timeout)

        took = median(send, min(3, run.repeat))
        if server.documents() < 2:
            raise Unavailable("the document did not arrive")
    return took
