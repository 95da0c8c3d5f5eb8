"""The text of a document corrected, its versions listed, the codings that a correction set aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.codings import codings
from qualikit.cli.common import CODER, JSON, PROJECT, TITLE, command, group, opened
from qualikit.cli.output import emit_json, say, table
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

if TYPE_CHECKING:
    from qualikit.corpus.correction import Correction, Passage

correcting = group()


@command(
    correcting,
    "correct",
    _(
        "Corrige le texte d'un document. Les codages suivent leurs mots ; ceux dont les mots ont disparu sont mis de "
        "côté, à revoir. --replace met des mots à la place d'autres (la première fois, ou partout avec --all) ; --from "
        "prend le texte entier d'un fichier : celui que « qualikit text » affiche, corrigé, ou un fichier Word ; "
        "--speaker donne un tour de parole à quelqu'un d'autre."
    ),
    _('qualikit correct evaluation.qualikit "Entretien CCAS" --replace "triporter" "triporteur" --all'),
)
def correct(
    project: PROJECT,
    title: TITLE,
    replace: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar=_("FAUTE JUSTE"), help=_("Les mots à corriger, puis les mots justes."), show_default=False
        ),
    ] = None,
    everywhere: Annotated[bool, typer.Option("--all", help=_("Partout dans le texte."))] = False,
    source: Annotated[
        Path | None, typer.Option("--from", metavar=_("FICHIER"), help=_("Le texte corrigé."), show_default=False)
    ] = None,
    speaker: Annotated[
        tuple[int, str] | None,
        typer.Option(
            metavar=_("N° NOM"),
            help=_("Qui dit le tour de parole de ce numéro (celui de « qualikit turns »)."),
            show_default=False,
        ),
    ] = None,
    note: Annotated[str, typer.Option(metavar=_("MOTS"), help=_("Pourquoi, en quelques mots."))] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Montrer ce qui changerait, sans rien enregistrer."))
    ] = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    if (replace is None) + (source is None) + (speaker is None) != 2:
        raise typer.BadParameter(_("il faut --replace FAUTE JUSTE, --from FICHIER ou --speaker N° NOM."))
    with opened(project, coder) as found:
        document = found.corpus.document(normalise(title))
        if speaker is not None:
            what: dict[str, Any] = {"speakers": dict([speaker])}
        else:
            what = _what(found.corpus.text(document), replace, everywhere, source, document.title)
        what["base_version"] = document.text_version_id
        made = (
            found.corpus.preview_correction(document, **what)
            if dry_run
            else found.corpus.correct(document, note=note, **what)
        )
    if json:
        emit_json(_described(made))
    else:
        _tell(made, dry_run)


def _what(
    text: str, replace: tuple[str, str] | None, everywhere: bool, source: Path | None, title: str
) -> dict[str, Any]:
    from qualikit.corpus.files import read_path
    from qualikit.corpus.readers import reader_for
    from qualikit.errors import CorrectionRefused
    from qualikit.rebasing import replacements

    if source is not None:
        path = source.expanduser()
        data = read_path(path)
        return {"new_text": reader_for(path.name).read(data, path.name).text}
    assert replace is not None
    edits = replacements(text, *replace)
    if not edits:
        raise CorrectionRefused(
            _("« {words} » n'est pas dans « {title} ».").format(words=replace[0], title=title),
            _("Les majuscules et les accents comptent."),
        )
    return {"edits": edits if everywhere else edits[:1]}


def _tell(made: Correction, dry_run: bool) -> None:
    from qualikit.corpus.correction import Fate

    if not made.changed:
        say(_("Rien ne change."))
        return
    for passage in made.passages:
        say(_line(passage))
    if made.speakers_changed:
        n = made.speakers_changed
        say(ngettext("{n} tour de parole change de voix.", "{n} tours de parole changent de voix.", n).format(n=n))
    follow = made.count(Fate.KEPT) + made.count(Fate.CHANGED)
    aside = made.count(Fate.ASIDE)
    say(ngettext("{n} codage suit ses mots.", "{n} codages suivent leurs mots.", follow).format(n=follow))
    if aside:
        say(
            ngettext(
                "{n} codage est mis de côté, à revoir :", "{n} codages sont mis de côté, à revoir :", aside
            ).format(n=aside)
        )
        for each in made.with_fate(Fate.ASIDE):
            say(f"  {each.names[0]}, {each.names[1]} : « {' '.join(each.quote.split())} »")
    if dry_run:
        say(_("Rien n'a été enregistré."))
    else:
        say(_("Version {n} enregistrée.").format(n=made.number))


def _line(passage: Passage) -> str:
    """« Karim : le [-triporter-] {+triporteur+} passe », as `wdiff` writes it."""
    signs = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    words = "".join(signs[piece.kind].format(piece.text) for piece in passage.pieces)
    return f"{passage.speaker or '—'} ({passage.turn}) | {' '.join(words.split())}"


def _described(made: Correction) -> dict[str, Any]:
    from qualikit.corpus.correction import Fate

    return {
        "document": made.title,
        "version": made.number,
        "changed": made.changed,
        "passages": [
            {
                "turn": passage.turn,
                "speaker": passage.speaker,
                "pieces": [{"kind": piece.kind, "text": piece.text} for piece in passage.pieces],
            }
            for passage in made.passages
        ],
        "codings": {fate.value: made.count(fate) for fate in Fate},
        "aside": [
            {"id": each.id, "code": each.names[0], "coder": each.names[1], "quote": each.quote}
            for each in made.with_fate(Fate.ASIDE)
        ],
    }


@command(
    correcting,
    "versions",
    _("Liste les textes successifs d'un document : qui, quand, pourquoi."),
    _('qualikit versions evaluation.qualikit "Entretien CCAS" --compare 1 2'),
)
def versions(
    project: PROJECT,
    title: TITLE,
    compare: Annotated[
        tuple[int, int] | None,
        typer.Option(metavar=_("AVANT APRÈS"), help=_("Ce qui change de l'un à l'autre."), show_default=False),
    ] = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.correction import reason_label

    with opened(project) as found:
        document = found.corpus.document(normalise(title))
        made = found.corpus.versions(document)
        passages = found.corpus.compare(document, *compare) if compare else []
    if compare:
        if json:
            emit_json(
                [
                    {
                        "turn": passage.turn,
                        "speaker": passage.speaker,
                        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in passage.pieces],
                    }
                    for passage in passages
                ]
            )
        else:
            say("\n".join(map(_line, passages)) or _("Rien ne change."))
        return
    if json:
        emit_json(
            [
                {
                    "number": each.number,
                    "reason": each.reason.value,
                    "made": each.made.isoformat(),
                    "coder": each.coder,
                    "note": each.note,
                    "words": each.words,
                    "base": each.base_number,
                    "current": each.current,
                    "undone": not each.stands,
                }
                for each in made
            ]
        )
        return
    rows = [
        [
            each.number,
            f"{each.made:%d/%m/%Y %H:%M}",
            each.coder,
            reason_label(each.reason),
            each.note,
            each.words,
            _("actuelle") if each.current else "" if each.stands else _("annulée"),
        ]
        for each in made
    ]
    say(table([_("N°"), _("Date"), _("Qui"), _("Pourquoi"), _("Note"), _("Mots"), ""], rows))


@command(
    codings,
    "aside",
    _(
        "Liste les codages dont les mots ont disparu dans une correction, avec l'endroit probable du texte actuel. "
        "--accept les replace là où la ressemblance atteint la note donnée, sur 100."
    ),
    "qualikit codings aside evaluation.qualikit --json",
)
def aside(
    project: PROJECT,
    accept: Annotated[
        int | None, typer.Option(min=70, max=100, help=_("Replacer à partir de cette note."), show_default=False)
    ] = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        waiting = found.coding.set_aside()
        places = found.coding.proposals(waiting)
        titles = {summary.id: summary.title for summary in found.corpus.documents()}
        names = {code.id: code.name for code in found.coding.codebook}
        replaced = found.coding.accept_proposals(accept) if accept is not None else ()
    if json:
        emit_json(
            [
                {
                    "id": each.id,
                    "document": titles[each.document_id],
                    "code": names.get(each.code_id),
                    "coder": each.coder,
                    "quote": each.quote,
                    "proposal": None
                    if each.id not in places
                    else {
                        "start": places[each.id].span.start,
                        "stop": places[each.id].span.stop,
                        "words": places[each.id].words,
                        "score": round(places[each.id].score),
                    },
                    "replaced": each.id in replaced,
                }
                for each in waiting
            ]
        )
        return
    if not waiting:
        say(_("Aucun codage n'est à revoir."))
        return
    for each in waiting:
        quote = " ".join(each.quote.split())
        say(f"{titles[each.document_id]} | {names.get(each.code_id, '')}, {each.coder} : « {quote} »")
        if each.id in places:
            place = places[each.id]
            words = " ".join(place.words.split())
            sentence = (
                _("  replacé sur « {words} »") if each.id in replaced else _("  peut-être « {words} » ({score} %)")
            )
            say(sentence.format(words=words, score=round(place.score)))
