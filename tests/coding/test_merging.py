"""Several codes made one."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualikit.coding.tables import codings, decisions, memos, suggestions
from qualikit.errors import CodebookError
from qualikit.history import History
from qualikit.store import metadata, new_id, now
from qualikit.themes.tables import queries, syntheses, verbatims
from tests.coding.conftest import TEXT

DERIVED = {"events", "operations", "preferences", "info"}


def everything(store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the history itself."""
    with store.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in metadata.sorted_tables
            if table.name not in DERIVED
        }


def put(codings_of, document, words, code):
    start = TEXT.index(words)
    return codings_of.add(document, start, start + len(words), code)


def write_synthesis(store, code, value, text):
    with store.write("Camille") as transaction, transaction.event("synthesis.write", "synthèse écrite") as change:
        row = {
            "id": new_id(),
            "code_id": code.id,
            "dimension": "territory",
            "value": value,
            "text": text,
            "status": "draft",
        }
        change.insert(syntheses, {**row, "coder_id": transaction.coder_id, "created": now(), "updated": now()})


def written(store):
    with store.read() as connection:
        rows = connection.execute(sa.select(syntheses.c.code_id, syntheses.c.value, syntheses.c.text))
        return sorted(tuple(row) for row in rows)


class DescribeMerging:
    def it_moves_the_codings_of_all_coders_in_one_event(self, store, camille, sacha, document):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        mine, theirs = put(camille, document, "il pleut", rain), put(sacha, document, "l'hiver", rain)
        before = everything(store)
        kept = camille.merge_codes("pluie", "meteo")
        assert kept.id == weather.id
        assert [code.name for code in camille.codebook] == ["Météo"]
        assert {(each.id, each.code_id, each.coder) for each in camille.codings()} == {
            (mine.id, weather.id, "Camille"),
            (theirs.id, weather.id, "Sacha"),
        }
        assert History(store, "Camille").events()[0].label == "code Pluie fusionné dans Météo"
        History(store, "Camille").undo()
        assert everything(store) == before

    def it_loses_no_memo_whose_words_are_part_of_another(self, camille, document):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        camille.write_memo("Accord.", code=rain)
        camille.write_memo("Désaccord, puis Accord. Voilà.", code=weather)
        camille.merge_codes(rain, weather)
        assert [memo.text for memo in camille.code_memos(weather)] == ["Désaccord, puis Accord. Voilà.\n\nAccord."]

    def it_joins_doubles_with_their_memos_and_what_was_chosen_of_them(self, store, camille, sacha, document):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        gone, kept = put(camille, document, "il pleut", rain), put(camille, document, "il pleut", weather)
        camille.write_memo("Cité partout.", coding=gone.id)
        camille.write_memo("À vérifier.", coding=kept.id)
        sacha.write_memo("Vu.", coding=gone.id)
        with store.write("Camille") as transaction, transaction.event("verbatim.choose", "verbatim") as change:
            change.insert(verbatims, {"id": gone.id, "coder_id": transaction.coder_id, "created": now()})
        before = everything(store)
        camille.merge_codes(rain, weather)
        assert [each.id for each in camille.codings()] == [kept.id]
        texts = {(memo.coder, memo.text) for memo in camille.memos(coding=kept.id)}
        assert texts == {("Camille", "À vérifier.\n\nCité partout."), ("Sacha", "Vu.")}
        with store.read() as connection:
            assert connection.execute(sa.select(verbatims.c.id)).scalars().all() == [kept.id]
        History(store, "Camille").undo()
        assert everything(store) == before

    def it_keeps_the_same_passage_of_two_coders_apart(self, camille, sacha, document):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        put(camille, document, "il pleut", rain)
        put(sacha, document, "il pleut", weather)
        camille.merge_codes(rain, weather)
        assert sorted(each.coder for each in camille.codings()) == ["Camille", "Sacha"]

    def it_puts_syntheses_of_one_place_one_after_the_other_and_moves_the_rest(self, store, camille):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        write_synthesis(store, rain, "Laval", "La pluie retient.")
        write_synthesis(store, weather, "Laval", "Le temps décide.")
        write_synthesis(store, rain, "Aubagne", "Peu de pluie.")
        before = everything(store)
        camille.merge_codes(rain, weather)
        assert written(store) == [
            (weather.id, "Aubagne", "Peu de pluie."),
            (weather.id, "Laval", "Le temps décide.\n\nLa pluie retient."),
        ]
        History(store, "Camille").undo()
        assert everything(store) == before

    def it_takes_suggestions_and_what_each_coder_decided_of_them(self, store, camille, document):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        with store.write("Camille") as transaction, transaction.event("s", "s") as change:
            version = transaction.connection.execute(sa.text("select text_version_id from documents")).scalar_one()
            for code in (rain, weather):
                row = {"id": f"s-{code.name}", "document_id": document, "text_version_id": version, "start": 0}
                row |= {
                    "stop": 4,
                    "quote": TEXT[:4],
                    "code_id": code.id,
                    "score": 1.0,
                    "reason": "mot",
                    "assistant": "mots",
                }
                change.insert(suggestions, {**row, "assistant_version": "1", "parameters": {}, "created": now()})
            decision = {"id": "d", "suggestion_id": "s-Pluie", "coder_id": transaction.coder_id, "verdict": "rejected"}
            change.insert(decisions, {**decision, "created": now()})
        before = everything(store)
        camille.merge_codes(rain, weather)
        with store.read() as connection:
            assert connection.execute(sa.select(suggestions.c.id)).scalars().all() == ["s-Météo"]
            assert connection.execute(sa.select(decisions.c.suggestion_id)).scalars().all() == ["s-Météo"]
        History(store, "Camille").undo()
        assert everything(store) == before

    def it_takes_along_named_queries_that_ask_for_the_code(self, store, camille):
        rain, weather = camille.add_code("Pluie"), camille.add_code("Météo")
        with store.write("Camille") as transaction, transaction.event("q", "q") as change:
            row = {"id": "q", "name": "Temps", "folded": "temps", "definition": {"codes": [rain.id, weather.id]}}
            change.insert(queries, {**row, "coder_id": transaction.coder_id, "created": now(), "updated": now()})
        camille.merge_codes(rain, weather)
        with store.read() as connection:
            assert connection.execute(sa.select(queries.c.definition)).scalar_one() == {"codes": [weather.id]}

    def it_gives_the_code_that_stays_what_it_lacked(self, camille):
        camille.add_code("Pluie", definition="Il pleut.", keywords=["averse"], shortcut="3", example="Trempé.")
        camille.add_code("Neige", definition="Il neige.", keywords=["flocon"])
        camille.add_code("Météo", keywords=["temps"], color="#0099DD")
        kept = camille.merge_codes(["Pluie", "Neige"], "Météo")
        assert (kept.definition, kept.keywords) == ("Il pleut.", ("temps", "averse", "flocon"))
        assert (kept.shortcut, kept.example, kept.color) == ("3", "Trempé.", "#0099DD")
        assert "la définition de « Neige » n'est pas reprise" not in str(camille.codebook)

    def it_puts_the_children_under_the_code_that_stays(self, camille):
        camille.add_code("Pluie")
        camille.add_code("Averse", parent="Pluie")
        camille.add_code("Météo")
        camille.add_code("Chaleur", parent="Météo")
        camille.merge_codes("Pluie", "Météo")
        book = camille.codebook
        assert [book.path(code.id) for code in book] == ["Météo", "Météo › Chaleur", "Météo › Averse"]

    def it_lets_a_code_take_the_place_of_those_above_it(self, store, camille):
        camille.add_code("Premier")
        camille.add_code("Temps")
        camille.add_code("Ciel", parent="Temps")
        camille.add_code("Météo", parent="Ciel")
        camille.add_code("Saisons", parent="Temps")
        camille.add_code("Dernier")
        before = everything(store)
        camille.merge_codes("Temps", "Météo")
        book = camille.codebook
        paths = [book.path(code.id) for code in book]
        assert paths == ["Premier", "Météo", "Météo › Ciel", "Météo › Saisons", "Dernier"]
        History(store, "Camille").undo()
        assert everything(store) == before

    @pytest.mark.parametrize(("sources", "into"), [(["Météo"], "Météo"), ([], "Météo"), (["Météo"], "Vieux")])
    def it_refuses_what_cannot_be(self, camille, sources, into):
        camille.add_code("Météo")
        camille.add_code("Vieux")
        camille.retire_code("Vieux")
        with pytest.raises(CodebookError):
            camille.merge_codes(sources, into)
        assert len(camille.codebook) == 2


