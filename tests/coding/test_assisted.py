"""What is learned from a project's coding: passages like one, missed, doubtful, next to read, without any code."""

from __future__ import annotations

import numpy as np
import pytest

from qualikit import Project, settings
from qualikit.coding import encoders, indexing
from qualikit.coding.vectors import Stopped
from qualikit.errors import CodingRefused, NotFound
from tests.coding import talks
from tests.coding.talks import FAMILY, FEAR, RAIN, REPAIR

PARAPHRASE = "Elle est angoissée à l'idée de commettre une erreur en touchant le clavier."
LEFT = FEAR[0]
"""The passage that was not coded."""


@pytest.fixture(scope="module")
def talked(tmp_path_factory):
    """The interviews with nothing coded; no test changes it."""
    with talks.make(tmp_path_factory.mktemp("dit")) as project:
        yield project


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """The interviews coded, but for one passage, and with one coding that does not belong; no test changes it."""
    with talks.make(tmp_path_factory.mktemp("code")) as project:
        for name, said in (("Météo", RAIN), ("Craintes", FEAR), ("Matériel", REPAIR), ("Entourage", FAMILY[:3])):
            for words in said:
                if words != LEFT:
                    talks.code(project, words, name)
        talks.code(project, FAMILY[3], "Matériel")
        yield project


@pytest.fixture(scope="module")
def unspoken(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("groupes") / "p", coder="Camille") as project:
        for n in range(2):
            said = [
                *(f"Le jardin partagé de la rue {x} donne des tomates et des courgettes en été." for x in "abcdef"),
                *(f"La cantine de l'école numéro {x} sert des repas froids aux enfants." for x in "ghijkl"),
            ]
            text = "\n\n".join(["Animatrice : Et ensuite ?", *(f"Mme Roux : {n} {each}" for each in said)])
            project.corpus.save(project.corpus.preview(f"{text}\n".encode(), f"{n}.txt", title=f"Groupe {n}"))
        yield project


@pytest.fixture
def words_only(monkeypatch, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path))
    settings.remember(encoders.SETTING, "none")


@pytest.fixture
def project(tmp_path):
    with talks.make(tmp_path) as project:
        yield project


def passages(found):
    return [each.words for each in found]


class DescribeSimilar:
    def it_finds_what_says_alike_without_a_word_in_common(self, talked):
        found = talked.coding.similar(PARAPHRASE, limit=3)
        assert set(passages(found)) <= set(FEAR)
        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
        one = found[0]
        assert talked.corpus.text(one.title)[one.start : one.stop] == one.words

    def it_keeps_to_a_territory_documents_and_what_is_coded_or_not(self, talked, coded):
        assert {each.title for each in talked.coding.similar(PARAPHRASE, territory="Laval")} <= set(talks.TITLES[1:3])
        assert {each.title for each in talked.coding.similar(PARAPHRASE, documents=["Entretien 4"])} == {"Entretien 4"}
        assert talked.coding.similar(PARAPHRASE, documents=["Entretien 4"], territory="Laval") == []
        assert talked.coding.similar(PARAPHRASE, coded=True) == []
        assert passages(coded.coding.similar(PARAPHRASE, coded=False)) == [LEFT]
        assert all(each.codes for each in coded.coding.similar(PARAPHRASE, coded=True))

    def it_starts_from_a_coding_and_leaves_its_own_passage_out(self, coded):
        start = next(each for each in coded.coding.codings() if each.quote == FEAR[1])
        found = coded.coding.similar(coding=start.id, limit=20)
        assert FEAR[1] not in passages(found)
        assert found[0].words in FEAR
        other = Project(coded.store, "Sacha")
        assert FEAR[1] not in passages(other.coding.similar(coding=start.id, limit=20))

    def it_finds_the_passages_that_say_the_words_to_the_letter(self, talked):
        assert RAIN[0] in passages(talked.coding.similar("il pleut", limit=4))

    def it_leaves_out_the_passage_that_the_words_were_taken_from(self, talked):
        assert REPAIR[2] not in passages(talked.coding.similar(REPAIR[2].replace(" ", "\u00a0", 1)))

    def it_never_hears_the_evaluator(self, talked):
        assert not [each for each in talked.coding.similar("la permanence vous gêne", limit=99) if "?" in each.words]

    def it_refuses_words_that_say_nothing_and_what_is_not_there(self, talked):
        for nothing in ("", "de la", "…", "🚲"):
            with pytest.raises(CodingRefused, match="pas de mot"):
                talked.coding.similar(nothing)
        with pytest.raises(NotFound):
            talked.coding.similar(PARAPHRASE, documents=["Ailleurs"])
        with pytest.raises(NotFound):
            talked.coding.similar(coding="parti")

    def it_compares_words_without_an_encoder(self, talked, words_only):
        assert talked.coding.similar("une panne de vélo", limit=1)[0].words == REPAIR[0]
        assert talked.coding.similar("zygomatique") == []


class DescribeMissed:
    def it_finds_passages_that_look_like_a_code_they_do_not_bear(self, coded):
        found = coded.coding.missed("Craintes")
        assert LEFT in passages(found)
        assert {each.code_id for each in found} == {coded.coding.code("Craintes").id}
        assert all(each.score >= 0.5 and each.reason for each in found)
        assert not set(FEAR[1:]) & set(passages(found))

    def it_leaves_out_what_was_refused(self, project):
        for words in FEAR[1:]:
            talks.code(project, words, "Craintes")
        [one] = [each for each in project.coding.missed("Craintes") if each.words == LEFT]
        project.coding.refuse(one)
        assert LEFT not in passages(project.coding.missed("Craintes"))

    def it_works_without_an_encoder(self, coded, words_only):
        assert isinstance(coded.coding.missed(), list)


