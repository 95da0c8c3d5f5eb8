"""Comments of the margin made codings or memos, with the document, in one action."""

from __future__ import annotations

import pytest

from qualikit.coding.exchange.comments import proposals
from qualikit.coding.model import Code, Codebook
from qualikit.corpus.readers import Comment
from qualikit.errors import ImportRefused
from qualikit.project import Project
from qualikit.text import Span
from tests.corpus.word_file import p, part, r, word


def book(*names: str) -> Codebook:
    return Codebook.of(Code(id=name, name=name) for name in names)


GRID = book("Météo", "Matériel, réseau", "Lien social", "Bien-être")


def proposed(text: str, use: str = "codings", same=None, codes: Codebook = GRID, **fields):
    (one,) = proposals([Comment("Camille", text, fields.pop("span", Span(0, 4)), **fields)], codes, use, same)
    return [(code.name, code.known) for code in one.codes], one.memo


class DescribeReading:
    @pytest.mark.parametrize(
        ("text", "codes", "memo"),
        [
            ("Météo", [("Météo", True)], ""),
            ("  meteo ", [("Météo", True)], ""),
            ("Matériel, réseau", [("Matériel, réseau", True)], ""),
            ("Météo ; lien social", [("Météo", True), ("Lien social", True)], ""),
            ("Météo, Lien social / Accueil", [("Météo", True), ("Lien social", True), ("Accueil", False)], ""),
            ("Météo\nBien-être", [("Météo", True), ("Bien-être", True)], ""),
            ("Météo : il pleut, donc personne", [("Météo", True)], "il pleut, donc personne"),
            ("Météo - à revoir", [("Météo", True)], "à revoir"),
            ("Météo\u00a0: ", [("Météo", True)], ""),
            ("- Météo\n- #Accueil\n« Lien social »", [("Météo", True), ("Accueil", False), ("Lien social", True)], ""),
            ("Météo, météo", [("Météo", True)], ""),
            (
                "Intéressant, à reprendre tel quel dans la synthèse du territoire.",
                [("Commentaire", False)],
                "Intéressant, à reprendre tel quel dans la synthèse du territoire.",
            ),
            ("Météo ; Il dit le contraire plus haut ?", [("Météo", True)], "Il dit le contraire plus haut ?"),
            ("Vu à 14:05", [("Vu à 14:05", False)], ""),
            ("???", [("Commentaire", False)], "???"),
        ],
    )
    def it_finds_codes_and_remarks(self, text, codes, memo):
        assert proposed(text) == (codes, memo)

    def it_proposes_the_code_that_was_perhaps_meant_and_takes_it_when_told(self):
        (one,) = proposals([Comment("", "Métréo", Span(0, 1))], GRID, "codings")
        assert (one.codes[0].known, one.codes[0].near) == (False, "Météo")
        assert proposed("Métréo", same={"métréo": "Météo"}) == ([("Météo", True)], "")

    def it_keeps_answers_in_the_memo(self):
        answers = (Comment("Sacha", "D'accord."), Comment("", "Moi aussi."))
        assert proposed("Météo", replies=answers)[1] == "Sacha\u00a0: D'accord.\nMoi aussi."

    def it_keeps_the_words_and_the_place_as_a_memo(self):
        assert proposed("Météo ; Accueil", "memos") == ([("Commentaire", False)], "Météo ; Accueil")

    def it_gives_a_comment_without_a_passage_to_the_document(self):
        assert proposed("Météo", span=None) == ([], "Météo")

    def it_leaves_them_aside_when_told(self):
        assert proposals([Comment("", "Météo", Span(0, 1))], GRID, "ignore") == ()

    def it_refuses_another_use(self):
        with pytest.raises(ImportRefused, match="codings"):
            proposals([], GRID, "notes")


def file(*comments: tuple[str, str], more: str = "") -> bytes:
    """A Word file of one paragraph a comment, each about the second word of its paragraph."""
    body, said = "", ""
    for id, (author, text) in enumerate(comments):
        marks = f'<w:commentRangeStart w:id="{id}"/>{r("pluie")}<w:commentRangeEnd w:id="{id}"/>'
        body += p("La ", marks, f" du jour {id}.")
        said += (
            f'<w:comment w:id="{id}" w:author="{author}">{"".join(p(line) for line in text.splitlines())}</w:comment>'
        )
    return word(body + more, {"c": ("comments", part("comments", said))})


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as project:
        project.coding.add_code("Météo")
        yield project


def saved(project, data, use="codings", **more):
    return project.coding.save_document(project.corpus.preview(data, "Entretien.docx"), use, **more)


