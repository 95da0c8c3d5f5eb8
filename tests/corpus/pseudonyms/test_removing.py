"""A person taken out at their request: nothing of what they said is left in any byte, and the rest stands."""

from __future__ import annotations

import pytest

from qualikit.corpus.pseudonyms.model import Decision
from qualikit.errors import KeyRefused, NotFound
from qualikit.store.files import back_up
from qualikit.themes.reading.query import Query
from tests.corpus.pseudonyms.bytes_of import found
from tests.corpus.pseudonyms.people import PASSPHRASE

SAID = ("appeler le 06 12 34 56 78", "La dame d'à côté", "Les gens du quartier", "Kerouédan")
HER_WORDS = ("personne ne vient au triporteur", "Moi c'est Fatima", "mon mail", "rue des Amandiers")


class DescribeAPersonRemoved:
    def it_leaves_nothing_they_said_nor_their_name(self, project, folder):
        back_up(project.path)
        assert {word for _file, word in found(folder, SAID)} == set(SAID)

        done = project.corpus.remove_person("M. Kerouédan")

        assert (done.turns, done.codings, done.originals) == (2, 1, 1)
        assert found(folder, SAID) == []
        project.close()
        assert found(folder, SAID) == []

    def it_leaves_nothing_in_the_versions_of_the_codebook_nor_in_the_reasons_of_its_changes(self, project, folder):
        coding = project.coding
        coding.update_code(
            "Météo", definition="Comme dit M. Kerouédan", example="La dame d'à côté ne vient plus jamais"
        )
        coding.save_version("Vue avec M. Kerouédan", "M. Kerouédan l'a relue")
        coding.note_change(coding.codebook_log()[1].seq, "Demandé par M. Kerouédan")
        coding.update_code("Météo", definition="Pluie", example="")

        project.corpus.remove_person("M. Kerouédan")

        project.close()
        assert found(folder, ["Kerouédan"]) == []

    def it_leaves_nothing_in_the_guide_the_queries_the_suggestions_nor_the_memos_on_codes(self, project, folder):
        said = project.corpus.guide.add("Que pense M. Kerouédan de la météo ?", "Avec M. Kerouédan")
        for document in project.corpus.documents():
            for turn in project.corpus.turns(document.id):
                if turn.label and "Kerouédan" in turn.label:
                    project.corpus.guide.mark(document.id, turn.span, said)
        project.themes.queries.save("Météo selon M. Kerouédan", Query(attributes=(("Vu par", ("M. Kerouédan",)),)))
        project.coding.write_memo("Voir avec **M. Kerouédan**.", code="Météo")
        project.coding.update_code("Météo", keywords=["Kerouédan", "quartier"])
        project.coding.suggest("keywords")
        project.coding.update_code("Météo", keywords=["quartier"])

        project.corpus.remove_person("M. Kerouédan")

        project.close()
        assert found(folder, ["Kerouédan", "kerouedan"]) == []

    def it_announces_no_original_that_is_already_gone_nor_zero_codings(self, project):
        project.corpus.remove_person("Mme Bénali")

        said = " ".join(project.corpus.foresee_removal("Aïcha").sentences())
        project.corpus.remove_person("M. Kerouédan")
        again = project.corpus.foresee_removal("Aïcha")

        assert "codage" not in said
        assert again.originals == 0
        assert "d'origine" not in " ".join(again.sentences())

    def it_leaves_the_rest_standing(self, project):
        project.corpus.remove_person("M. Kerouédan")

        assert project.check() == []
        text = project.corpus.text("Groupe Bénali")
        assert "Quand il pleut, personne ne vient" in text
        assert text.count("[paroles retirées]") == 2
        assert "Et vous, [personne retirée] ?" in text or "Et vous, monsieur [personne retirée] ?" in text
        assert [person.name for person in project.corpus.participants("Groupe Bénali")] == ["Animatrice", "Mme Bénali"]
        assert [turn.label for turn in project.corpus.turns("Groupe Bénali")] == [
            "Animatrice", "Mme Bénali", None, "Mme Bénali", "Animatrice", None,
        ]  # fmt: skip
        quotes = {coding.quote for coding in project.coding.codings()}
        assert "petit à petit, ils osent" not in quotes
        assert "Quand il pleut, personne ne vient" in quotes

    def it_cuts_a_passage_that_went_over_into_their_words(self, project):
        project.corpus.remove_person("M. Kerouédan", mentions=False)

        [quote] = [c.quote for c in project.coding.codings() if c.quote.startswith("Merci")]
        assert quote == "Merci Fatima Bénali. Et vous, monsieur Kerouédan ?"

    def it_takes_quotations_of_them_out_of_examples_and_memos(self, project, folder):
        project.corpus.remove_person("Mme Bénali")

        assert found(folder, HER_WORDS) == []
        assert "[paroles retirées]" in project.coding.code("Météo").example
        assert "Fatima" not in project.coding.memos()[0].text

    def it_leaves_a_record_without_the_name(self, project):
        project.corpus.remove_person("M. Kerouédan")

        last = project.history.events()[0]
        assert last.label == "une personne a été retirée à sa demande (2 tours de parole, 1 codage)"
        assert last.coder == "Camille"
        assert project.history.next() == (None, None)

    def it_takes_them_out_of_the_key_too(self, project, key):
        with pytest.raises(KeyRefused, match="a une clé"):
            project.corpus.remove_person("M. Kerouédan")

        project.corpus.pseudonyms.apply(key)
        name = next(entry.pseudonym for entry in key.entries if "Kerouédan" in entry.name)
        project.corpus.remove_person(f"M. {name}", key)

        key.reload()
        assert not any("Kerouédan" in form for entry in key.entries for form in entry.forms)
        assert any("Aïcha" in entry.forms for entry in key.entries)

    def it_is_not_brought_back_by_a_window_that_had_the_key_open(self, project, key):
        service = project.corpus.pseudonyms
        elsewhere = service.open_key(PASSPHRASE)
        project.corpus.remove_person("M. Kerouédan", key)

        service.decide(elsewhere, [entry.id for entry in elsewhere.entries], Decision.REPLACE)

        assert not any("Kerouédan" in form for one in (key, elsewhere) for entry in one.entries for form in entry.forms)
        key.reload()
        assert not any("Kerouédan" in form for entry in key.entries for form in entry.forms)

    def it_takes_words_out_of_an_earlier_text_that_gave_them_to_another(self, project, folder):
        text = project.corpus.text("Groupe Bénali")
        corrected = text.replace(
            "Les gens du quartier, petit à petit", "Les gens du quartier.\n\nOdile : Petits à petits"
        )
        project.corpus.correct("Groupe Bénali", new_text=corrected, heard=["Odile"])
        project.corpus.correct("Entretien Aïcha", speakers={3: "Odile"})

        project.corpus.remove_person("Odile")

        assert found(folder, ["ils osent", "petite boîte", "Odile"]) == []
        assert "M. Kerouédan : Les gens du quartier, [paroles retirées]" in project.corpus.version_text(
            "Groupe Bénali", 1
        )
        assert project.check() == []

    def it_leaves_no_file_named_after_them(self, project, folder):
        note = folder.parent / "Notes Kerouédan.txt"
        note.write_text("Il faisait froid ce matin-là devant l'école.", "utf-8")
        project.corpus.import_files([note])

        project.corpus.remove_person("M. Kerouédan")

        assert found(folder, ["Kerouédan"]) == []

    def it_takes_what_was_written_about_them(self, project, folder):
        person = next(one for one in project.corpus.participants() if one.name == "M. Kerouédan")
        project.themes.set_synthesis("Météo", "participant", person.id, "Le plus réservé du groupe.")

        project.corpus.remove_person("M. Kerouédan")

        assert project.themes.syntheses() == []
        assert found(folder, ["réservé"]) == []

    def it_numbers_two_codes_that_would_be_called_the_same(self, project):
        project.coding.add_code("M. Kerouédan")
        project.coding.add_code("Kerouédan")

        project.corpus.remove_person("M. Kerouédan")

        named = {code.name for code in project.coding.codebook if "retirée" in code.name}
        assert named == {"[personne retirée]", "[personne retirée] (2)"}

    def it_leaves_mentions_where_asked(self, project):
        project.corpus.remove_person("Aïcha", mentions=False)

        assert "Aïcha" in project.corpus.text("Groupe Bénali")
        assert "Aïcha" not in [person.name for person in project.corpus.participants()]

    def it_says_beforehand_what_goes_and_does_nothing(self, project):
        before = project.revision

        foreseen = project.corpus.foresee_removal("mme benali")

        said = " ".join(foreseen.sentences())
        assert "2 tours de parole dans 1 document" in said
        assert "2 fichiers d'origine" in said  # the other interview names her
        assert project.revision == before

    def it_refuses_somebody_unknown(self, project):
        with pytest.raises(NotFound, match="Personne ne s'appelle"):
            project.corpus.remove_person("Mme Inconnue")