class DescribeDoubtful:
    def it_finds_a_coding_that_looks_like_another_code(self, coded):
        found = coded.coding.doubtful()
        assert FAMILY[3] in passages(found)
        assert len(found) <= 4
        [one] = [each for each in found if each.words == FAMILY[3]]
        assert one.codes == ("Matériel",)
        assert "sur 4 codes" in one.reason
        assert coded.coding.coding(one.coding_id).quote == FAMILY[3]
        assert passages(coded.coding.doubtful("Météo")) == [w for w in passages(found) if w in RAIN]

    def it_says_nothing_before_there_is_enough(self, talked):
        assert talked.coding.doubtful() == []


class DescribeJudging:
    def it_judges_each_document_without_its_own_codings(self, coded):
        seen = coded.coding.assisted()
        parts = list(seen.folds())
        assert sorted(id for part, _learned in parts for id in part) == sorted(seen.documents)
        for part, learned in parts:
            own = {each.document_id for each in learned._examples}
            assert not own & part
            assert own == set(seen.documents) - part

    def it_gives_another_answer_than_with_them(self, coded):
        seen = coded.coding.assisted()
        judged = {id: learned for part, learned in seen.folds() for id in part}
        number = next(n for n, piece in enumerate(seen.read) if piece.words == FAMILY[3])
        place = [each.name for each in seen.learned.codes].index("Matériel")
        own = judged[seen.read[number].first.document_id]
        assert own.scores.score[number][place] < seen.learned.scores.score[number][place]


class DescribeTheQueue:
    def it_leaves_out_what_is_coded_and_what_was_put_away(self, project):
        talks.code(project, FEAR[0], "Craintes")
        waiting = project.coding.proposals_next(50)
        assert waiting
        assert FEAR[0] not in [each.passage.words for each in waiting]
        one = waiting[0]
        again = project.coding.proposals_next(50, [(one.version_id, one.passage.start)])
        assert one.passage.words not in [each.passage.words for each in again]
        assert len(again) == len(waiting) - 1

    def it_gives_proposals_with_each_the_surest_first(self, talked):
        for each in talked.coding.proposals_next(5):
            scores = [proposal.score for proposal in each.proposals]
            assert scores
            assert scores == sorted(scores, reverse=True)
            assert all(proposal.words in each.passage.words for proposal in each.proposals)

    def it_does_not_ask_alike_passages_one_after_the_other(self, tmp_path):
        with talks.make(tmp_path) as project:
            twins = "\n\n".join(
                f"M. Petit : Quand il pleut, la place est vide et personne ne vient ici {n}." for n in "abcd"
            )
            project.corpus.save(project.corpus.preview(f"{twins}\n".encode(), "double.txt", title="Double"))
            seen = project.coding.assisted()
            first = seen.queue(3)
            rows = seen.learned.corpus.vectors[first]
            assert np.triu(rows @ rows.T, 1).max() < 0.8

    def it_is_empty_where_there_is_nothing_to_ask(self, tmp_path):
        with Project.create(tmp_path / "vide", coder="Camille") as project:
            assert project.coding.proposals_next() == []
            assert project.coding.missed() == project.coding.doubtful() == project.coding.gaps() == []
            assert project.coding.similar("la pluie tombe") == []

    def it_works_without_an_encoder(self, talked, words_only):
        assert talked.coding.proposals_next(3)


class DescribeGroups:
    def it_gathers_passages_that_no_code_speaks_of_with_their_words(self, unspoken):
        groups = unspoken.coding.gaps()
        assert groups
        for group in groups:
            kinds = {"jardin" if "jardin" in each.words else "cantine" for each in group.passages}
            assert len(kinds) == 1
            assert group.words
            assert 1 <= group.titles <= 2
            assert len(group.passages) == group.size

    def it_does_so_by_words_alone(self, unspoken, words_only):
        assert unspoken.coding.gaps()

    def it_finds_none_in_a_handful(self, talked):
        assert all(group.size >= 4 for group in talked.coding.gaps())


class DescribeBeingReady:
    def it_keeps_what_it_made_until_the_project_changes(self, project):
        first = project.coding.assisted()
        assert project.coding.assisted() is first
        assert Project(project.store, "Sacha").coding.assisted() is not first
        talks.code(project, RAIN[0], "Météo")
        assert len(project.coding.assisted().codings) == 1

    def it_knows_whether_it_would_answer_at_once(self, project, monkeypatch):
        monkeypatch.setattr(indexing, "FEW", 3)
        assert not project.coding.assistance_ready()
        assert project.coding.index() == (16, 16)
        assert project.coding.assistance_ready()

    def it_is_ready_without_an_encoder_and_computes_nothing(self, project, words_only):
        assert project.coding.assistance_ready()
        assert project.coding.index() == (0, 0)

    def it_stops_where_progress_says_so(self, project):
        with pytest.raises(Stopped):
            project.coding.similar(PARAPHRASE, progress=lambda done, total, name="": False)
        assert project.coding.similar(PARAPHRASE)

    def it_follows_a_corrected_text(self, project):
        project.coding.assisted()
        text = project.corpus.text("Entretien 1")
        project.corpus.correct("Entretien 1", new_text=text.replace("de bouton", "de touche"))
        assert "de touche" in project.coding.similar(PARAPHRASE, documents=["Entretien 1"])[0].words
        assert project.check() == []
