"""The interview guide: its questions, where they are put in the texts, what is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TITLE, command, group, opened
from qualikit.cli.output import complain, emit_json, say, table
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

if TYPE_CHECKING:
    from qualikit.corpus.guide.model import Answer, GuidePlan, Question

guide = group()

QUESTION = Annotated[
    str,
    typer.Argument(metavar=_("QUESTION"), help=_("Le numéro de la question, ou son texte."), show_default=False),
]
TURN = Annotated[
    int,
    typer.Argument(metavar=_("TOUR"), help=_("Le numéro du tour de parole, comme dans « turns »."), show_default=False),
]
SECTION = Annotated[str | None, typer.Option("--section", metavar=_("RUBRIQUE"), help=_("Le titre qui est au-dessus."))]
NUMBER = Annotated[int | None, typer.Option("--number", metavar="N", min=1, help=_("Son numéro dans le guide."))]


@command(
    guide,
    "import",
    _(
        "Lit le guide dans un fichier (Word, texte, Excel, CSV…) : une liste de questions sous leurs titres, ou un "
        "tableau avec les colonnes « Question » et « Rubrique ». Il prend la place de celui du projet ; une question à "
        "peine reformulée garde ses marques."
    ),
    "qualikit guide import evaluation.qualikit guide.docx",
)
def import_guide(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("FICHIER"), help=_("Le fichier."), show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Dire ce qui changerait, sans rien écrire."))] = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.guide
        lines = service.read(file.expanduser())
        plan = service.plan(lines) if dry_run else service.replace(lines)
    if json:
        emit_json([_planned(change) for change in plan.changes])
        return
    for change in plan.changes:
        if change.line is not None:
            say(f"{change.line.section} · {change.line.text}" if change.line.section else change.line.text)
    say(_totals(plan))


def _planned(change: Any) -> dict[str, Any]:
    line = change.line or change.question
    return {"change": change.kind, "section": line.section, "text": line.text, "marks_lost": change.marks}


def _totals(plan: GuidePlan) -> str:
    parts = [
        ngettext("{n} question gardée", "{n} questions gardées", plan.count("kept")).format(n=plan.count("kept")),
        ngettext("{n} reformulée", "{n} reformulées", plan.count("changed")).format(n=plan.count("changed")),
        ngettext("{n} nouvelle", "{n} nouvelles", plan.count("added")).format(n=plan.count("added")),
        ngettext("{n} retirée", "{n} retirées", plan.count("removed")).format(n=plan.count("removed")),
    ]
    if plan.marks_lost:
        parts.append(
            ngettext("{n} marque part avec elles", "{n} marques partent avec elles", plan.marks_lost).format(
                n=plan.marks_lost
            )
        )
    return ", ".join(parts) + "."


@command(
    guide,
    "list",
    _("Liste les questions du guide, et dans combien de documents chacune est marquée."),
    "qualikit guide list evaluation.qualikit",
)
def list_questions(project: PROJECT, json: JSON = False) -> None:
    with opened(project) as found:
        coverage = found.corpus.guide.coverage()
    asked, total = coverage.questions, len(coverage.documents)
    if json:
        emit_json([{**_described(one), "documents": coverage.put(one.id), "of": total} for one in asked])
    elif not asked:
        say(_("Pas encore de guide. Pour en lire un : qualikit guide import"))
    else:
        header = [_("N°"), _("Rubrique"), _("Question"), _("Documents")]
        say(table(header, [[one.number, one.section, one.text, f"{coverage.put(one.id)}/{total}"] for one in asked]))


def _described(question: Question) -> dict[str, Any]:
    return {"id": question.id, "number": question.number, "section": question.section, "text": question.text}


@command(
    guide,
    "add",
    _("Ajoute une question au guide."),
    _('qualikit guide add evaluation.qualikit "Qu\'est-ce qui a changé ?" --section "Les effets"'),
)
def add(
    project: PROJECT,
    text: Annotated[str, typer.Argument(metavar=_("TEXTE"), help=_("La question."), show_default=False)],
    section: SECTION = None,
    number: NUMBER = None,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        made = found.corpus.guide.add(text, section or "", number=number)
    say(made.label)


@command(
    guide,
    "change",
    _("Change les mots d'une question, sa rubrique ou son numéro ; ses marques restent."),
    'qualikit guide change evaluation.qualikit 3 --text "Qu\'est-ce qui a changé ?" --number 1',
)
def change(
    project: PROJECT,
    question: QUESTION,
    text: Annotated[str | None, typer.Option("--text", metavar=_("TEXTE"), help=_("Ses nouveaux mots."))] = None,
    section: SECTION = None,
    number: NUMBER = None,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.guide
        made = service.question(question)
        if text is not None or section is not None:
            made = service.rename(made, text, section=section)
        if number is not None:
            service.move(made, number)
        made = service.question(made)
    say(made.label)


@command(
    guide,
    "remove",
    _("Retire une question du guide, avec ses marques dans les textes."),
    "qualikit guide remove evaluation.qualikit 3",
)
def remove(project: PROJECT, question: QUESTION, coder: CODER = None) -> None:
    with opened(project, coder) as found:
        marks = found.corpus.guide.remove(question)
    said = ngettext("Question retirée, avec {n} marque.", "Question retirée, avec {n} marques.", marks)
    say(said.format(n=marks) if marks else _("Question retirée."))


@command(
    guide,
    "find",
    _(
        "Cherche où chaque question est posée, d'après les mots du guide, dans ce que dit l'animation. Rien n'est "
        "marqué sans --accept, qui marque en une action les places dont le score, sur 100, atteint ce nombre."
    ),
    "qualikit guide find evaluation.qualikit --accept 60",
)
def find(
    project: PROJECT,
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar=_("TITRE"), help=_("Un document seulement, ou plusieurs."))
    ] = None,
    least: Annotated[
        float | None, typer.Option("--least", min=0, max=100, metavar="N", help=_("Score à partir duquel proposer."))
    ] = None,
    accept: Annotated[
        float | None, typer.Option("--accept", min=0, max=100, metavar="N", help=_("Score à partir duquel marquer."))
    ] = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    named = [normalise(title) for title in document] if document else None
    wanted = {} if least is None else {"least": least}
    with opened(project, coder) as found:
        service = found.corpus.guide
        proposals = service.find(named, progress=_progress, **wanted)
        chosen = [] if accept is None else [each for each in proposals if each.score >= accept]
        marked = service.accept(chosen)
        numbers = {question.id: question.number for question in service.questions()}
    if json:
        rows = [
            {
                "question": numbers.get(each.question_id),
                "document": each.title,
                "turn": each.turn,
                "speaker": each.speaker,
                "start": each.start,
                "stop": each.stop,
                "quote": each.quote,
                "score": each.score,
                "reason": each.reason,
                "accepted": accept is not None and each.score >= accept,
            }
            for each in proposals
        ]
        emit_json({"marked": marked, "proposals": rows})
        return
    if not proposals:
        say(_("Aucune question à proposer : sans doute sont-elles déjà marquées, ou dites avec d'autres mots."))
        return
    header = [_("Question"), _("Score"), _("Document"), _("Tour"), _("Paroles"), _("Pourquoi")]
    said = [
        [numbers[each.question_id], each.score, each.title, each.turn, " ".join(each.quote.split()), each.reason]
        for each in proposals
        if each.question_id in numbers
    ]
    say(table(header, said))
    if accept is not None:
        say(ngettext("{n} question marquée.", "{n} questions marquées.", marked).format(n=marked))


def _progress(done: int, total: int, title: str) -> bool:
    if title and total > 1:
        complain(f"{done + 1}/{total} {title}")
    return True


@command(
    guide,
    "mark",
    _("Marque qu'une question est posée dans un tour de parole d'un document."),
    _('qualikit guide mark evaluation.qualikit "Entretien CCAS" 4 2'),
)
def mark(project: PROJECT, title: TITLE, turn: TURN, question: QUESTION, coder: CODER = None) -> None:
    with opened(project, coder) as found:
        document = found.corpus.document(normalise(title))
        spoken = {each.index: each for each in found.corpus.turns(document)}
        if turn not in spoken:
            raise typer.BadParameter(_("il n'y a pas de tour de parole {n}.").format(n=turn))
        made = found.corpus.guide.mark(document, spoken[turn].speech, question)
        label = found.corpus.guide.question(made.question_id).label
    say(_("{question} — marquée dans « {title} ».").format(question=label, title=document.title))


@command(
    guide,
    "unmark",
    _("Enlève les marques d'une question dans un document, ou dans un seul de ses tours."),
    _('qualikit guide unmark evaluation.qualikit "Entretien CCAS" 2'),
)
def unmark(
    project: PROJECT,
    title: TITLE,
    question: QUESTION,
    turn: Annotated[
        int | None, typer.Option("--turn", metavar=_("TOUR"), help=_("Dans ce tour de parole seulement."))
    ] = None,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        document = found.corpus.document(normalise(title))
        marks = found.corpus.guide.marks(document, question)
        if turn is not None:
            turns = {each.index: each for each in found.corpus.turns(document)}
            marks = [each for each in marks if turn in turns and turns[turn].start <= each.start < turns[turn].stop]
        if not marks:
            say(_("Cette question n'y est pas marquée."))
            raise typer.Exit(1)
        n = found.corpus.guide.unmark(*marks)
    say(ngettext("{n} marque enlevée.", "{n} marques enlevées.", n).format(n=n))


@command(
    guide,
    "answers",
    _("Réunit ce qui est dit sous une question : de sa marque à la suivante, dans chaque document."),
    "qualikit guide answers evaluation.qualikit 3 --territory Laval --to reponses.xlsx",
)
def answers(
    project: PROJECT,
    question: QUESTION,
    document: Annotated[
        str | None, typer.Option("--document", metavar=_("TITRE"), help=_("Dans ce document seulement."))
    ] = None,
    territory: Annotated[
        str | None, typer.Option("--territory", metavar=_("NOM"), help=_("De ce territoire seulement."))
    ] = None,
    participant: Annotated[
        str | None, typer.Option("--participant", metavar=_("NOM"), help=_("De cette personne seulement."))
    ] = None,
    without_moderators: Annotated[
        bool, typer.Option("--without-moderators", help=_("Sans ce que dit l'animation."))
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", metavar=_("FICHIER"), help=_("Écrire un tableau .xlsx ou .csv."))
    ] = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        service = found.corpus.guide
        asked = service.question(question)
        given = service.answers(
            asked,
            document=normalise(document) if document else None,
            territory=normalise(territory) if territory else None,
            participant=normalise(participant) if participant else None,
            moderators=not without_moderators,
        )
    if to is not None:
        _write(to.expanduser(), asked, given)
        said = ngettext("{n} tour de parole écrit : {path}", "{n} tours de parole écrits : {path}", len(given))
        complain(said.format(n=len(given), path=to)) if json else say(said.format(n=len(given), path=to))
    if json:
        emit_json([_answer(each) for each in given])
    elif to is None:
        _tell(asked, given)


def _answer(each: Answer) -> dict[str, Any]:
    return {
        "document": each.title,
        "territory": each.territory,
        "speaker": each.speaker,
        "role": each.role.value if each.role else None,
        "turn": each.turn,
        "start": each.start,
        "stop": each.stop,
        "time": each.time,
        "asks": each.asks,
        "text": each.text,
    }


def _tell(asked: Question, given: list[Answer]) -> None:
    say(asked.label)
    title = None
    for each in given:
        if each.title != title:
            title = each.title
            say(f"\n{title}" + (f" · {each.territory}" if each.territory else ""))
        say(f"  {each.speaker or '—'} : {' '.join(each.text.split())}")
    if not given:
        say(_("Rien n'est marqué sous cette question. Pour la chercher : qualikit guide find"))


def _write(path: Path, asked: Question, given: list[Answer]) -> None:
    from qualikit.sheets import write_tables

    header = [_("Document"), _("Territoire"), _("Personne"), _("Tour"), _("Paroles")]
    rows = [[each.title, each.territory or "", each.speaker or "", each.turn, each.text] for each in given]
    write_tables(path, [(asked.label, header, rows)])
