"""French in the source, English as a switch, and nothing left untranslated."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from qualikit import i18n
from qualikit.i18n import _, in_every_language, ngettext, typography, use_language
from tests.conftest import ROOT

CATALOGUE = ROOT / "qualikit" / "locale" / "en" / "LC_MESSAGES" / "qualikit.po"


@pytest.fixture
def english():
    use_language("en")
    yield
    use_language("fr")


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """One sentence, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def messages() -> set[str]:
    found = extract_from_dir(str(ROOT / "qualikit"), keywords={"_": None, "ngettext": (1, 2)})
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def test_french_gets_its_no_break_spaces():
    assert typography("« oui » : 5 % ! ; ?") == "«\u00a0oui\u00a0»\u00a0: 5\u00a0%\u00a0!\u00a0;\u00a0?"
    assert _("Choisissez un dossier où vous pouvez écrire.") == "Choisissez un dossier où vous pouvez écrire."


def test_french_zero_is_singular():
    assert [ngettext("{n} codage", "{n} codages", n) for n in (0, 1, 2)] == ["{n} codage", "{n} codage", "{n} codages"]


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(ValueError, match="fr, en"):
        use_language("de")


def test_english_is_a_switch(english):
    assert _("Il n'y a rien à annuler.") == "There is nothing to undo."
    assert i18n.language() == "en"


def test_a_word_is_known_in_every_language_whichever_is_spoken(english):
    assert in_every_language(lambda: _("Entretien")) == ("Entretien", "Interview")
    assert i18n.language() == "en"


def test_english_zero_is_plural(english):
    assert [ngettext("{n} codage", "{n} codages", n) for n in (0, 1, 2)] == ["{n} codings", "{n} coding", "{n} codings"]


def test_every_message_has_its_english():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")

    missing = sorted(
        message for message in messages() if not (catalogue.get(message) and catalogue.get(message).string)
    )
    assert missing == []


def test_the_english_keeps_the_places_to_fill():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")

    for message in catalogue:
        if message.id:
            for french, english in zip(forms(message.id), forms(message.string), strict=True):
                assert places(english) == places(french), french


def test_the_english_is_written_as_english_is():
    """“Quotes” for « guillemets », and no space before a colon."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")

    written = [english for message in catalogue if message.id for english in forms(message.string)]
    assert [english for english in written if re.search("[«»\u00a0\u202f]| [:;?!]", english)] == []


def test_the_compiled_catalogue_is_the_written_one():
    with CATALOGUE.open("rb") as file:
        written = read_po(file, locale="en")
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert {forms(m.id): forms(m.string) for m in compiled if m.id} == {
        forms(m.id): forms(m.string) for m in written if m.id
    }


def test_no_message_is_built_inside_the_call():
    """An f-string inside ``_()`` can never be found in a catalogue."""
    at_fault = []
    for path in (ROOT / "qualikit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}
            if named and any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                at_fault.append(f"{Path(path).relative_to(ROOT)}:{node.lineno}")
    assert at_fault == []
