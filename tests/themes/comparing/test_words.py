"""Words across groups, counted again by hand; the French model reads them."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.themes.charts import picture
from qualikit.themes.charts.differences import described as differences_described
from qualikit.themes.charts.differences import differences
from qualikit.themes.charts.keyness import described, keyness
from qualikit.themes.charts.plane import plane_chart
from qualikit.themes.comparing import lemmas
from qualikit.themes.statistics.keyness import log_likelihood, log_odds
from qualikit.themes.statistics.specificities import specificities


@pytest.fixture
def spoken(world):
    """Six people a side: each of Aubagne says « triporteur » twice, one of Laval says « vélo » forty times."""
    world.person("Animatrice", "moderator")
    for place, letter in (("Aubagne", "A"), ("Laval", "L")):
        for number in range(1, 7):
            name = f"{letter}{number}"
            world.person(name)
            if letter == "A":
                said = "Euh, le triporteur est bleu. Les triporteurs passent."
            else:
                said = "Le vélo passe. " * 40 if number == 1 else "La pluie passe, la pluie dure."
            world.document(
                f"Entretien {name}",
                [("Animatrice", "La météo, la météo, la météo ?"), (name, said)],
                territory=place,
                source="interview",
            )
    return world


def compared(world, **asked):
    return world.themes.compare(groups=["Aubagne", "Laval"], what="words", **asked)


class DescribeWordsCompared:
    def it_counts_dictionary_forms_by_who_says_them(self, spoken):
        made = compared(spoken)
        word = made.word("triporteur")
        assert [(use.uses, use.people, use.people_total) for use in word.uses] == [(12, 6, 6), (0, 0, 6)]
        assert set(word.forms) == {"triporteur", "triporteurs"}
        assert word.group == 0
        assert [group.words for group in made.groups] == [8 * 6, 3 * 40 + 6 * 5]
        assert word.own.rate == pytest.approx(10_000 * 12 / 48)

    def it_leaves_out_moderators_and_what_says_nothing_by_itself(self, spoken):
        known = {word.lemma for word in compared(spoken).words}
        assert "météo" not in known
        assert not known & {"le", "euh", "être", "la"}

    def it_measures_each_word_against_everything_that_was_said(self, spoken):
        made = compared(spoken)
        use = made.word("pluie").uses[1]
        table = [[0, 10], [48, 140]]
        assert use.specificity == pytest.approx(specificities(table)[0, 1])
        assert use.log_likelihood == pytest.approx(log_likelihood([10, 140], [0, 48], signed=True)[0])
        two = compared(spoken, cells=2).word("pluie").uses[1]
        assert two.log_likelihood == pytest.approx(log_likelihood([10], [0], (150, 48), cells=2)[0])
        assert any("quatre cases" in note for note in made.notes)
        assert any("deux cases" in note for note in compared(spoken, cells=2).notes)
        others = {word.lemma: word.uses for word in made.words}
        rows = [(uses[1].uses, uses[0].uses) for uses in others.values()]
        rest = (150 - sum(row[0] for row in rows), 48 - sum(row[1] for row in rows))
        first, second = zip(*[*rows, rest], strict=True)
        assert use.log_odds == pytest.approx(log_odds(first, second)[1][list(others).index("pluie")])

    def it_marks_a_word_that_one_person_carries_and_does_not_take_it_for_a_difference(self, spoken):
        made = compared(spoken)
        bike = made.word("vélo")
        assert (bike.uses[1].uses, bike.uses[1].people, bike.uses[1].alone) == (40, 1, True)
        assert bike.own.log_likelihood > 10  # what words alone would raise
        assert not bike.told
        assert made.verdict(bike) == "dit par une seule personne"
        assert made.test.looked_at == len(made.words) - 1
        assert not made.word("triporteur").own.alone
        assert made.word("triporteur").told
        assert "triporteur" in made.said

    def it_leads_to_the_forms_that_were_said(self, spoken):
        assert sorted(compared(spoken).word("triporteur").query.split(" OU ")) == ['"triporteur"', '"triporteurs"']

    def it_says_that_no_test_is_possible_when_it_is_not(self, two_groups):
        for number in range(3):
            two_groups.document(
                f"Encore {number}", [("Mme Roux", "La pluie tombe."), ("M. Petit", "Le vélo roule.")], territory="Laval"
            )
        made = two_groups.themes.compare(groups=["Aubagne", "Laval"], what="words")
        assert not made.test.possible
        assert "Aucun test possible" in made.test.said
        assert made.to_frame().p.isna().all()

    def it_deals_sessions_anew_when_asked(self, spoken):
        assert compared(spoken, unit="sessions").test.sizes == (6, 6)

    def it_compares_nothing_where_nothing_is_said(self, world):
        made = world.themes.compare(what="words")
        assert made.is_empty
        assert made.to_frame().empty
        world.person("A")
        world.document("D", [("A", "")], territory="Aubagne")
        assert world.themes.compare(what="words").is_empty


class DescribeReadingTheWords:
    def it_reads_a_text_once_and_tells_how_far_it_is(self, spoken):
        assert spoken.themes.unread_words() > 0
        told = []
        assert spoken.themes.read_words(progress=lambda *where: told.append(where) or True)
        assert told[0] == (0, 12, "Entretien A1")
        assert told[-1][:2] == (12, 12)
        assert spoken.themes.unread_words() == 0
        assert spoken.themes.read_words(progress=lambda *where: pytest.fail("read twice"))

    def it_stops_when_it_is_told_to(self, spoken):
        assert not spoken.themes.read_words(progress=lambda done, total, name: done < 2)
        assert spoken.themes.unread_words() > 0

    def it_says_what_to_install_where_the_model_is_missing(self, spoken, monkeypatch):
        from qualikit.errors import MissingDependency

        monkeypatch.setattr(lemmas, "MODEL", "fr_core_news_absent")
        monkeypatch.setattr(lemmas, "_model", lemmas._model.__wrapped__)
        with pytest.raises(MissingDependency, match="forme du dictionnaire"):
            spoken.themes.read_words()


class DescribeThePictures:
    def it_draws_the_words_and_says_what_they_show(self, spoken):
        made = compared(spoken)
        assert picture(keyness(made), "png").startswith(b"\x89PNG")
        assert "Aubagne" in described(made)
        assert "triporteur (12)" in described(made)

    def it_draws_one_line_for_two_groups_and_a_plane_for_three(self, spoken):
        spoken.document("Rennes", [(name, "La barque glisse. " * 5) for name in ("A1", "L1")], territory="Rennes")
        for groups, axes in ((["Aubagne", "Laval"], 1), (None, 2)):
            made = spoken.themes.compare(groups=groups, what="words")
            plane = made.correspondence()
            assert plane.axes == axes
            assert picture(plane_chart(plane), "png").startswith(b"\x89PNG")
            assert picture(keyness(made), "svg").startswith(b"<svg")

    def it_draws_the_differences_of_codes(self, sides):
        made = sides.themes.compare(groups=["Aubagne", "Laval"])
        assert picture(differences(made), "png").startswith(b"\x89PNG")
        assert "Météo (+83 points)" in differences_described(made).replace("\u00a0", " ")


def test_glass_and_textile_are_told_by_their_words(shared, tmp_path):
    """Twelve real interviews and their sheet."""
    folder = shared / "data" / "interviews_artisans"
    with Project.create(tmp_path / "p", coder="Camille") as project:
        project.corpus.import_files(sorted(folder.glob("*.docx")))
        attributes = project.corpus.attributes
        attributes.apply(attributes.plan(folder / "recap_entretien.csv").accepting(90))
        attributes.rename("Matériau", "Textile-Tissage", "Textile")
        made = project.themes.compare("matériau", ["Verre", "Textile"], what="words")
        assert [(group.people, group.sessions) for group in made.groups] == [(4, 4), (3, 3)]
        assert {"verre", "plomb"} <= {word.lemma for word in made.typical(0, most=8)}
        assert {"tissu", "fil"} & {word.lemma for word in made.typical(1, most=12)}
        assert (made.test.arrangements, made.test.exact, made.test.possible) == (35, True, True)
        assert made.word("verre").uses[0].people == 4
        assert not made.word("verre").own.alone
