"""Gathered passages in a file: Word to read and quote, Excel and CSV to work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

from qualikit import sheets
from qualikit.corpus.model import source_kind_label
from qualikit.corpus.times import clock
from qualikit.errors import ExportFailed
from qualikit.i18n import _, ngettext
from qualikit.themes.exporters import put_whole
from qualikit.themes.exporters.cleaning import quotation, xml_text
from qualikit.themes.exporters.word.markup import paragraph, run
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.reading.cards import Card
from qualikit.themes.reading.finding import Found

FRAME = (
    "document", "territory", "source", "turn", "time", "speakers", "code", "quote", "coders", "memo", "chosen",
    "codes_there", "beside", "start", "stop", "coding_id", "document_id",
)  # fmt: skip
FORMATS = (".docx", ".xlsx", ".csv")
AROUND = 160


def records(found: Found, cards: Iterable[Card]) -> Iterator[dict[str, Any]]:
    """One dictionary a passage, with the keys of ``FRAME``."""
    names = found.reader.names
    for card in cards:
        passage = card.passage
        yield {
            "document": passage.document,
            "territory": passage.territory,
            "source": passage.source_kind.value,
            "turn": passage.turn,
            "time": passage.time,
            "speakers": list(passage.speakers),
            "code": passage.code,
            "quote": passage.quote,
            "coders": list(card.coders),
            "memo": "\n\n".join(text for _coder, text in card.memos),
            "chosen": bool(card.chosen),
            "codes_there": [names[id] for id in card.codes],
            "beside": [{"code": names[each.code], "quote": each.quote} for each in card.beside],
            "start": passage.start,
            "stop": passage.stop,
            "coding_id": passage.coding_id,
            "document_id": passage.document_id,
        }


def export(found: Found, path: Path, *, title: str = "", by: str = "document", project: str = "") -> Path:
    """Write the passages, grouped by what ``by`` says; the ending says how (``.docx``, ``.xlsx``, ``.csv``).

    Raises ExportFailed, MatrixError.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ExportFailed(
            _("« {name} » : ce type de fichier n'est pas connu.").format(name=path.name),
            _("Choisissez un nom qui se termine par : {known}.").format(known=", ".join(FORMATS)),
        )
    order, groups = found.arranged(by)
    cards = {card.passage.coding_id: card for card in found.cards(order.tolist(), AROUND)}
    ordered: list[tuple[str, list[Card]]] = []
    for group in groups:
        some = []
        for number in order[group.first : group.first + group.size].tolist():
            ids = [found.reader.facts.coding_ids[row] for row in found.codings_of(number).tolist()]
            some += [cards[id] for id in ids if id in cards][:1]
        ordered.append((group.label, some))
    if ending == ".docx":
        data = _word(found, ordered, title or found.said, project)
    else:
        rows = [_line(found, label, card) for label, some in ordered for card in some]
        columns = _columns()
        data = (
            sheets.csv_bytes(columns, rows) if ending == ".csv" else sheets.xlsx_bytes([(_("Passages"), columns, rows)])
        )
    return put_whole(path, lambda file: file.write(data))


def counted(found: Found) -> str:
    """« 34 passages, 12 personnes sur 26, 7 documents sur 9 »."""
    passages = ngettext("{n} passage", "{n} passages", len(found)).format(n=len(found))
    people = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", found.people)
    documents = ngettext("{n} document sur {total}", "{n} documents sur {total}", found.documents)
    return ", ".join(
        [
            passages,
            people.format(n=found.people, total=found.people_total),
            documents.format(n=found.documents, total=found.documents_total),
        ]
    )


def _columns() -> list[str]:
    return [
        _("Groupe"),
        _("Document"),
        _("Territoire"),
        _("Type de source"),
        _("Qui parle"),
        _("Tour"),
        _("Temps"),
        _("Code"),
        _("Avant"),
        _("Passage"),
        _("Après"),
        _("Autres codes"),
        _("Codé par"),
        _("Verbatim"),
        _("Mémo"),
        _("Début"),
        _("Fin"),
    ]


def _line(found: Found, label: str, card: Card) -> list[Any]:
    passage, names = card.passage, found.reader.names
    values = [
        label,
        passage.document,
        passage.territory or "",
        source_kind_label(passage.source_kind),
        passage.speaker or "",
        passage.turn,
        clock(passage.time) if passage.time is not None else "",
        passage.code,
        " ".join(card.before.split()),
        passage.quote,
        " ".join(card.after.split()),
        ", ".join(names[id] for id in card.codes),
        ", ".join(card.coders),
        _("oui") if card.chosen else "",
        "\n\n".join(text for _coder, text in card.memos),
        passage.start,
        passage.stop,
    ]
    return [xml_text(value) if isinstance(value, str) else value for value in values]


def _word(found: Found, groups: Sequence[tuple[str, list[Card]]], title: str, project: str) -> bytes:
    today = Date.today()
    explained = f"{found.said}. {counted(found)}." if title != found.said else f"{counted(found)}."
    body = [
        paragraph("Title", run(title)),
        paragraph("Subtitle", run(" · ".join(part for part in (project, f"{today:%d/%m/%Y}") if part))),
        paragraph("qualikitExplication", run(explained)),
    ]
    if any(card.chosen for _label, some in groups for card in some):
        body.append(paragraph("qualikitExplication", run(_("★ : choisi comme verbatim pour le rapport."))))
    for label, some in groups:
        body.append(paragraph("Heading1", run(f"{label} ({len(some)})")))
        body += [_quoted(found, card) for card in some]
    return word_file("".join(body), title=title, project=project, date=today)


def _quoted(found: Found, card: Card) -> str:
    passage, names = card.passage, found.reader.names
    before, after = quotation(card.before), quotation(card.after)
    star = "★ " if card.chosen else ""
    quote = run(f"{star}« {quotation(passage.quote)} »")
    around = [run(f"… {before} " if before else "", "qualikitDiscret"), quote]
    around.append(run(f" {after} …" if after else "", "qualikitDiscret"))
    about = [f"— {passage.reference}", passage.code]
    if card.codes:
        about.append(_("aussi : {names}").format(names=", ".join(names[id] for id in card.codes)))
    about.append(_("codé par {names}").format(names=", ".join(card.coders)))
    notes = [paragraph("qualikitTexte", run(_("Mémo : {text}").format(text=text))) for _coder, text in card.memos]
    return (
        paragraph("qualikitVerbatim", *around) + "".join(notes) + paragraph("qualikitReference", run(" · ".join(about)))
    )
