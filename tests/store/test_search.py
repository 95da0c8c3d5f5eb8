"""The index of words as a part of the project file: derived, harmless to open, gone when it is erased."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import qualikit.themes.tables  # noqa: F401  every room's tables
from qualikit.errors import ForeignFile, StoreError
from qualikit.store import Store, files, metadata, search
from qualikit.store.conditions import All, Near, Phrase, Some
from qualikit.store.search import IndexedPassage, candidates

WORDS = {1: "la pluie et les velos", 2: "rien de pluie", 3: "velo et velos"}


def words_of(text: str) -> list[tuple[str, str]]:
    return [(word, word.rstrip("s")) for word in text.split()]


@pytest.fixture
def indexed(store):
    with store.maintain() as connection:
        search.make_index(connection, "essai")
        found = [IndexedPassage(0, 0, len(text), text, words_of(text)) for text in WORDS.values()]
        search.put_text(connection, "document", "version", found)
    return store


def numbers(store, condition) -> list[int]:
    with store.read() as connection:
        found = candidates(connection, condition, 0, 10**9, 100)
        return [row.id % search.SLOT + 1 for row in connection.execute(found.select())]


class DescribeCandidates:
    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (Phrase(("velo",)), [1, 3]),
            (Phrase(("=velos",)), [1, 3]),
            (Phrase(("=velo",)), [3]),
            (Phrase(("=la", "=pluie")), [1]),
            (Phrase(("=vel",), prefix=True), [1, 3]),
            (Some((Phrase(("rien",)), Phrase(("la",)))), [1, 2]),
            (All((Phrase(("pluie",)),), (Phrase(("velo",)),)), [2]),
            (Near(Phrase(("pluie",)), Phrase(("velo",)), 2), [1]),
            (Near(Phrase(("pluie",)), Phrase(("velo",)), 1), []),
        ],
    )
    def it_finds_passages_in_order(self, indexed, condition, expected):
        assert numbers(indexed, condition) == expected

    def it_never_leaves_out_what_only_a_closer_look_can_tell(self, indexed):
        near = Near(Phrase(("velo",)), Phrase(("velo",)), 3)  # one word may not be near itself
        assert 1 in numbers(indexed, All((Phrase(("velo",)),), (near,)))


class DescribeTheFile:
    def it_opens_again_whole_with_its_index(self, indexed):
        indexed.close()
        again = Store.open(indexed.path)
        assert again.integrity() == []
        assert numbers(again, Phrase(("velo",))) == [1, 3]
        again.close()

    def it_has_the_tables_of_the_migrations_besides(self, indexed):
        with indexed.read() as connection:
            options = {"include_name": lambda name, kind, _parents: kind != "table" or not name.startswith("search_")}
            differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        assert differences == []

    def it_is_copied_with_its_index(self, indexed):
        copy = Store.open(files.back_up(indexed.path).path)
        assert numbers(copy, Phrase(("velo",))) == [1, 3]
        copy.close()

    def it_is_refused_where_another_virtual_table_is_in_it(self, indexed):
        indexed.close()
        with closing(sqlite3.connect(indexed.path)) as plain:
            plain.execute("CREATE VIRTUAL TABLE theirs USING fts5(a)")
            plain.commit()
        with pytest.raises(ForeignFile):
            Store.open(indexed.path)


class DescribeTheIndex:
    def it_forgets_a_text_and_gives_its_slot_back(self, indexed):
        with indexed.maintain() as connection:
            slot = search.drop_text(connection, "document", words_of)
            assert search.drop_text(connection, "document", words_of) is None
            search.put_text(
                connection, "document", "other", [IndexedPassage(0, 0, 5, "neige", words_of("neige"))], slot
            )
        assert numbers(indexed, Phrase(("velo",))) == []
        assert numbers(indexed, Phrase(("neige",))) == [1]
        assert indexed.integrity() == []

    def it_is_made_anew_when_it_is_of_another_kind(self, indexed):
        with indexed.maintain() as connection:
            assert search.generation(connection, "essai") is not None
            search.make_index(connection, "essai")
        assert numbers(indexed, Phrase(("velo",))) == [1, 3]
        with indexed.maintain() as connection:
            search.make_index(connection, "autre")
            assert search.generation(connection, "essai") is None
        assert numbers(indexed, Phrase(("velo",))) == []

    def it_leaves_nothing_when_it_is_erased(self, indexed):
        with indexed.maintain() as connection:
            search.erase_index(connection)
            search.erase_index(connection)
        indexed.close()
        for file in indexed.path.parent.glob(f"{indexed.path.name}*"):
            assert b"velo" not in file.read_bytes()

    def it_says_so_where_sqlite_cannot_search(self, store, monkeypatch):
        monkeypatch.setattr(search, "_CREATE_FTS5", "CREATE VIRTUAL TABLE search_words USING fts5_not_there(a)")
        with pytest.raises(StoreError, match="FTS5"), store.maintain() as connection:
            search.make_index(connection, "essai")
