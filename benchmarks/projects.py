"""Projects of ours to measure on, made through the public interface."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.data import TERRITORIES, Transcript, spans, transcript

if TYPE_CHECKING:
    from qualikit import Project

CODER = "Mesure"
TITLE = "Entretien mesuré"
BESIDE = "Entretien voisin"


def operations(
    text: str, passages: Sequence[tuple[int, int]], codes: Sequence[str], first: int = 0
) -> list[dict[str, object]]:
    """The passages, coded in turn with each of the codes (ids), as the browser sends them."""
    return [
        {
            "uuid": str(uuid.uuid4()),
            "op": "add",
            "start": start,
            "end": stop,
            "code": codes[number % len(codes)],
            "quote": text[start:stop],
        }
        for number, (start, stop) in enumerate(passages)
    ]


def code(project: Project, document: str, passages: Sequence[tuple[int, int]], codes: Sequence[str]) -> None:
    """Code the passages of one document (id) in one transaction. Raises when one of them is refused."""
    result = project.coding.apply(document, operations(project.corpus.text(document), passages, codes))
    if result.refused or len(result.acked) != len(passages):
        raise RuntimeError(f"refused: {result.refused[:1]}")


def one_document(
    folder: Path, source: Transcript, codings: int, codes: int = 2, *, beside: bool = False
) -> tuple[Path, str]:
    """A project whose document TITLE has that text and so many codings: its file and the document's id.

    ``beside``: with a short document more, BESIDE.
    """
    from qualikit import Project

    with Project.create(folder / "mesure.qualikit", coder=CODER) as project:
        ids = [project.coding.add_code(f"code {number}").id for number in range(codes)]
        if beside:
            _import(project, transcript(40, seed=2), folder / "beside.txt", BESIDE)
        document = _import(project, source, folder / "document.txt", TITLE)
        if codings:
            code(project, document, spans(source.text, codings), ids)
        assert project.path is not None
        return project.path, document


def _import(project: Project, source: Transcript, file: Path, title: str) -> str:
    report = project.corpus.import_files([source.write_text(file)], title=title)
    if report.refused:
        raise report.refused[0].error
    (document,) = report.saved
    if project.corpus.text(document).strip() != source.text:
        raise RuntimeError("the text came in changed: nothing could be compared")
    return document.id


def document_id(path: Path, title: str) -> str:
    """The id of a document of a project."""
    from qualikit import Project

    with Project.open(path, coder=CODER) as project:
        return project.corpus.document(title).id


def quotes(path: Path) -> list[str]:
    """The words of every coding of a project."""
    from qualikit import Project

    with Project.open(path, coder=CODER) as project:
        return [coding.quote for coding in project.coding.codings()]


def stir(path: Path) -> None:
    """Change something small in a project: what a server kept of it no longer counts."""
    from qualikit import Project

    with Project.open(path, coder=CODER) as project:
        project.corpus.update_document(BESIDE, attributes={"stirred": str(uuid.uuid4())})


def many_documents(folder: Path, documents: int, codings: int, codes: int = 30, words: int = 400) -> Path:
    """A project of small documents from four territories, with ``codings`` spread over them and over the codes."""
    from qualikit import Project

    with Project.create(folder / "mesure.qualikit", coder=CODER) as project:
        names = [project.coding.add_code(f"code {number:02}").name for number in range(codes)]
        each = codings // documents
        rows: list[tuple[str, str, int, int]] = []
        for number in range(documents):
            source = transcript(words, seed=number)
            document = project.corpus.save(
                project.corpus.preview(
                    (source.text + "\n").encode(),
                    f"{number:04}.txt",
                    title=f"Entretien {number:04}",
                    source_kind="interview",
                    territory=TERRITORIES[number % len(TERRITORIES)],
                )
            )
            chosen = spans(project.corpus.text(document), each, seed=number)
            rows += [
                (document.title, names[(number * 7 + place) % codes], start, stop)
                for place, (start, stop) in enumerate(chosen)
            ]
        # In one import: the codings of a year of work, operation by operation, take minutes.
        table = folder / "codages.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("document", "code", "start", "stop"), *rows])
        report = project.coding.import_codings(table)
        if report.refused:
            raise RuntimeError(f"refused: {report.refused[:1]}")
        assert project.path is not None
        return project.path


def large_corpus(folder: Path, documents: int, words: int) -> Path:
    """A project of so many documents of so many words each, drawn from one vocabulary, from four territories."""
    from benchmarks.data import Vocabulary
    from qualikit import Project

    vocabulary = Vocabulary()
    with Project.create(folder / "mesure.qualikit", coder=CODER) as project:
        for number in range(documents):
            source = vocabulary.transcript(words, seed=number)
            project.corpus.save(
                project.corpus.preview(
                    (source.text + "\n").encode(),
                    f"{number:04}.txt",
                    title=f"Entretien {number:04}",
                    source_kind="interview",
                    territory=TERRITORIES[number % len(TERRITORIES)],
                )
            )
        assert project.path is not None
        return project.path
