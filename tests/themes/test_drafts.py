"""Drafts: counts and quotations, each with its source, nothing invented; who is quoted, and who first."""

from __future__ import annotations

import numpy as np
import pytest

from qualikit.coding.tables import codes
from qualikit.errors import MatrixError, NotFound
from qualikit.history import History
from qualikit.store import new_id, now
from qualikit.themes.model import TOTAL
from qualikit.themes.syntheses.citations import cited_ids, without_marks
from qualikit.themes.syntheses.representative import Sentence, choose, relevance
from qualikit.themes.syntheses.writing import DRAFT_MARK
from qualikit.themes.tables import positions


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def sentences(*said: tuple[int, str]) -> list[Sentence]:
    return [Sentence(text, group, speaker) for group, (speaker, text) in enumerate(said)]


class DescribeChoosing:
    def it_takes_what_stands_for_many_and_then_what_stands_apart(self):
        told = sentences(
            (0, "Quand il pleut le triporteur reste au garage et personne ne vient."),
            (1, "La pluie empêche le triporteur de sortir du garage."),
            (2, "Il pleut, le triporteur ne sort pas."),
            (3, "Mon fils remplit la déclaration des impôts sur son téléphone."),
        )
        found = choose(told, typical=1, different=1)
        assert found.typical == (0,)
        assert found.different == (3,)

    def it_hears_everybody_once_before_anybody_twice(self):
        told = sentences(
            (0, "La pluie empêche le triporteur de sortir du garage le matin."),
            (0, "La pluie empêche le triporteur de sortir du quartier le soir."),
            (0, "La pluie empêche le triporteur de venir au marché."),
            (1, "La pluie gêne le triporteur au marché."),
        )
        assert choose(told, typical=2, different=0).typical == (0, 3)

    def it_does_not_quote_somebody_for_the_sake_of_it(self):
        told = sentences(
            (0, "La pluie empêche le triporteur de sortir."), (0, "La pluie, le triporteur."), (1, "Oui oui.")
        )
        assert choose(told, typical=2, different=1).typical == (0, 1)

    def it_chooses_a_passage_once_and_has_an_answer_for_nothing(self):
        told = [Sentence("La pluie décide de tout.", 0, 0), Sentence("La pluie décide encore.", 0, 0)]
        found = choose(told)
        assert len(found.typical) + len(found.different) == 1
        assert choose([]).typical == choose([]).different == ()
        assert choose(sentences((0, "Oui."), (1, "Non."))).typical == (0, 1)
        assert relevance([]).shape == (0,)

    def it_takes_other_vectors_of_the_sentences(self):
        told = sentences((0, "Un mot dit ici."), (1, "Autre chose encore là."), (2, "Un mot dit ici aussi."))
        seen = []

        def vectors(texts):
            seen.append(list(texts))
            return np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.1]])

        assert choose(told, typical=1, different=0, vectors=vectors).typical == (2,)
        assert seen == [[each.text for each in told]]


