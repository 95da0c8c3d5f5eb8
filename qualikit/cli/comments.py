"""Comments in the margin of the files: shown, and made codings or memos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TITLE, command, group, opened
from qualikit.cli.output import emit_json, say
from qualikit.errors import ImportRefused
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

if TYPE_CHECKING:
    from qualikit.coding.exchange.comments import CommentProposal, CommentReport, CommentUse, NamedCode
    from qualikit.corpus.model import Document
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.readers import Comment
    from qualikit.project import Project

comments = group()

COMMENTS = Annotated[
    str,
    typer.Option(
        "--comments",
        metavar="codings|memos|ignore",
        help=_("Ce que deviennent les commentaires de la marge : des codages, des mémos, ou rien."),
    ),
]
SAME_CODE = Annotated[
    list[str] | None,
    typer.Option(
        "--same-code",
        metavar=_("ÉCRIT=CODE"),
        help=_("Le code qu'il faut comprendre sous un nom écrit dans un commentaire."),
    ),
]


def meant_codes(given: list[str] | None) -> dict[str, str]:
    """Names as written → codes that are meant. Raises ImportRefused."""
    found = {}
    for each in given or ():
        written, sign, name = each.partition("=")
        if not (sign and written.strip() and name.strip()):
            raise ImportRefused(
                _("« {text} » ne dit pas quel code comprendre.").format(text=each),
                _('Écrivez par exemple : --same-code "Metéo=Météo"'),
            )
        found[written.strip()] = name.strip()
    return found


class Margin:
    """The comments of the files of one command, one file after the other."""

    def __init__(self, into: Project, use: str, same_code: list[str] | None) -> None:
        """Raises ImportRefused for a use that there is not."""
        from qualikit.coding.exchange.comments import checked_use

        self._into = into
        self._use = checked_use(use)
        self._same = meant_codes(same_code)
        self._found: tuple[Comment, ...] = ()
        self._proposed: tuple[CommentProposal, ...] = ()
        self._report: CommentReport | None = None

    def save(self, preview: Preview) -> Document:
        """Save a document with what its comments become."""
        self._found = preview.read.comments
        self._proposed = self._into.coding.comment_proposals(self._found, self._use, self._same)
        document, self._report = self._into.coding.save_document(preview, self._use, self._same)
        return document

    def about(self) -> dict[str, Any]:
        """What is said in JSON of those of the last file that was saved; nothing where it had none."""
        return about_comments(self._found, self._proposed, self._report) if self._found else {}

    def told(self, project: str, document: Document) -> Iterator[str]:
        """The lines about them, after those about their document."""
        if self._found and self._report is not None:
            yield from told_comments(project, document, self._found, self._use, self._proposed, self._report)


def about_comments(
    found: Sequence[Comment], proposed: Sequence[CommentProposal], report: CommentReport | None
) -> dict[str, Any]:
    """What is said of comments in JSON."""
    told: list[dict[str, Any]] = [_described(comment) for comment in found]
    for each, proposal in zip(told, proposed, strict=False):
        each["codes"] = [
            {"written": code.written, "name": code.name, "known": code.known, "near": code.near}
            for code in proposal.codes
        ]
        each["memo"] = proposal.memo
    outcome = {"codings": report.codings, "memos": report.memos, "added": list(report.added)} if report else {}
    return {"comments": told, **outcome}


def _described(comment: Comment) -> dict[str, Any]:
    return {
        "author": comment.author,
        "text": comment.text,
        "start": comment.span.start if comment.span else None,
        "stop": comment.span.stop if comment.span else None,
        "resolved": comment.resolved,
        "replies": [{"author": answer.author, "text": answer.text} for answer in comment.replies],
    }


def told_comments(
    project: str,
    document: Document,
    found: Sequence[Comment],
    use: CommentUse,
    proposed: Sequence[CommentProposal],
    report: CommentReport,
) -> Iterator[str]:
    """The lines about comments that follow those about a document."""
    number = ngettext("{n} commentaire dans la marge", "{n} commentaires dans la marge", len(found))
    if use == "ignore":
        yield "  " + _("{comments}, laissés de côté.").format(comments=number.format(n=len(found)))
        yield "  " + _('Pour les reprendre : qualikit comments {project} "{title}" --as codings (ou memos)').format(
            project=project, title=document.title
        )
        return
    yield "  " + _("{comments} : {outcome}.").format(comments=number.format(n=len(found)), outcome=_outcome(report))
    yield from _near(proposed)


def _outcome(report: CommentReport) -> str:
    parts = [
        ngettext("{n} codage", "{n} codages", report.codings).format(n=report.codings),
        ngettext("{n} mémo", "{n} mémos", report.memos).format(n=report.memos),
    ]
    if report.added:
        names = ", ".join(report.added)
        parts.append(ngettext("code créé : {names}", "codes créés : {names}", len(report.added)).format(names=names))
    return ", ".join(parts)


def _near(proposed: Sequence[CommentProposal]) -> Iterator[str]:
    seen = {code.written: code.near for proposal in proposed for code in proposal.codes if code.near}
    for written, near in seen.items():
        yield "  ! " + _('« {written} » ressemble au code « {near} » : voir --same-code "{written}={near}".').format(
            written=written, near=near
        )


@command(
    comments,
    "comments",
    _(
        "Montre les commentaires de la marge du fichier d'où vient un document ; avec --as, les reprend en codages ou "
        "en mémos."
    ),
    _('qualikit comments evaluation.qualikit "FG Laval"\nqualikit comments evaluation.qualikit "FG" --as codings'),
)
def show_comments(
    project: PROJECT,
    title: TITLE,
    use: Annotated[
        str | None,
        typer.Option("--as", metavar="codings|memos", help=_("Ce qu'ils deviennent ; sinon, ils sont montrés.")),
    ] = None,
    same_code: SAME_CODE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    same = meant_codes(same_code)
    with opened(project, coder) as found:
        document = found.corpus.document(normalise(title))
        there = found.coding.comments(document.id)
        proposed = found.coding.comment_proposals(there, use or "codings", same)
        report = found.coding.import_comments(document.id, use, same) if use else None
        text = found.corpus.text(document)
    if json:
        emit_json(about_comments(there, proposed, report))
        return
    if not there:
        say(_("Le fichier de « {title} » ne porte pas de commentaire.").format(title=document.title))
        return
    if report is not None:
        say(_("{outcome}.").format(outcome=_outcome(report)))
    else:
        say("\n\n".join(_shown(proposal, text) for proposal in proposed))
    near = "\n".join(_near(proposed))
    if near:
        say(near)


def _shown(proposal: CommentProposal, text: str) -> str:
    comment = proposal.comment
    passage = " ".join(comment.span.of(text).split()) if comment.span else _("sans passage")
    lines = [f"{comment.author or _('Sans auteur')} : {comment.text}", f"  « {_shortened(passage)} »"]
    if proposal.codes:
        lines.append("  → " + ", ".join(_code(code) for code in proposal.codes))
    return "\n".join(lines)


def _code(code: NamedCode) -> str:
    return code.name if code.known else _("{name} (nouveau code)").format(name=code.name)


def _shortened(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
