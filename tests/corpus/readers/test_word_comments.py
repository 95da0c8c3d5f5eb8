"""Comments in Word's margin: about which passage, by whom, with which answers; never in the text."""

from __future__ import annotations

from qualikit.corpus.readers import readers
from tests.corpus.word_file import p, part, r, table, word

W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def begin(id: int) -> str:
    return f'<w:commentRangeStart w:id="{id}"/>'


def end(id: int) -> str:
    return f'<w:commentRangeEnd w:id="{id}"/>{mark(id)}'


def mark(id: int) -> str:
    return f'<w:r><w:commentReference w:id="{id}"/></w:r>'


def comment(id: int, text: str, author: str = "Camille", paragraph: str = "") -> str:
    known = f' w14:paraId="{paragraph}"' if paragraph else ""
    return f'<w:comment w:id="{id}" w:author="{author}"><w:p{known}>{r(text)}</w:p></w:comment>'


def read(body: str, comments: str, **parts):
    related = {"c": ("comments", part("comments", comments)), **parts}
    return readers.get("docx").read(word(body, related), "essai.docx")


def about(found) -> list[str | None]:
    return [one.span.of(found.text) if one.span else None for one in found.comments]


class DescribeThePassage:
    def it_is_what_stands_between_the_marks(self):
        found = read(p("Il a ", begin(0), "plu", end(0), " tout le jour."), comment(0, "Météo"))
        assert found.text == "Il a plu tout le jour."
        assert about(found) == ["plu"]
        assert found.comments[0].author == "Camille"

    def it_goes_across_paragraphs_and_cells(self):
        body = p("Un ", begin(0), "deux") + table((p("trois"), p("qua", end(0), "tre")))
        assert about(read(body, comment(0, "Suite"))) == ["deux\ntrois\tqua"]

    def it_is_counted_in_the_normalised_text(self):
        body = p("e\u0301te\u0301 🚲\r\n ", begin(0), "pluie\u0301", end(0), " e\u0301", r("gras", "<w:b/>"))
        found = read(p() + body, comment(0, "Météo"))
        assert about(found) == ["pluié"]
        assert [span.of(found.text) for span in found.bold] == ["gras"]

    def it_leaves_the_blanks_around_the_words(self):
        found = read(p("Un", begin(0), " deux ", end(0), "trois") + p(), comment(0, "x"))
        assert about(found) == ["deux"]

    def it_may_overlap_another(self):
        body = p(begin(0), "un ", begin(1), "deux", end(0), " trois", end(1))
        assert about(read(body, comment(0, "a") + comment(1, "b"))) == ["un deux", "deux trois"]

    def it_may_be_in_a_note(self):
        body = p('Un<w:r><w:footnoteReference w:id="2"/></w:r>'.removeprefix("Un"))
        note = f'<w:footnote w:id="2">{p("En bas, ", begin(0), "la note", end(0))}</w:footnote>'
        found = read(p("Un") + body, comment(0, "x"), f=("footnotes", part("footnotes", note)))
        assert about(found) == ["la note"]

    def it_is_the_line_where_only_a_mark_stands(self):
        body = p("Première ligne.") + p("Deuxième ", mark(0), "ligne.") + p("Troisième.")
        assert about(read(body, comment(0, "x"))) == ["Deuxième ligne."]

    def it_is_the_next_line_where_the_mark_opens_it(self):
        assert about(read(p("Un.") + p(mark(0), "Deux."), comment(0, "x"))) == ["Deux."]

    def it_is_nothing_where_its_words_were_deleted(self):
        body = p("Reste. ", f"<w:del>{begin(0)}{r('parti')}{end(0)}</w:del>")
        assert about(read(body, comment(0, "x"))) == [None]

    def it_is_nothing_where_the_file_has_no_mark(self):
        assert about(read(p("Un"), comment(7, "x"))) == [None]

    def it_follows_its_words_when_a_table_of_speakers_is_written_out(self):
        rows = [(p("N°"), p("Locuteur"), p("Propos"))]
        rows += [(p(str(n)), p("AB"[n % 2]), p("On a ", begin(n), "froid", end(n), f" {n}.")) for n in range(6)]
        found = read(table(*rows), "".join(comment(n, "Météo") for n in range(6)))
        assert about(found) == ["froid"] * 6
        assert found.text.startswith("A : On a froid 0.\nB : On a froid 1.")


class DescribeThreads:
    def it_puts_answers_under_what_they_answer(self):
        comments = comment(0, "Météo", paragraph="00A") + comment(1, "D'accord.", "Sacha", "00B")
        comments += comment(2, "Moi aussi.", "Lou", "00C")
        extended = (
            f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="00A" w15:done="1"/>'
            '<w15:commentEx w15:paraId="00B" w15:paraIdParent="00A" w15:done="1"/>'
            '<w15:commentEx w15:paraId="00C" w15:paraIdParent="00B" w15:done="0"/></w15:commentsEx>'
        ).encode()
        (one,) = read(p(begin(0), "Il pleut", end(0)), comments, e=("commentsExtended", extended)).comments
        assert (one.text, one.resolved) == ("Météo", True)
        assert [(answer.author, answer.text) for answer in one.replies] == [
            ("Sacha", "D'accord."),
            ("Lou", "Moi aussi."),
        ]

    def it_survives_answers_that_go_round_in_circles(self):
        comments = comment(0, "a", paragraph="A") + comment(1, "b", paragraph="B")
        extended = (
            f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="A" w15:paraIdParent="B"/>'
            '<w15:commentEx w15:paraId="B" w15:paraIdParent="A"/></w15:commentsEx>'
        ).encode()
        found = read(p(begin(0), "Il pleut", end(0)), comments, e=("commentsExtended", extended)).comments
        assert [one.text for one in found] == ["a", "b"]


def test_no_comment_enters_the_text_and_empty_ones_are_passed_over():
    found = read(p(begin(0), "Un", end(0)), comment(0, "  ") + comment(1, "Remarque"))
    assert found.text == "Un"
    assert [one.text for one in found.comments] == ["Remarque"]
