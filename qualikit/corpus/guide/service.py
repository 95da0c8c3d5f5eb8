"""The interview guide as a service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guide import answering, finding, marking, questions
from qualikit.corpus.guide.model import (
    Answer,
    Coverage,
    GuideLine,
    GuidePlan,
    Proposal,
    Question,
    QuestionMark,
)
from qualikit.corpus.model import Document
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.text import Span

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, str], object]
"""Called before each document and at the end: done, in all, title of the next; False stops there."""
Named = str | int | Question
"""A question by its id, its number from 1, or its text."""


class Guide:
    """The questions of the interview guide, where they are put in the texts, and what is answered.

    Questions are named by id, number or text, documents by id or title.
    """

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    # -- the questions

    def questions(self) -> list[Question]:
        """The questions, in the order of the guide."""
        with self._store.read() as connection:
            return questions.read_questions(connection)

    def question(self, name: Named) -> Question:
        """One question. Raises NotFound."""
        return questions.find_question(self.questions(), name)

    def add(self, text: str, section: str = "", *, number: int | None = None) -> Question:
        """Add a question, at the end or at that number. Raises GuideRefused."""
        with self._store.write(self._coder) as transaction:
            id = questions.add(transaction, text, section, number)
        return self.question(id)

    def rename(self, question: Named, text: str | None = None, *, section: str | None = None) -> Question:
        """Change the words of a question, or its heading; its marks stay. Raises NotFound, GuideRefused."""
        id = self.question(question).id
        with self._store.write(self._coder) as transaction:
            questions.rename(transaction, id, text, section)
        return self.question(id)

    def move(self, question: Named, number: int) -> None:
        """Give a question another number, from 1. Raises NotFound."""
        with self._store.write(self._coder) as transaction:
            questions.move(transaction, question, number)

    def remove(self, question: Named) -> int:
        """Take a question away with its marks, of which it says how many. Raises NotFound."""
        with self._store.write(self._coder) as transaction:
            return questions.remove(transaction, question)

    def read(self, source: str | Path | bytes, file_name: str | None = None) -> list[GuideLine]:
        """The questions that a file holds, nothing saved: see :func:`qualikit.corpus.guide.reading.read_guide`."""
        from qualikit.corpus.files import read_path
        from qualikit.corpus.guide.reading import read_guide

        if isinstance(source, bytes):
            return read_guide(source, file_name or "")
        path = Path(source)
        return read_guide(read_path(path), file_name or path.name)

    def plan(self, lines: Iterable[GuideLine]) -> GuidePlan:
        """What :meth:`replace` would change. Raises GuideRefused."""
        with self._store.read() as connection:
            return questions.plan_replace(connection, lines)

    def replace(self, lines: Iterable[GuideLine]) -> GuidePlan:
        """Put these questions in the place of the guide, in one event. Those that are there already, or hardly
        reworded, keep their marks. Raises GuideRefused."""
        with self._store.write(self._coder) as transaction:
            return questions.replace(transaction, lines)

    # -- where they are put

    def marks(self, document: str | Document | None = None, question: Named | None = None) -> list[QuestionMark]:
        """Where questions are put, in the order of titles and of texts; each argument narrows. Raises NotFound."""
        with self._store.read() as connection:
            return self._marks(connection, document, question)

    def lost(self) -> list[QuestionMark]:
        """Marks whose words went away when their text was corrected: they show nowhere else."""
        with self._store.read() as connection:
            return self._marks(connection, standing=False)

    def mark(self, document: str | Document, span: Span, question: Named, *, quote: str | None = None) -> QuestionMark:
        """Mark that a question is put at ``span`` of a document's text, in code points; in a turn where it is marked
        already, that mark. With ``quote``, only if the text says so there. Raises NotFound, GuideRefused."""
        with self._store.write(self._coder) as transaction:
            found = questions.find_question(questions.read_questions(transaction.connection), question)
            id = self._id(transaction.connection, document)
            made = marking.mark(transaction, id, span, found, quote=quote)
            return next(each for each in marking.read_marks(transaction.connection, document_id=id) if each.id == made)

    def unmark(self, *marks: str | QuestionMark) -> int:
        """Take marks away, in one event; how many there were. Raises GuideRefused where there was none."""
        ids = [each if isinstance(each, str) else each.id for each in marks]
        with self._store.write(self._coder) as transaction:
            return marking.unmark(transaction, ids)

    def stretches(self, document: str | Document) -> dict[str, list[Span]]:
        """Question → what is said under it in a document: from the turn in which it is put to the next such turn, in
        code points."""
        with self._store.read() as connection:
            return marking.read_stretches(connection, self._id(connection, document))

    # -- finding them by the guide's text

    def find(
        self,
        documents: str | Document | Sequence[str | Document] | None = None,
        *,
        least: float = finding.LEAST,
        progress: Progress | None = None,
    ) -> list[Proposal]:
        """Where questions that are not marked in a document seem to be put: proposals, to be reviewed and accepted.

        ``documents``: one, some, or all (None); ``least``: score, out of 100, from which one is proposed.
        Raises NotFound.
        """
        found: list[Proposal] = []
        wanted = self._documents(documents)
        for place, document in enumerate(wanted):
            if progress is not None and progress(place, len(wanted), document.title) is False:
                return found
            with self._store.read() as connection:
                found += finding.propose(connection, document, least=least)
        if progress is not None:
            progress(len(wanted), len(wanted), "")
        return found

    def accept(self, proposals: Iterable[Proposal]) -> int:
        """Mark the questions where they are proposed to be, in one event; how many marks that makes."""
        with self._store.write(self._coder) as transaction:
            return marking.accept(transaction, proposals)

    # -- what is answered

    def answers(
        self,
        question: Named,
        *,
        document: str | Document | None = None,
        territory: str | None = None,
        participant: str | None = None,
        moderators: bool = True,
    ) -> list[Answer]:
        """The turns said under a question, from its mark to the next one in that document: see
        :func:`qualikit.corpus.guide.answering.read_answers`. Raises NotFound."""
        with self._store.read() as connection:
            found = questions.find_question(questions.read_questions(connection), question)
            return answering.read_answers(
                connection,
                found,
                document_id=None if document is None else self._id(connection, document),
                territory=territory,
                participant=participant,
                moderators=moderators,
            )

    def answers_frame(self, question: Named, **narrowed: object) -> pd.DataFrame:
        """:meth:`answers` as a table: see :func:`qualikit.corpus.guide.answering.frame`."""
        return answering.frame(self.answers(question, **narrowed), self.question(question))  # type: ignore[arg-type]

    def coverage(self) -> Coverage:
        """Which question is put in which document."""
        with self._store.read() as connection:
            return answering.read_coverage(connection)

    # -- inside

    def _marks(
        self,
        connection: sa.Connection,
        document: str | Document | None = None,
        question: Named | None = None,
        *,
        standing: bool = True,
    ) -> list[QuestionMark]:
        document_id = None if document is None else self._id(connection, document)
        question_id = None
        if question is not None:
            question_id = questions.find_question(questions.read_questions(connection), question).id
        return marking.read_marks(connection, document_id=document_id, question_id=question_id, standing=standing)

    def _documents(self, named: str | Document | Sequence[str | Document] | None) -> list[Document]:
        with self._store.read() as connection:
            every = [queries.document_from(row) for row in connection.execute(queries.select_documents())]
            if named is None:
                return every
            several = [named] if isinstance(named, str | Document) else list(named)
            ids = [self._id(connection, each) for each in several]
        return [document for document in every if document.id in ids]

    @staticmethod
    def _id(connection: sa.Connection, document: str | Document) -> str:
        found = queries.find_document(connection, document if isinstance(document, str) else document.id)
        if found is None:
            name = document if isinstance(document, str) else document.title
            raise NotFound(_("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=name))
        return found
