"""Names in a sheet and names of documents: the same interview as several hands write it."""

from __future__ import annotations

import datetime

import pytest

from qualikit.corpus.model import Document
from qualikit.corpus.near_titles import signature
from qualikit.corpus.sheet_documents import match_documents


def matched(titles: list[str], names: list[str], days: list[datetime.date | None] | None = None) -> list[str | None]:
    known = [Document(id=title, title=title, file_name=f"{title}.docx") for title in titles]
    _options, proposed = match_documents(names, days or [None] * len(names), known)
    return [option.target if option is not None else None for option in proposed]


class DescribeASignature:
    def it_tells_dates_numbers_parts_and_words_apart(self):
        found = signature("Entretien 01 24.10.03 02ab_traitement_A.docx")
        assert found.words == ("entretien", "traitement", "a")
        assert found.numbers == (1, 2)
        assert datetime.date(2024, 10, 3) in found.dates
        assert found.parts == {"a", "b"}

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Entretien_01_24.12.09a", "entretien 1 24-12-09 A"),
            ("FG Laval 6 février 2024", "focus_group-laval_2024-02-06.docx"),
            ("ITW n°4", "Interview 04"),
            ("Entretien 7 v2", "entretien_07"),
            ("Obs. l'école", "observation école"),
            ("C:\\terrain\\ENT03.docx", "ent 3"),
        ],
    )
    def it_is_the_same_however_it_is_written(self, one, other):
        assert signature(one).base == signature(other).base or signature(one).numbers == signature(other).numbers

    def it_does_not_take_a_date_for_a_folder(self):
        assert signature("Marché 10/10/2023").dates == {datetime.date(2023, 10, 10)}

    @pytest.mark.parametrize("name", ["", "_", "…", "é" * 5000, "1" * 400, "🌧"])
    def it_takes_anything(self, name):
        signature(name)


class DescribeMatching:
    def it_finds_numbered_interviews_however_they_are_counted(self):
        titles = [f"Entretien {n:02}" for n in range(1, 13)]
        names = ["Entretien 1", "ENTRETIEN_03", "entretien n°4", "5", "Entretien 12 (relu)", "Entretien 13"]
        assert matched(titles, names) == [
            "Entretien 01", "Entretien 03", "Entretien 04", "Entretien 05", "Entretien 12", None,
        ]  # fmt: skip

    def it_finds_codes_beside_the_state_of_the_file(self):
        titles = [f"P{n}_transcript_final_v2" for n in range(1, 13)]
        assert matched(titles, ["P1", "P2", "P11", "P13"]) == [titles[0], titles[1], titles[10], None]

    def it_finds_who_and_where_without_the_rest(self):
        titles = [
            "entretien_directrice_EHPAD_Les_Lilas",
            "entretien_directrice_EHPAD_Les_Roses",
            "entretien_aide_soignante_EHPAD_Les_Lilas",
        ]
        names = ["Directrise Lilas", "Directrice Roses", "Aide-soignante Lilas", "Aide soignante Roses"]
        assert matched(titles, names) == [*titles, None]

    def it_asks_where_two_are_as_likely(self):
        titles = ["Itw_Sophie_L_20240312", "Itw_Karim_B_20240313", "Itw_Sophie_M_20240314"]
        assert matched(titles, ["Sophie", "Karim", "Sophie M"]) == [None, titles[1], titles[2]]

    @pytest.mark.parametrize("name", ["Entretien", "Laval", "Entretien mairie de Rennes", "Jean Dupont"])
    def it_proposes_nothing_for_what_says_too_little(self, name):
        titles = ["Entretien_CCAS_Laval", "Entretien_mediatrice_Aubagne", "FG_usagers_Laval", "Note_Laval"]
        assert matched(titles, [name]) == [None]

    def it_refuses_what_contradicts(self):
        assert matched(["FG Laval 2024-02-06"], ["FG Laval 2024-03-06"]) == [None]
        assert matched(["Entretien 2 mairie", "Entretien 3"], ["Entretien 4 mairie"]) == [None]

    def it_uses_the_date_that_the_row_says_elsewhere(self):
        titles = ["Marché 2024-03-05", "Marché 2024-03-12"]
        day = datetime.date(2024, 3, 12)
        assert matched(titles, ["Marché"], [day]) == ["Marché 2024-03-12"]

    def it_gives_a_document_in_two_parts_its_two_rows_and_no_other(self):
        titles = ["Entretien 01 25.01.14 02ab", "Entretien 01 25.01.14 03ab", "Entretien 01 24.12.09"]
        names = ["Ent_01_25.01.14_02a", "Ent_01_25.01.14_02b", "Ent_01_25.01.14_03a", "Ent_01_24.12.09a"]
        assert matched(titles, names) == [titles[0], titles[0], titles[1], titles[2]]

    def it_gives_each_part_its_own_document_where_there_are_two(self):
        titles = ["Entretien 24.12.09a", "Entretien 24.12.09b"]
        assert matched(titles, ["ent_24.12.09b", "ent_24.12.09a"]) == [titles[1], titles[0]]

    def it_prefers_the_best_pairs_over_the_whole_sheet(self):
        # « Mairie » alone would do for the first, but the second row has a better claim to it.
        titles = ["Mairie Laval", "Mairie Laval annexe"]
        assert matched(titles, ["Mairie annexe", "mairie laval"]) == ["Mairie Laval annexe", "Mairie Laval"]

    def it_takes_exact_names_first_and_asks_between_namesakes(self):
        known = [Document(id="1", title="A", file_name="x.txt"), Document(id="2", title="B", file_name="x.txt")]
        options, proposed = match_documents(["A", "x.txt"], [None, None], known)
        assert proposed[0] is not None
        assert (proposed[0].target, proposed[0].score) == ("1", 100)
        assert proposed[1] is None
        assert [option.score for option in options[1]] == [100, 100]


def test_all_twelve_interviews_find_their_row(shared):
    """The sheet that came with them: names that do not quite match, one row or two a document, rows without file."""
    from qualikit.sheets import read_sheet

    folder = shared / "data" / "interviews_artisans"
    rows = read_sheet(folder / "recap_entretien.csv").rows
    names = [row["Nom Fichier"] for _number, row in rows]
    files = sorted(path.stem for path in folder.glob("*.docx"))
    meant = {}
    for name in names:
        bare = name.removeprefix("Entretien_").replace("_", " ")
        whole = f"Entretien {bare}_traitement_A"
        both = f"Entretien {bare[:-1]}ab_traitement_A"  # the two parts of an interview in one file
        meant[name] = whole if whole in files else both if both in files else None
    found = matched(files, names)
    assert dict(zip(names, found, strict=True)) == meant  # precision and recall of 1: 15 rows, 50 without file
    assert {title for title in found if title} == set(files)
    assert len(files) == 12
