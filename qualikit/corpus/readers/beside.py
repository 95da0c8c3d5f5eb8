"""What is said about a document besides its text, in the same words whatever its format: refusals and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qualikit.errors import EmptyDocument, UnreadableFile
from qualikit.i18n import _, ngettext

SHOWN = 120
"""Characters of headers and footers quoted in the warning."""


def empty_document(file_name: str) -> EmptyDocument:
    """For a file of no bytes."""
    return EmptyDocument(
        _("« {name} » est un fichier vide.").format(name=file_name), _("Redemandez le fichier d'origine.")
    )


def no_text(file_name: str) -> EmptyDocument:
    """For a document without a word in it."""
    return EmptyDocument(
        _("« {name} » ne contient aucun texte.").format(name=file_name),
        _("Si ce sont des pages numérisées (des images), faites-les d'abord convertir en texte."),
    )


def other_format(file_name: str, expected: str, data: bytes) -> UnreadableFile | None:
    """For a file whose first bytes are those of another format; None where they are not."""
    kinds = {
        b"PK\x03\x04": _("un document Word ou une archive"),
        b"\xd0\xcf\x11\xe0": _("un ancien document Office"),
        b"%PDF": _("un PDF"),
        b"{\\rtf": _("un document RTF"),
    }
    for start, kind in kinds.items():
        if data.startswith(start):
            return UnreadableFile(
                _("« {name} » n'est pas {expected} : c'est {kind}.").format(
                    name=file_name, expected=expected, kind=kind
                ),
                _("Rendez-lui son extension, ou enregistrez-le au format .docx."),
            )
    return None


def unlike(file_name: str, expected: str, data: bytes = b"") -> UnreadableFile:
    """For a file that is not what its extension says; what it is, where its first bytes tell."""
    return other_format(file_name, expected, data.lstrip()[:16]) or UnreadableFile(
        _("« {name} » n'est pas {expected}, malgré son extension, ou il est abîmé.").format(
            name=file_name, expected=expected
        ),
        _("Vérifiez le fichier, ou redemandez celui d'origine."),
    )


def read_warnings(inserted: int, deleted: int, hidden: int, unread: int, margins: Iterable[str]) -> Iterator[str]:
    """What the user must know of a document of a word processor: changes tracked, hidden text, parts not read."""
    if inserted or deleted:
        yield _(
            "Le document porte des modifications suivies : les ajouts sont gardés, "
            "les suppressions laissées de côté, comme si toutes étaient acceptées."
        )
    if hidden:
        yield _("Du texte masqué dans le document a été gardé.")
    if unread:
        yield ngettext(
            "Un fichier inséré dans le document n'a pas pu être lu.",
            "{n} fichiers insérés dans le document n'ont pas pu être lus.",
            unread,
        ).format(n=unread)
    shown = " / ".join(margins)
    if shown:
        shown = shown if len(shown) <= SHOWN else shown[:SHOWN].rstrip() + "…"
        yield _("L'en-tête et le pied de page ne sont pas repris dans le texte : « {lines} ».").format(lines=shown)
