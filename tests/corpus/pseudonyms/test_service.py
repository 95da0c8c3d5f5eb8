"""Pseudonyms in a whole project: one per person across documents, codings that follow, undone in one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from qualikit.corpus.pseudonyms.model import Decision, Kind
from qualikit.errors import KeyRefused
from tests.corpus.pseudonyms.people import NAMES, PASSPHRASE


class DescribeApplying:
    def it_replaces_one_person_by_one_pseudonym_in_every_document(self, project, key):
        done = project.corpus.pseudonyms.apply(key)

        group, interview = project.corpus.text("Groupe Morel"), project.corpus.text("Entretien Zohra")
        assert "Mme Morel : Oui. Quand il pleut" in group
        assert "MOREL comme on m'appelle. Moi c'est Samira" in group
        assert "Vous connaissez Samira Morel ?" in interview
        assert "L'école de Zohra" in interview
        assert "appeler le [téléphone]" in group
        assert not any(name in group + interview for name in NAMES)
        assert (done.documents, done.aside) == (2, 0)

    def it_takes_codings_turns_and_speakers_along(self, project, key):
        project.corpus.pseudonyms.apply(key)

        assert project.check() == []
        assert {coding.quote for coding in project.coding.codings()} >= {"Moi c'est Samira", "petit à petit, ils osent"}
        assert [turn.label for turn in project.corpus.turns("Groupe Morel")][:2] == ["Animatrice", "Mme Morel"]
        assert [person.name for person in project.corpus.participants("Groupe Morel")][:2] == [
            "Animatrice",
            "Mme Morel",
        ]

    def it_replaces_them_in_all_that_was_written(self, project, key):
        project.corpus.pseudonyms.apply(key)

        assert project.corpus.document("Groupe Morel").file_name == "Groupe Morel.docx"
        assert project.coding.code("Ce que dit Samira")
        assert project.coding.memos()[0].text == "Samira rit en le disant."
        assert project.corpus.participants("Groupe Morel")[1].attributes["Voisine de"] == "Zohra"
        assert project.name == "Voisins de Samira Morel"
        assert project.corpus.territories() == ["Aubagne"]

    def it_is_one_action_undone_in_one(self, project, key):
        before = {d.title: project.corpus.text(d.document) for d in project.corpus.documents()}
        project.corpus.pseudonyms.apply(key)

        assert project.history.next()[0] == "noms remplacés par des pseudonymes"
        project.history.undo()

        assert {d.title: project.corpus.text(d.document) for d in project.corpus.documents()} == before
        assert project.check() == []
        project.history.redo()
        assert "Samira" in project.corpus.text("Groupe Morel")

    def it_is_undone_where_a_document_was_out_of_sight(self, project, key):
        project.corpus.remove_document("Entretien Aïcha")
        project.corpus.pseudonyms.apply(key)

        project.history.undo()
        project.history.undo()

        assert [one.title for one in project.corpus.documents()] == ["Entretien Aïcha", "Groupe Bénali"]

    def it_does_nothing_at_all_once_stopped(self, project, key):
        revision = project.revision

        done = project.corpus.pseudonyms.apply(key, lambda at, _total, _title: at < 1)

        assert done.stopped
        assert project.revision == revision
        assert "Fatima" in project.corpus.text("Groupe Bénali")

    def it_changes_nothing_the_second_time(self, project, key):
        project.corpus.pseudonyms.apply(key)
        revision = project.revision

        assert project.corpus.pseudonyms.apply(key).replaced == 0
        assert project.revision == revision

    def it_leaves_what_is_kept_or_pending(self, project, key):
        phone = next(entry for entry in key.entries if entry.kind is Kind.PHONE)
        project.corpus.pseudonyms.decide(key, [phone.id], Decision.KEEP)

        project.corpus.pseudonyms.apply(key)

        assert "06 12 34 56 78" in project.corpus.text("Groupe Morel")

    def it_writes_no_pair_of_names_into_the_project(self, project, key):
        project.corpus.pseudonyms.apply(key)

        with closing(sqlite3.connect(f"file:{project.path}?mode=ro", uri=True)) as connection:
            kept = [
                str(row) for row in connection.execute("SELECT * FROM info UNION SELECT key, value FROM preferences")
            ]
        assert not any("Samira" in row and "Fatima" in row for row in kept)


class DescribeReviewing:
    def it_counts_every_form(self, project, key):
        counted = {one.entry.name: one for one in project.corpus.pseudonyms.counts(key)}

        assert counted["Fatima Bénali"].documents == {"Groupe Bénali": 7, "Entretien Aïcha": 1}  # titles too
        assert counted["06 12 34 56 78"].count == 1

    def it_shows_contexts_before_and_after(self, project, key):
        aicha = next(entry for entry in key.entries if "Aïcha" in entry.forms)
        contexts = project.corpus.pseudonyms.contexts(key, aicha.id)

        assert any(one.left.endswith("L'école d'") and one.replacement == "Zohra" for one in contexts)
        after = [one.replacement for one in project.corpus.pseudonyms.preview(key)]
        assert "de Zohra" in after

    def it_shows_titles_names_and_attributes_before_and_after(self, project, key):
        others = project.corpus.pseudonyms.preview_others(key)

        shown = {(one.before, one.after) for one in others.shown}
        assert ("Groupe Bénali", "Groupe Morel") in shown
        assert ("Mme Bénali", "Mme Morel") in shown
        assert ("Voisine de : Aïcha", "Voisine de : Zohra") in shown
        assert [one.what for one in others.shown][:2] == ["Titre", "Titre"]
        assert others.others == 5  # two file names, a memo, a code, the project's name

        project.corpus.pseudonyms.apply(key)
        after = project.corpus.pseudonyms.preview_others(key)
        assert (after.shown, after.others) == ((), 0)

    def it_refuses_a_pseudonym_that_somebody_has(self, project, key):
        service = project.corpus.pseudonyms
        aicha = next(entry for entry in key.entries if "Aïcha" in entry.forms)

        with pytest.raises(KeyRefused, match="déjà le pseudonyme"):
            service.rename(key, aicha.id, "Samira Morel")
        with pytest.raises(KeyRefused, match="vrai nom"):
            service.rename(key, aicha.id, "fatima benali")
        with pytest.raises(KeyRefused, match="vide"):
            service.rename(key, aicha.id, "  ")

    def it_makes_two_names_one_person_and_one_two(self, project, key):
        service = project.corpus.pseudonyms
        momo = service.add(key, "La Fatou")
        fatima = key.entries[0]

        together = service.merge(key, [fatima.id, momo.id])
        assert "La Fatou" in together.forms
        assert together.pseudonym == "Samira Morel"

        alone = service.split(key, fatima.id, "La Fatou")
        assert alone.pseudonym
        assert "La Fatou" not in key.entry(fatima.id).forms

    def it_goes_on_from_the_key_in_a_new_session(self, project, key):
        project.corpus.pseudonyms.decide(key, [key.entries[0].id], Decision.KEEP)

        again = project.corpus.pseudonyms.open_key(PASSPHRASE)

        assert again.entries[0].decision is Decision.KEEP
        assert again.entries[0].pseudonym == "Samira Morel"

    def it_calls_people_otherwise_where_asked(self, project, key):
        project.corpus.pseudonyms.restyle(key, "numbers")
        project.corpus.pseudonyms.apply(key)

        assert "Personne 1 : Oui. Quand il pleut" in project.corpus.text("Groupe Personne 1")
        assert project.check() == []


class DescribeLookingAgain:
    def it_finds_nothing_after_applying(self, project, key):
        project.corpus.pseudonyms.apply(key)

        residue = project.corpus.pseudonyms.scan(key)

        assert residue.known == ()
        assert [one.match for one in residue.shaped] == ["rue des Amandiers"]  # nobody put it into the key
        assert "Ce n'est pas une anonymisation" in " ".join(residue.sentences())

    def it_finds_names_before_and_where_they_stand(self, project, key):
        residue = project.corpus.pseudonyms.scan(key)

        where = {one.document for one in residue.known}
        assert {"Groupe Bénali", "mémo", "grille de codage", "nom du projet ou de la grille"} <= where

    def it_tells_how_far_it_is_and_finds_nothing_clean_when_stopped(self, project, key):
        told = []
        whole = project.corpus.pseudonyms.scan(key, progress=lambda *now: told.append(now))
        assert [done for done, _total, _title in told] == list(range(whole.documents))

        project.corpus.pseudonyms.apply(key)
        residue = project.corpus.pseudonyms.scan(key, progress=lambda done, total, title: False)

        assert (residue.stopped, residue.clean, residue.documents) == (True, False, 0)

    def it_sees_names_inside_words_and_numbers_that_nobody_decided_on(self, project, key):
        project.corpus.pseudonyms.apply(key)
        project.coding.write_memo("La kerouédanie ; rappeler au 07 00 00 00 01.", document="Groupe Morel")

        residue = project.corpus.pseudonyms.scan(key)

        assert [one.match for one in residue.hidden] == ["kerouédanie"]
        assert [one.match for one in residue.shaped] == ["rue des Amandiers", "07 00 00 00 01"]
        assert json.dumps(residue.sentences(), ensure_ascii=False).count("à lire") == 1