class DescribeNamesakes:
    @pytest.fixture
    def two(self, project, folder):
        """Two documents in which a P1 speaks, each another person."""
        for number, said in enumerate(("Les bancs manquent.", "Les arbres manquent.")):
            text = f"Animatrice : Bonjour.\n\nP1 : {said}\n\nAnimatrice : Merci P1.\n"
            (folder.parent / f"Table {number}.txt").write_text(text, "utf-8")
            project.corpus.import_files([folder.parent / f"Table {number}.txt"])
        return project

    def it_takes_one_of_them_and_leaves_the_other_as_they_are(self, two):
        one = two.corpus.people.find("P1", "Table 0")
        other = two.corpus.text("Table 1")

        two.corpus.remove_person(one.id)

        assert two.corpus.text("Table 0").count("[paroles retirées]") == 1
        assert "Merci [personne retirée]" in two.corpus.text("Table 0")
        assert two.corpus.text("Table 1") == other
        assert [turn.label for turn in two.corpus.turns("Table 1")] == ["Animatrice", "P1", "Animatrice"]

    def it_takes_them_all_by_their_name(self, two):
        assert two.corpus.foresee_removal("P1").documents == ("Table 0", "Table 1")

    def it_leaves_those_who_bear_elsewhere_one_of_the_labels_of_who_goes(self, two):
        one = two.corpus.people.find("P1", "Table 0")
        two.corpus.people.merge([one], into="M. Kerouédan")
        other = two.corpus.text("Table 1")

        two.corpus.remove_person("M. Kerouédan")

        assert "Les bancs" not in two.corpus.text("Table 0")
        assert two.corpus.text("Table 1") == other


