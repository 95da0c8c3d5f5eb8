"""Small things that pages say: figures, times, text that must stay as it is."""

from datetime import datetime, timedelta, timezone

import pytest

from qualikit.i18n import number, percent, use_language
from qualikit.ui.files import safe_name
from qualikit.ui.messages import escaped, plain
from qualikit.ui.topline import saved_words
from qualikit.ui.transcript import clock

PARIS = timezone(timedelta(hours=1))
NOON = datetime(2024, 3, 5, 12, 0, tzinfo=PARIS)


@pytest.fixture
def english():
    use_language("en")
    yield
    use_language("fr")


def test_figures_are_written_as_in_french():
    assert number(1234567) == "1\u202f234\u202f567"
    assert percent(0.456) == "46\u202f%"


@pytest.mark.usefixtures("english")
def test_figures_are_written_as_in_english():
    assert number(1234567) == "1,234,567"
    assert percent(0.456) == "46%"


def test_when_it_was_saved_is_said_with_the_day_unless_it_is_today():
    assert saved_words(None) == "Rien n'a encore été modifié"
    assert saved_words(NOON - timedelta(hours=2), NOON) == "Enregistré à 10:00"
    assert saved_words(NOON - timedelta(days=2), NOON) == "Enregistré le 03/03/2024 à 12:00"


def test_times_of_a_recording():
    assert [clock(seconds) for seconds in (5, 245.9, 3729)] == ["0:05", "4:05", "1:02:09"]


@pytest.mark.parametrize(
    "text",
    [
        "**gras**",
        "a_b_c",
        "[lien](http://x)",
        ":red[rouge]",
        ":material/home:",
        "$x$",
        "<b>",
        "# titre",
        "1. un",
        "~~non~~",
    ],
)
def test_what_an_evaluator_wrote_is_never_read_as_markdown(text):
    """Rendered by a CommonMark reader, it gives the same letters back."""
    markdown_it = pytest.importorskip("markdown_it")
    rendered = markdown_it.MarkdownIt("commonmark").render(plain(text)).strip()
    assert rendered == f"<p>{escaped(text)}</p>".replace("&#x27;", "'")


def test_what_an_evaluator_wrote_is_never_read_as_html():
    assert escaped("<script>alert('x')</script>") == "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Bilan 2024", "Bilan 2024"),
        ("a/b\\c:d*e?", "a-b-c-d-e-"),
        ("...", "qualikit"),
        ("", "qualikit"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_becomes_one_that_every_system_takes_for_a_file(name, file):
    assert safe_name(name) == file
