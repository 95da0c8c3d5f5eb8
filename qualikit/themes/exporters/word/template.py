"""A firm's own Word file as the ground of a document: its page, header, footer and styles, and its marks filled in.

``{{titre}}``, ``{{projet}}``, ``{{date}}``… in its text, header or footer are replaced; the document's text comes where
``{{contenu}}`` stands alone in a paragraph. A file without marks lends its page, header, footer and styles only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date as Date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from qualikit.errors import TemplateRefused
from qualikit.i18n import _

if TYPE_CHECKING:
    from docx.document import Document

CONTENT = "contenu"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OF_TEMPLATES = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MOST = 64 * 2**20
"""Bytes of a template once opened: what opens to more was made to harm."""
_MARK = re.compile(r"\{\{\s*contenu\s*\}\}")
_ANY = re.compile(r"\{[{%]")
_HERE = "\ue000qualikit\ue000"
"""Stands where the text comes while the other marks are filled in: of Unicode's private use, so that no text has it."""


def marks() -> Mapping[str, str]:
    """The marks that a template may hold, each with what it stands for."""
    return {
        "titre": _("le titre du document"),
        "projet": _("le nom du projet"),
        "date": _("la date, en chiffres (05/03/2024)"),
        "jour": _("la date, en lettres (5 mars 2024)"),
        "annee": _("l'année"),
        CONTENT: _("le texte du document, seul dans son paragraphe"),
    }


@dataclass(frozen=True)
class Template:
    """A file that was looked at and can be used. ``name`` is the file's, for messages."""

    name: str
    data: bytes

    @classmethod
    def read(cls, source: Path | str | bytes, name: str | None = None) -> Template:
        """Look at the file. Raises TemplateRefused: not there, not Word, with macros, marks that do not exist."""
        if isinstance(source, bytes):
            return cls.of(source, name or _("modèle"))
        path = Path(source).expanduser()
        try:
            data = path.read_bytes()
        except OSError as error:
            raise TemplateRefused(
                _("Le modèle « {name} » ne peut pas être lu.").format(name=path.name),
                _("Vérifiez qu'il existe et qu'il n'est pas ouvert dans un autre programme."),
            ) from error
        return cls.of(data, name or path.name)

    @classmethod
    def of(cls, data: bytes, name: str) -> Template:
        """The same from bytes."""
        made = cls(name, _plain(data, name))
        made._rendered(dict.fromkeys(marks(), ""))
        return made

    @property
    def key(self) -> str:
        """Tells one template from another."""
        return sha256(self.data).hexdigest()

    def document(self, *, title: str, project: str, date: Date) -> tuple[Document, Any, bool]:
        """A document made of it, its marks filled in; the element before which the text comes; whether the template has
        said the title itself."""
        words = {"titre": title, "projet": project, "date": f"{date:%d/%m/%Y}", "jour": in_words(date)}
        return self._rendered({**words, "annee": str(date.year)})

    def _rendered(self, words: Mapping[str, str]) -> tuple[Document, Any, bool]:
        import docx

        document = docx.Document(BytesIO(self.data))
        body = document.element.body
        used = [part for part in (body, *_edges(document)) if _ANY.search(_text(part))]
        if not used:
            for child in list(body):
                if child is not body.sectPr:
                    body.remove(child)
            return document, body.sectPr, False
        kept = body in used
        titled = kept and bool(re.search(r"\{\{\s*titre\s*\}\}", _text(body)))
        if kept:
            self._put_mark(document)
        document = self._filled(document, words)
        body = document.element.body
        if not kept:
            for child in list(body):
                if child is not body.sectPr:
                    body.remove(child)
            return document, body.sectPr, False
        place = next((child for child in body if _HERE in _text(child)), None)
        if place is None:
            return document, body.sectPr, titled
        following = place.getnext()
        body.remove(place)
        return document, following if following is not None else body.sectPr, titled

    def _put_mark(self, document: Document) -> None:
        """Put a mark of ours where the text comes. Raises TemplateRefused where it is not alone, or there twice."""
        from docx.oxml.ns import qn

        body = document.element.body
        found = [child for child in body.iter(qn("w:p")) if _MARK.search(_text(child))]
        if not found:
            return
        alone = found[0].getparent() is body and _MARK.fullmatch(_text(found[0]).strip())
        if len(found) > 1 or not alone:
            raise TemplateRefused(
                _("Le modèle « {name} » n'a pas un {{{{contenu}}}} seul dans son paragraphe.").format(name=self.name),
                _("Écrivez-le une fois, dans un paragraphe à lui, hors des tableaux et des zones de texte."),
            )
        for child in list(found[0]):
            if child.tag != qn("w:pPr"):
                found[0].remove(child)
        run = found[0].makeelement(qn("w:r"))
        text = run.makeelement(qn("w:t"))
        text.text = _HERE
        run.append(text)
        found[0].append(run)

    def _filled(self, document: Document, words: Mapping[str, str]) -> Document:
        """The marks replaced. Raises TemplateRefused for one that does not exist, or that is not well formed."""
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError
        from jinja2.sandbox import SandboxedEnvironment

        marked = BytesIO()
        document.save(marked)
        marked.seek(0)
        filling = DocxTemplate(marked)
        rules = SandboxedEnvironment(autoescape=True)
        try:
            asked = filling.get_undeclared_template_variables(jinja_env=rules)
            if unknown := sorted(set(asked) - set(marks())):
                raise TemplateRefused(
                    _("Le modèle « {name} » demande {unknown}, que qualikit ne connaît pas.").format(
                        name=self.name, unknown=_named(unknown)
                    ),
                    _("Ce qui peut être écrit dans un modèle : {known}.").format(known=_named(marks())),
                )
            filling.render(dict(words), jinja_env=rules)
        except (TemplateError, SyntaxError, TypeError, ValueError) as error:
            raise TemplateRefused(
                _("Une marque du modèle « {name} » est mal écrite.").format(name=self.name),
                _("Ce qui peut être écrit dans un modèle : {known}.").format(known=_named(marks())),
            ) from error
        filled: Document = filling.docx
        return filled


