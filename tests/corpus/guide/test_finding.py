"""Questions found by the guide's text: proposed with why, accepted in one, undone in one; and what is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualikit import Project
from qualikit.corpus.guide.likeness import families, likeness, prepare
from qualikit.corpus.guide.model import MarkOrigin
from qualikit.errors import NotFound


class DescribeFinding:
    def it_proposes_where_each_is_put_in_what_moderators_say(self, guided):
        found = guided.corpus.guide.find()
        places = {(each.title, guided.corpus.guide.question(each.question_id).number): each for each in found}
        assert set(places) == {
            ("Entretien Aubagne", 2), ("Entretien Aubagne", 3), ("Entretien Laval", 1), ("Entretien Laval", 2),
        }  # fmt: skip
        one = places["Entretien Laval", 1]
        assert one.quote == "Pour commencer, pouvez-vous me raconter une journée de tournée avec le triporteur ?"
        assert (one.speaker, one.before) == ("Enquêtrice", "Bonjour 🙂. ")
        assert "3 mots sur 3 de la question : raconter, journée, tournée" in one.reason.replace("\u00a0", " ")
        assert all(0 < each.score <= 100 for each in found)
        assert "le tour commence par son numéro" in places["Entretien Aubagne", 2].reason
        assert guided.corpus.guide.marks() == []  # nothing is applied alone

    def it_accepts_the_chosen_in_one_and_undoes_them_in_one(self, guided):
        guide = guided.corpus.guide
        assert guide.accept(guide.find()) == 4
        assert {mark.origin for mark in guide.marks()} == {MarkOrigin.GUIDE}
        assert guide.find() == []
        assert guided.check() == []
        guided.history.undo()
        assert guide.marks() == []
        assert guide.accept([]) == 0

    def it_leaves_what_has_moved_on_since(self, guided):
        guide = guided.corpus.guide
        found = guide.find("Entretien Laval")
        guide.remove(1)
        old = [replace(found[1], quote="autre"), replace(found[1], text_version_id="?"), found[0]]
        assert guide.accept(old) == 0
        assert guide.accept([found[1], found[1]]) == 1

    def it_says_how_far_it_is_and_stops(self, guided):
        heard = []
        guided.corpus.guide.find(progress=lambda done, total, title: heard.append((done, total, title)))
        assert heard == [(0, 2, "Entretien Aubagne"), (1, 2, "Entretien Laval"), (2, 2, "")]
        assert guided.corpus.guide.find(progress=lambda *_: False) == []

    def it_finds_nothing_without_a_guide_and_refuses_what_is_not_there(self, project):
        assert project.corpus.guide.find() == []
        with pytest.raises(NotFound):
            project.corpus.guide.find("Absent")

    def it_knows_a_question_in_other_words_and_misheard(self):
        asked = prepare([("a", 1, "Décrivez les étapes du montage ?"), ("b", 2, "Combien de temps ?")])
        near = likeness(asked[0], families("t'écrire, décrire les étape du montages"))
        assert near.score > 80
        assert likeness(asked[0], families("Il pleut à verse")).score == 0
        assert likeness(asked[1], families("quelque temps")).score < near.score
        assert prepare([("c", 1, "Et vous ?")]) == []

    def it_finds_the_numbered_questions_of_real_interviews(self, shared, tmp_path):
        with Project.create(tmp_path / "reel") as project:
            folder = shared / "data" / "interviews_artisans"
            project.corpus.import_files(sorted(folder.glob("*.docx")))
            guide = project.corpus.guide
            guide.add("Pouvez-vous raconter une journée de travail classique ?")
            found = guide.find()
            assert len({each.document_id for each in found}) >= 10
            assert guide.accept(found) == len(found)
            assert project.check() == []


class DescribeAnswers:
    @pytest.fixture
    def answered(self, guided):
        guided.corpus.guide.accept(guided.corpus.guide.find())
        return guided

    def it_gathers_the_turns_under_a_question(self, answered):
        found = answered.corpus.guide.answers(2)
        assert [(each.title, each.speaker, each.asks) for each in found] == [
            ("Entretien Aubagne", "Animateur", True),
            ("Entretien Aubagne", "Mme Roux", False),
            ("Entretien Laval", "Enquêtrice", True),
            ("Entretien Laval", "Médiatrice", False),
            ("Entretien Laval", "M. Petit", False),
            ("Entretien Laval", "Enquêtrice", False),
        ]
        text = answered.corpus.text("Entretien Laval")
        assert all(text[each.start : each.stop] == each.text for each in found if each.title == "Entretien Laval")

    def it_narrows_by_territory_participant_and_document(self, answered):
        guide = answered.corpus.guide
        petit = answered.corpus.people.find("M. Petit").id
        assert [each.text for each in guide.answers(2, territory="aubagne")] == ["Rien du tout."]
        answered.corpus.update_participant(petit, attributes={"territoire": "Aubagne"})
        assert len(guide.answers(2, territory="Aubagne")) == 2
        assert [each.text for each in guide.answers(2, participant="m. petit")] == ["Moi, je fais mes démarches seul."]
        assert guide.answers(2, participant=petit, document="Entretien Aubagne") == []
        assert {each.speaker for each in guide.answers(2, moderators=False)} == {"Mme Roux", "Médiatrice", "M. Petit"}

    def it_gives_a_frame_and_a_coverage(self, answered):
        frame = answered.corpus.guide.answers_frame(2, moderators=False)
        assert frame["text"].iloc[0] == "Rien du tout."
        assert list(frame["territory"]) == ["Aubagne", "Laval", "Laval"]
        coverage = answered.corpus.guide.coverage()
        assert [coverage.put(question.id) for question in coverage.questions] == [1, 2, 1]
        assert [title for _id, title in coverage.documents] == ["Entretien Aubagne", "Entretien Laval"]