def coded(project):
    names = {code.id: code.name for code in project.coding.codebook}
    return [(names[one.code_id], one.quote, one.coder, one.origin.value) for one in project.coding.codings()]


class DescribeSaving:
    def it_writes_codings_under_the_name_of_who_commented(self, project):
        data = file(("Sacha", "météo"), ("", "Accueil"), ("Auteur", "Météo : à revoir"), ("camille", "Météo"))
        _document, report = saved(project, data)
        assert coded(project) == [
            ("Météo", "pluie", "Sacha", "import"),
            ("Accueil", "pluie", "Camille", "import"),
            ("Météo", "pluie", "Camille", "import"),
            ("Météo", "pluie", "Camille", "import"),
        ]
        assert (report.codings, report.memos, report.added) == (4, 1, ("Commentaires", "Accueil"))
        assert project.coding.codebook.path(project.coding.code("Accueil").id) == "Commentaires › Accueil"
        assert [memo.text for memo in project.coding.memos()] == ["à revoir"]
        assert project.check() == []

    def it_writes_memos_that_keep_their_place(self, project):
        _document, report = saved(project, file(("Sacha", "Il pleut souvent ?")), "memos")
        assert coded(project) == [("Commentaire", "pluie", "Sacha", "import")]
        (memo,) = project.coding.memos()
        assert (memo.text, memo.coder, memo.target_kind) == ("Il pleut souvent ?", "Sacha", "coding")
        assert (report.codings, report.memos) == (1, 1)

    def it_takes_the_code_that_keeps_their_place_back_into_use(self, project):
        project.coding.add_code("Commentaire")
        project.coding.add_code("Commentaires")
        for name in ("Météo", "Commentaire", "Commentaires"):
            project.coding.retire_code(name)
        saved(project, file(("Sacha", "Météo"), ("Sacha", "Accueil")))
        assert [name for name, *_rest in coded(project)] == ["Commentaire", "Accueil"]
        assert [code.name for code in project.coding.codebook if not code.active] == ["Météo"]
        project.history.undo()
        assert len(project.coding.codebook.in_use) == 0

    def it_is_one_action_undone_and_redone_in_one(self, project):
        before = coded(project), [code.name for code in project.coding.codebook]
        saved(project, file(("Sacha", "Accueil : bien"), ("Lou", "Météo")))
        after = coded(project), [code.name for code in project.coding.codebook]
        project.history.undo()
        assert (coded(project), [code.name for code in project.coding.codebook]) == before
        assert project.corpus.documents() == []
        project.history.redo()
        assert (coded(project), [code.name for code in project.coding.codebook]) == after
        assert project.check() == []

    def it_joins_what_one_person_says_twice_of_one_passage(self, project):
        marks = "".join(f'<w:commentRangeStart w:id="{id}"/>' for id in (0, 1))
        ends = "".join(f'<w:commentRangeEnd w:id="{id}"/>' for id in (0, 1))
        said = "".join(
            f'<w:comment w:id="{id}" w:author="Sacha">{p(text)}</w:comment>'
            for id, text in enumerate(["Météo : un", "Météo : deux"])
        )
        _document, report = saved(
            project, word(p(marks, "Il pleut", ends), {"c": ("comments", part("comments", said))})
        )
        assert (report.codings, report.memos) == (1, 1)
        assert [memo.text for memo in project.coding.memos()] == ["un\n\ndeux"]

    def it_puts_comments_without_a_passage_on_the_document(self, project):
        said = f'<w:comment w:id="9" w:author="Sacha">{p("Très riche.")}</w:comment>'
        document, _report = saved(project, word(p("Il pleut."), {"c": ("comments", part("comments", said))}))
        (memo,) = project.coding.memos()
        assert (memo.target_kind, memo.target_id, memo.text) == ("document", document.id, "Très riche.")

    def it_leaves_them_aside_by_default(self, project):
        project.coding.save_document(project.corpus.preview(file(("Sacha", "Météo")), "Entretien.docx"))
        assert coded(project) == []


class DescribeADocumentThatIsThere:
    def it_brings_its_comments_in_later(self, project):
        data = file(("Sacha", "Météo"), ("Lou", "Accueil"))
        document = project.corpus.save(project.corpus.preview(data, "Entretien.docx"))
        assert [one.text for one in project.coding.comments(document.id)] == ["Météo", "Accueil"]
        assert project.coding.import_comments(document.id, "codings").codings == 2
        assert project.coding.import_comments(document.id, "codings").codings == 0
        project.history.undo()
        assert coded(project) == []