@pytest.fixture
def coded(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo")
    two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo", coder="Sacha")
    two_groups.coding("FG Aubagne", "Le vélo est en panne une fois sur deux.", "Météo")
    two_groups.coding("FG Aubagne", "Et la météo, la pluie, ça compte ?", "Météo")
    two_groups.coding("Note Aubagne", "Pluie fine, trois personnes sous l'auvent.", "Météo")
    return two_groups


class DescribeDraft:
    def it_counts_quotes_and_cites_and_nothing_else(self, coded):
        draft = coded.themes.draft_synthesis("Météo", "territory", "Aubagne")
        text = plain(without_marks(draft.text))
        assert text.startswith(f"{DRAFT_MARK} Proposé à partir des passages")
        assert "« Aubagne » : 2 personnes sur 2 parlent de « Météo », dans 4 passages de 2 documents sur 2" in text
        assert "- Mme Roux : « Quand il pleut personne ne vient. »" in text
        assert "Et la météo" not in text, "a moderator's question is not a finding"
        whole = "\n".join(coded.texts.values())
        for line in draft.lines:
            assert line.coding_ids, "each sentence has its source"
            if line.quotes:
                quote = plain(line.text).partition("« ")[2].removesuffix(" »")
                assert quote in plain(whole)
        assert set(cited_ids([draft.text])) == set(draft.coding_ids)
        assert coded.themes.synthesis("Météo", "territory", "Aubagne") is None, "nothing is written by asking"

    def it_says_how_many_said_nothing_and_that_this_is_no_agreement(self, coded):
        coded.coding("FG Laval", "Ici il fait froid", "Météo")
        (line,) = coded.themes.draft_synthesis("Météo", "territory", "Laval").counted
        assert plain(line.text) == (
            "« Laval » : 1 personne sur 2 parle de « Météo », dans 1 passage de 1 document sur 1 ; "
            "1 n'en dit rien dans les passages codés, ce qui n'est pas un accord."
        )

    def it_says_who_holds_what_by_codes_and_by_hand(self, coded):
        coded.insert(
            codes,
            {
                "id": (against := new_id()), "parent_id": None, "position": 90, "name": "Désaccord", "folded": "desaccord",
                "definition": "", "use": "", "avoid": "", "keywords": [], "example": "", "color": "#2244FF",
                "kind": "position", "value": "disagreement", "active": True,
            },
        )  # fmt: skip
        coded.ids["Désaccord"] = against
        coded.coding("FG Aubagne", "en panne une fois sur deux", "Désaccord")
        rain = next(
            each.coding_id
            for each in coded.themes.passages(coded.themes.matrix(), "Météo", "Aubagne")
            if each.quote.startswith("Quand il pleut") and each.coder == "Camille"
        )
        with coded.store.write("Camille") as transaction, transaction.event("test", "position") as change:
            change.insert(
                positions,
                {
                    "id": new_id(), "coding_id": rain, "participant_id": coded.ids["Mme Roux"], "value": "agreement",
                    "strong": False, "coder_id": transaction.coder_id, "created": now(),
                },
            )  # fmt: skip
        held = coded.themes.draft_synthesis("Météo", "territory", "Aubagne").held
        assert [plain(line.text) for line in held] == [
            "1 personne y exprime un accord.",
            "1 personne y exprime un désaccord.",
        ]
        assert held[0].coding_ids == (rain,)

    def it_speaks_of_documents_where_no_participant_says_it(self, two_groups):
        two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
        draft = two_groups.themes.draft_synthesis("Météo", "territory", "Aubagne")
        assert "aucun participant ne le dit lui-même, sur 2" in plain(draft.counted[0].text)
        assert "- Note Aubagne : « Pluie fine »" in plain(draft.text)

    @pytest.mark.parametrize("dimension", ["source", "document", "participant"])
    def it_drafts_columns_of_any_kind_and_the_whole(self, coded, dimension):
        value = {"source": "focus_group", "document": coded.ids["FG Aubagne"], "participant": coded.ids["Mme Roux"]}
        assert "Météo" in coded.themes.draft_synthesis("Météo", dimension, value[dimension]).text
        assert "Dans l'ensemble" in plain(coded.themes.draft_synthesis("Météo", "", TOTAL).text)

    def it_refuses_what_holds_nothing(self, coded):
        with pytest.raises(NotFound, match="Rien n'est codé"):
            coded.themes.draft_synthesis("Lien social", "territory", "Aubagne")
        with pytest.raises(MatrixError, match="Rennes"):
            coded.themes.draft_synthesis("Météo", "territory", "Rennes")

    def it_is_written_into_an_empty_cell_or_after_what_stands_and_undone_in_one(self, coded):
        themes = coded.themes
        themes.set_synthesis("Météo", "territory", "Aubagne", "Déjà écrit.")
        written = themes.add_draft("Météo", "territory", "Aubagne")
        assert written.text.startswith(f"Déjà écrit.\n\n{DRAFT_MARK}")
        assert written.status == "draft"
        History(coded.store, "Camille").undo()
        assert themes.synthesis("Météo", "territory", "Aubagne").text == "Déjà écrit."

    def it_is_the_same_twice(self, coded):
        first = coded.themes.draft_synthesis("Météo", "territory", "Aubagne")
        assert coded.themes.draft_synthesis("Météo", "territory", "Aubagne") == first


def test_on_real_debates_it_quotes_what_annotators_picked_more_than_the_longest_sentences(shared, monkeypatch):
    from pathlib import Path

    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from benchmarks import drafts

    debates = drafts._debates(1000)
    ours = drafts._f1(debates, lambda debate, n: debate.order[:n])
    assert ours > drafts._f1(debates, drafts._longest) > drafts._f1(debates, drafts._leading)