class DescribeADocumentErased:
    def it_leaves_nothing_of_it(self, project, folder):
        project.corpus.erase_document("Entretien Aïcha")

        assert found(folder, ["Roquefeuil", "petite boîte", "Enquêteur"]) == []
        assert [document.title for document in project.corpus.documents()] == ["Groupe Bénali"]
        assert project.check() == []
        assert project.history.events()[0].label == "un document a été supprimé pour de bon (0 codage)"

    def it_keeps_the_bytes_of_a_file_that_is_brought_again(self, project, built):
        project.corpus.remove_person("Aïcha")
        project.corpus.remove_document("Entretien [personne retirée]")

        [again] = project.corpus.import_files([built / "Entretien Aïcha.txt"]).saved

        assert project.corpus.original(again) == (built / "Entretien Aïcha.txt").read_bytes()

    def it_takes_the_synthesis_of_it(self, project):
        document = next(one.document for one in project.corpus.documents() if one.title == "Entretien Aïcha")
        project.themes.set_synthesis("Météo", "document", document.id, "Un entretien tendu.")

        project.corpus.erase_document(document)

        assert project.themes.syntheses() == []

    def it_is_another_thing_than_putting_one_aside(self, project, folder):
        project.corpus.remove_document("Entretien Aïcha")
        assert found(folder, ["petite boîte"])

        project.history.undo()
        assert len(project.corpus.documents()) == 2