class DescribeItsPreview:
    def it_says_what_would_be_touched_and_touches_nothing(self, store, camille, sacha, document):
        rain, weather = (
            camille.add_code("Pluie", definition="Il pleut."),
            camille.add_code("Météo", definition="Le temps."),
        )
        camille.add_code("Averse", parent=rain)
        put(camille, document, "il pleut", rain)
        put(camille, document, "il pleut", weather)
        put(sacha, document, "l'hiver", rain)
        write_synthesis(store, rain, "Laval", "La pluie retient.")
        write_synthesis(store, weather, "Laval", "Le temps décide.")
        before = everything(store)
        impact = camille.preview_merge(rain, weather)
        assert str(impact).replace("\u00a0", " ").replace("\u202f", " ") == (
            "Fusionner « Pluie » dans « Météo » : 2 codages de 2 codeurs dans 1 document seront déplacés, "
            "1 doublon réuni, 1 synthèse bout à bout avec ce qui était écrit, 1 code rangé sous « Météo », "
            "la définition de « Pluie » n'est pas reprise."
        )
        assert (impact.codings, impact.coders, impact.documents, impact.joined) == (2, 2, 1, 1)
        assert everything(store) == before

    def it_says_that_no_coding_is_touched(self, camille):
        camille.add_code("Pluie")
        camille.add_code("Météo")
        assert "aucun codage n'est touché" in str(camille.preview_merge("Pluie", "Météo"))


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_then_undoing_gives_the_same_project(store, camille, sacha, document, data):
    words = ["La météo", "il pleut", "l'hiver"]
    tag = new_id()[-12:]
    made = [camille.add_code(f"{name} {tag}") for name in ("A", "B", "C", "D")]
    for code in made[1:]:
        above = data.draw(st.sampled_from([None, *made[: made.index(code)]]))
        camille.move_code(code, above)
    for _number in range(data.draw(st.integers(0, 8))):
        who = data.draw(st.sampled_from([camille, sacha]))
        coding = put(who, document, data.draw(st.sampled_from(words)), data.draw(st.sampled_from(made)))
        if data.draw(st.booleans()):
            data.draw(st.sampled_from([camille, sacha])).write_memo(
                data.draw(st.sampled_from(["a", "b"])), coding=coding.id
            )
    into = data.draw(st.sampled_from(made))
    sources = data.draw(st.lists(st.sampled_from([c for c in made if c is not into]), min_size=1, unique=True))
    before = everything(store)
    passages = {(c.start, c.stop, c.coder) for c in camille.codings() if c.code_id in {s.id for s in [*sources, into]}}
    camille.merge_codes(sources, into)
    assert {(c.start, c.stop, c.coder) for c in camille.codings(code=into.id)} == passages
    with store.read() as connection:
        ids = set(connection.execute(sa.select(codings.c.id)).scalars())
        assert ids.issuperset(connection.execute(sa.select(memos.c.target_id)).scalars())
    History(store, "Camille").undo()
    assert everything(store) == before