_current: ContextVar[Template | None] = ContextVar("template", default=None)


@contextmanager
def using(template: Template | Path | str | None) -> Iterator[None]:
    """Every Word document made meanwhile is made of that template; None: as it was. Raises TemplateRefused."""
    if template is None:
        yield
        return
    token = _current.set(template if isinstance(template, Template) else Template.read(template))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Template | None:
    """The template in use."""
    return _current.get()


def in_words(date: Date) -> str:
    """« 5 mars 2024 »."""
    months = (
        _("janvier"), _("février"), _("mars"), _("avril"), _("mai"), _("juin"), _("juillet"), _("août"),
        _("septembre"), _("octobre"), _("novembre"), _("décembre"),
    )  # fmt: skip
    return _("{day} {month} {year}").format(day=date.day, month=months[date.month - 1], year=date.year)


def _named(names: Any) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _text(element: Any) -> str:
    from docx.oxml.ns import qn

    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _edges(document: Document) -> list[Any]:
    """Headers and footers, whichever page they are for."""
    return [
        relationship.target_part.element
        for relationship in document.part.rels.values()
        if relationship.reltype.endswith(("/header", "/footer")) and not relationship.is_external
    ]


def _plain(data: bytes, name: str) -> bytes:
    """The file as a document that opens, were it saved as a template. Raises TemplateRefused."""
    import docx

    not_word = TemplateRefused(
        _("« {name} » n'est pas un document Word.").format(name=name),
        _("Enregistrez votre modèle dans Word au format .docx (ou .dotx), puis choisissez-le."),
    )
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST:
                raise not_word
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            if "macroEnabled" in types or any(part.lower().endswith("vbaproject.bin") for part in archive.namelist()):
                raise TemplateRefused(
                    _("Le modèle « {name} » contient des macros.").format(name=name),
                    _("Enregistrez-le dans Word au format .docx, sans macros, puis choisissez ce fichier."),
                )
            if _OF_TEMPLATES in types:
                data = _as_document(archive, types)
        document = docx.Document(BytesIO(data))
        if document.element.body is None or document.element.body.sectPr is None:
            document.element.body.get_or_add_sectPr()
            again = BytesIO()
            document.save(again)
            data = again.getvalue()
    except TemplateRefused:
        raise
    except (BadZipFile, KeyError, ValueError, AttributeError, OSError, NotImplementedError) as error:
        raise not_word from error
    except Exception as error:
        # Whatever lxml or python-docx makes of a damaged file, the answer is the same.
        raise not_word from error
    return data


def _as_document(archive: ZipFile, types: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as target:
        for part in archive.namelist():
            whole = (
                types.replace(_OF_TEMPLATES, _MAIN).encode() if part == "[Content_Types].xml" else archive.read(part)
            )
            target.writestr(part, whole)
    return made.getvalue()
