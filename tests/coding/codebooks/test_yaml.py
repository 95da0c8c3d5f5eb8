"""Codebooks in YAML: read with the line of every mistake, written so that they read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualikit.coding.codebooks import load_codebook, read_codebook, save_codebook
from qualikit.coding.codebooks.yaml import read_yaml
from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.coding.names import clean_name, clean_text, name_key
from qualikit.errors import CodebookError
from tests.conftest import ROOT

SMALL = """\
name: Petite grille
description: >-
  Pour essayer,
  en deux lignes.
codes:
  - name: Météo
    definition: Pluie, froid.
    use: Une séance est annulée.
    avoid: La simple mention du temps.
    keywords: [pluie, oui, 4G, 2024, "non; jamais"]
    example: Il a plu.
    color: "#d22d38"
    shortcut: 7
    children:
      - name: 2024
        keywords: hiver
  - name: Consensus
    kind: position
    value: agreement
"""


def read(text, name="grille.yaml"):
    return read_yaml(text.encode(), name)


def error_of(text):
    with pytest.raises(CodebookError) as caught:
        read(text)
    return caught.value


class TestReading:
    def test_takes_every_field_and_words_as_they_are_written(self):
        file = read(SMALL)
        assert (file.name, file.description) == ("Petite grille", "Pour essayer, en deux lignes.")
        weather, year, consensus = file.entries
        assert weather.fields == {
            "definition": "Pluie, froid.",
            "use": "Une séance est annulée.",
            "avoid": "La simple mention du temps.",
            "keywords": ["pluie", "oui", "4G", "2024", "non", "jamais"],
            "example": "Il a plu.",
            "color": "#D22D38",
            "shortcut": "7",
        }
        assert (year.name, year.parent, year.fields) == ("2024", "Météo", {"keywords": ["hiver"]})
        assert consensus.fields == {"kind": "position", "value": "agreement"}
        assert [entry.line for entry in file.entries] == [6, 15, 17]

    def test_makes_a_whole_codebook_without_a_project(self, tmp_path):
        path = tmp_path / "g.yaml"
        path.write_text(SMALL, "utf-8")
        book = load_codebook(path)
        assert [book.path(code.id) for code in book] == ["Météo", "Météo › 2024", "Consensus"]
        assert book.by_name("2024").color != book.by_name("consensus").color != ""
        assert (book.by_name("Consensus").kind, book.by_name("Consensus").value) == (
            CodeKind.POSITION,
            Position.AGREEMENT,
        )
        assert load_codebook(path) == book

    def test_the_codebook_that_ships(self):
        book = load_codebook(ROOT / "codebooks" / "evaluation.yaml")
        assert len(book) > 30
        assert book.by_name("météo").shortcut is None
        assert book.path(book.by_name("Consensus").id) == "Positions › Consensus"
        assert all(code.definition and code.use and code.avoid and code.keywords and code.example for code in book)

    @pytest.mark.parametrize("encode", [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.encode("cp1252")])
    def test_from_any_editor(self, encode):
        assert read_yaml(encode(SMALL.replace("\n", "\r\n")), "g.yaml") == read(SMALL)

    def test_what_is_left_empty_is_not_said(self):
        assert read("codes:\n  - name: A\n    definition:\n    keywords: []\n    children:\n").entries[0].fields in (
            {},
            {"keywords": []},
        )


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("codes:\n  - name: A\n    definiton: x\n", 3, ["definiton", "Vouliez-vous dire", "definition"]),
            ("codes:\n  - name: A\n    zzz: x\n", 3, ["zzz", "Les champs sont", "keywords"]),
            ("code:\n  - name: A\n", 1, ["code", "codes"]),
            ("name: x\n", 1, ["codes"]),
            ("codes:\n  - definition: x\n", 2, ["il manque", "name"]),
            ("codes:\n  - name:\n", 2, ["name"]),
            ("codes:\n  - name: A\n  - name: B\n  - name: ' à '\n", 4, ["déjà à la ligne 2"]),
            ("codes:\n  - name: A\n    children:\n      - name: a\n", 4, ["déjà à la ligne 2"]),
            ("codes:\n  - name: A\n    color: bleu\n", 2, ["bleu", "couleur"]),
            ("codes:\n  - name: A\n    shortcut: 12\n", 2, ["12", "raccourci"]),
            ("codes:\n  - {name: A, shortcut: 1}\n  - {name: B, shortcut: 1}\n", 3, ["raccourci 1", "A"]),
            ("codes:\n  - name: A\n    kind: thème\n", 2, ["theme, position"]),
            ("codes:\n  - name: A\n    kind: position\n", 2, ["agreement"]),
            ("codes:\n  - name: A\n    kind: theme\n    value: nuance\n", 2, ["value"]),
            ("codes:\n  - name: A\n    name: B\n", 3, ["deux fois"]),
            ("codes:\n  - name: A\n    children: B\n", 3, ["children", "liste"]),
            ("codes:\n  - name: A\n    children:\n      - B\n", 4, ["un code"]),
            ("codes:\n  - name: A\n    use: [a]\n", 3, ["use", "texte"]),
            ("codes:\n  - name: A\n    keywords: [{a: b}]\n", 3, ["keywords", "texte"]),
            ("codes: [\n  - name\n", None, ["YAML"]),
            ("codes:\n  - name: A\n   use: x\n", 3, ["YAML", "ligne 3"]),
            ("codes:\n  - name: a: b\n", 2, ["YAML"]),
            ("codes:\n\t- name: A\n", 2, ["YAML"]),
            ("- A\n- B\n", 1, ["codes:"]),
            ("juste du texte", 1, ["codes:"]),
            ("", 1, ["codes:"]),
        ],
    )
    def test_are_told_with_their_line(self, text, line, words):
        error = error_of(text)
        assert all(word in str(error) for word in words), str(error)
        assert "Traceback" not in str(error)
        if line is not None:
            assert error.line == line

    def test_are_told_together(self):
        error = error_of("codes:\n  - name: A\n    color: x\n  - name: a\n    shortcut: '!'\n")
        assert error.line == 2
        assert [part for part in ("Ligne 2", "Ligne 4", "déjà", "raccourci") if part not in error.what] == []

    @pytest.mark.parametrize(
        "text",
        [
            "codes: &a\n  - name: A\n    children: *a\n",
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
            "codes: " + "[" * 300,
            "codes: " + "[" * 600 + "]" * 600,
        ],
        ids=["itself", "bomb", "open", "deep"],
    )
    def test_a_hostile_file_is_refused(self, text):
        error_of(text)

    @pytest.mark.parametrize("data", [b"\x00\x01\x02", b"PK\x03\x04" + b"\x00" * 50])
    def test_a_file_that_is_no_text(self, data):
        from qualikit.errors import QualikitError

        with pytest.raises(QualikitError):
            read_yaml(data, "g.yaml")

    @given(st.text(max_size=60) | st.text(alphabet="codes: -name\n[]{}&*!|>'\"#?", max_size=80))
    @settings(deadline=None, max_examples=150)
    def test_any_text_at_all_is_read_or_refused(self, text):
        from qualikit.errors import QualikitError

        try:
            read_yaml(text.encode("utf-8", "surrogatepass"), "g.yaml")
        except QualikitError as error:
            assert error.what

    def test_a_file_that_is_not_there_or_not_ours(self, tmp_path):
        with pytest.raises(CodebookError, match="ne peut pas être lue"):
            read_codebook(tmp_path / "absente.yaml")
        (tmp_path / "g.pdf").write_bytes(b"%PDF")
        with pytest.raises(CodebookError, match="CSV"):
            read_codebook(tmp_path / "g.pdf")


lines = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    | st.sampled_from("\n:#-'\"&*!|>%@`{}[],?~ 🌧\u00a0\u0301\t"),
    max_size=40,
)


@st.composite
def codebooks(draw):
    """Trees of codes as a project holds them: cleaned."""
    codes = []
    keys = set()
    for number in range(draw(st.integers(0, 6))):
        name = clean_name(draw(lines | st.sampled_from(["null", "~", "oui", "true", "12", "=1", "-", "a: b", "# x"])))
        if not name_key(name) or name_key(name) in keys:
            continue
        keys.add(name_key(name))
        position = draw(st.none() | st.sampled_from(Position))
        codes.append(
            Code(
                id=f"{number}",
                name=name,
                parent_id=draw(st.sampled_from([None, *(code.id for code in codes)])),
                position=number,
                definition=clean_text(draw(lines)),
                use=clean_text(draw(lines)),
                avoid=clean_text(draw(lines)),
                example=clean_text(draw(lines)),
                keywords=tuple(
                    dict.fromkeys(
                        word for raw in draw(st.lists(lines, max_size=3)) if (word := clean_name(raw.replace(";", "")))
                    )
                ),
                color=draw(st.from_regex(r"\A#[0-9A-F]{6}\Z")),
                shortcut=str(number) if draw(st.booleans()) else None,
                kind=CodeKind.POSITION if position else CodeKind.THEME,
                value=position,
            )
        )
    return Codebook.of(codes, clean_text(draw(lines)), clean_text(draw(lines)))


def told(book):
    """A codebook without its ids and numbers, which a file does not hold."""
    parents = {code.id: code.name for code in book}
    return [
        (
            code.name,
            parents.get(code.parent_id),
            *(code.definition, code.use, code.avoid, code.keywords, code.example),
            *(code.color, code.shortcut, code.kind, code.value),
        )
        for code in book
    ]


class TestWriting:
    @pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])
    @given(book=codebooks())
    @settings(deadline=None, max_examples=40)
    def test_any_codebook_reads_back_as_it_was(self, tmp_path_factory, ending, book):
        path = tmp_path_factory.mktemp("g") / f"g.{ending}"
        save_codebook(book, path, name="Essai")
        again = load_codebook(path)
        assert told(again) == told(book)
        if ending == "yaml":
            assert (again.name, again.description) == (book.name or "Essai", book.description)

    def test_the_shipped_one_is_readable_and_keys_keep_their_order(self, tmp_path):
        book = load_codebook(ROOT / "codebooks" / "evaluation.yaml")
        path = tmp_path / "g.yaml"
        save_codebook(book, path)
        text = path.read_text("utf-8")
        assert load_codebook(path) == book
        assert text.startswith("name: Évaluation d'un programme")
        start = text.index("- name: Météo")
        keys = [line.split(":")[0].strip() for line in text[start:].split("\n")[1:] if ":" in line and "    " in line]
        assert [key for key in keys if key in ("definition", "use", "avoid", "keywords", "example", "color")][:6] == [
            *("definition", "use", "avoid", "keywords", "example", "color"),
        ]
        assert "keywords: [pluie, pleuvoir" in text
        assert "kind: theme" not in text
        assert not list(tmp_path.glob("*.partiel"))

    def test_keywords_with_marks_of_yaml_stay_words(self, tmp_path):
        words = ("?0", "oui ?", "a: b", "# x", "[a]", "- b", "null", "d'accord", "&a", "*a", "c'est-à-dire")
        save_codebook(Codebook.of([Code("1", "A", keywords=words)]), tmp_path / "g.yaml")
        assert load_codebook(tmp_path / "g.yaml").codes[0].keywords == words

    def test_several_lines_are_written_as_lines(self, tmp_path):
        path = tmp_path / "g.yaml"
        save_codebook(Codebook.of([Code("1", "A", definition="Une ligne.\nUne autre.")]), path)
        assert "definition: |-\n" in path.read_text("utf-8")
