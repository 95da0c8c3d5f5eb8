"""Zip archives: what is in them goes in; what could harm is refused by name, with its reason, and the rest goes in."""

from __future__ import annotations

import io
import random

import pytest

from qualikit.corpus import archives, files
from qualikit.corpus.sources import Found, gather
from qualikit.errors import UnreadableFile
from tests.corpus.zip_file import archive, named_in_bytes, overlapping, with_flag, with_link, write

NOTE = "Note de terrain. Il pleut sur le marché, personne ne s'arrête.\n"


def found(tmp_path, data: bytes, name: str = "terrain.zip") -> Found:
    return gather([write(tmp_path / name, data)])


def places(result: Found) -> list[str]:
    return [file.place for file in result.files]


def reasons(result: Found) -> dict[str, str]:
    return {one.file_name: str(one.error).replace("\u00a0", " ") for one in result.refused}


class DescribeAnArchive:
    def it_gives_its_files_in_the_order_of_people_with_their_folders(self, tmp_path):
        result = found(
            tmp_path, archive({"b/Note 10.txt": NOTE, "b/Note 2.txt": NOTE, "a.docx": b"PK", "vide/": "", "c.TXT": "x"})
        )
        assert places(result) == ["terrain/a.docx", "terrain/b/Note 2.txt", "terrain/b/Note 10.txt", "terrain/c.TXT"]
        assert result.files[1].read() == NOTE.encode()
        assert result.refused == result.passed_over == ()

    def it_is_read_from_a_stream_too(self):
        result = gather([("envoi.zip", io.BytesIO(archive({"Laval/a.txt": NOTE})))])
        assert places(result) == ["envoi/Laval/a.txt"]
        assert result.files[0].read() == NOTE.encode()

    def it_is_found_in_a_folder_and_two_of_them_are_read_in_turn(self, tmp_path):
        write(tmp_path / "un.zip", archive({"a.txt": "un"}))
        write(tmp_path / "deux.zip", archive({"a.txt": "deux"}))
        result = gather([tmp_path])
        assert [place.split("/", 1)[1] for place in places(result)] == ["deux/a.txt", "un/a.txt"]
        for _again in range(2):
            assert [file.read() for file in result.files] == [b"deux", b"un"]

    def it_passes_silently_over_what_systems_and_programs_leave(self, tmp_path):
        junk = ["__MACOSX/._a.txt", "__MACOSX/b/._c.docx", ".DS_Store", "b/Thumbs.db", "b/desktop.ini", "~$a.docx"]
        result = found(tmp_path, archive({**dict.fromkeys([*junk, ".git/a.txt", "b/.cache.txt"], "x"), "a.txt": NOTE}))
        assert places(result) == ["terrain/a.txt"]
        assert result.refused == result.passed_over == ()

    def it_names_what_is_of_another_kind(self, tmp_path):
        result = found(tmp_path, archive({"a.txt": NOTE, "photos/marché.JPG": "x", "son.mp3": "x"}))
        assert result.passed_over == ("terrain/photos/marché.JPG", "terrain/son.mp3")
        assert result.refused == ()

    def it_says_so_where_there_is_nothing_to_read(self, tmp_path):
        for data in (archive({}), archive({"photo.jpg": "x"})):
            assert "ne contient aucun fichier" in reasons(found(tmp_path, data))["terrain.zip"]


class DescribeNames:
    @pytest.mark.parametrize("name", ["Été à Orléans.txt", "Entretien n°1 – été.txt", "Écoute/À l'école.txt"])
    @pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp1252"])
    def it_reads_accents_whatever_wrote_them(self, tmp_path, name, encoding):
        name = name.replace(" – ", " ") if encoding == "cp850" else name
        result = found(tmp_path, named_in_bytes(name.encode(encoding), b"texte"))
        assert places(result) == [f"terrain/{name}"]
        assert result.files[0].read() == b"texte"

    def it_reads_small_accents_in_cp437(self, tmp_path):
        result = found(tmp_path, named_in_bytes("marché aperçu où.txt".encode("cp437"), b"texte"))
        assert places(result) == ["terrain/marché aperçu où.txt"]

    def it_takes_the_name_in_unicode_that_stands_beside(self, tmp_path):
        result = found(tmp_path, named_in_bytes(b"march\x82 ?.txt", b"texte", unicode_path="marché ✓.txt"))
        assert places(result) == ["terrain/marché ✓.txt"]

    def it_composes_the_accents_of_a_mac(self, tmp_path):
        result = found(tmp_path, archive({"Marche\u0301.txt": NOTE}))
        assert places(result) == ["terrain/Marché.txt"]

    def it_takes_backslashes_for_folders(self, tmp_path):
        result = found(tmp_path, archive({"Laval\\groupe\\a.txt": NOTE}))
        assert places(result) == ["terrain/Laval/groupe/a.txt"]


class DescribeWhatIsRefused:
    @pytest.mark.parametrize(
        "name", ["/etc/notes.txt", "../../a.txt", "a/../../b.txt", "C:\\Users\\a.txt", "..\\a.txt"]
    )
    def it_refuses_names_that_lead_outside(self, tmp_path, name):
        result = found(tmp_path, archive({name: NOTE, "bon.txt": NOTE}))
        assert places(result) == ["terrain/bon.txt"]
        (reason,) = reasons(result).values()
        assert "le nom d'un endroit qui est hors d'elle" in reason

    def it_refuses_links(self, tmp_path):
        result = found(tmp_path, with_link("secret.txt", "/etc/passwd", {"bon.txt": NOTE}))
        assert places(result) == ["terrain/bon.txt"]
        assert "est un lien vers un autre endroit" in reasons(result)["secret.txt"]

    def it_refuses_archives_inside(self, tmp_path):
        inner = archive({"a.txt": NOTE})
        result = found(tmp_path, archive({"dedans.zip": inner, "vieux.rar": b"Rar!", "bon.txt": NOTE}))
        assert places(result) == ["terrain/bon.txt"]
        assert "est une archive dans une archive" in reasons(result)["dedans.zip"]
        assert "d'un autre format que .zip" in reasons(result)["vieux.rar"]

    def it_refuses_a_text_in_a_format_that_is_not_read(self, tmp_path):
        result = found(tmp_path, archive({"ancien.doc": b"\xd0\xcf\x11\xe0", "bon.txt": NOTE}))
        assert "ancien.doc" in reasons(result)["ancien.doc"]
        assert ".docx" in reasons(result)["ancien.doc"]

    def it_refuses_an_entry_with_a_password_and_names_the_archive_where_all_have_one(self, tmp_path):
        locked = with_flag(archive({"a.txt": NOTE, "b.txt": NOTE}), 1)
        assert reasons(found(tmp_path, locked)).keys() == {"terrain.zip"}
        assert "est protégée par un mot de passe" in reasons(found(tmp_path, locked))["terrain.zip"]
        half = bytearray(archive({"a.txt": NOTE, "b.txt": NOTE}))
        half[half.index(b"PK\x01\x02") + 8] |= 1
        result = found(tmp_path, bytes(half))
        assert places(result) == ["terrain/b.txt"]
        assert "protégé par un mot de passe" in reasons(result)["a.txt"]

    def it_refuses_what_swells_and_takes_the_rest(self, tmp_path):
        result = found(tmp_path, archive({"bombe.txt": b"a" * (20 * 2**20), "bon.txt": NOTE}))
        assert places(result) == ["terrain/bon.txt"]
        assert "serait démesuré" in reasons(result)["bombe.txt"]

    def it_refuses_entries_that_share_their_bytes(self, tmp_path):
        result = found(tmp_path, overlapping(500, b"a" * 100_000))
        assert result.files == ()
        assert "serait démesuré" in reasons(result)["terrain.zip"]

    def it_refuses_too_much_in_all(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archives, "MAX_TOTAL", 1_000)
        result = found(tmp_path, archive({f"{n}.txt": NOTE * 5 for n in range(5)}))
        assert "serait démesuré" in reasons(result)["terrain.zip"]
        photos = found(tmp_path, archive({"film.mp4": b"a" * 5_000, "bon.txt": NOTE}))
        assert places(photos) == ["terrain/bon.txt"]  # what is never read does not count

    def it_refuses_too_many_files(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archives, "MAX_ENTRIES", 20)
        data = archive({f"{n}.txt": "x" for n in range(21)})
        assert "plus de 20 fichiers" in reasons(found(tmp_path, data))["terrain.zip"]
        monkeypatch.setattr(archives, "MAX_DIRECTORY", 100)
        assert (
            "contient plus de" in reasons(found(tmp_path, archive({f"{n}.txt": "x" for n in range(9)})))["terrain.zip"]
        )

    def it_refuses_a_file_too_large(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archives, "MAX_FILE", 100)
        result = found(tmp_path, archive({"gros.txt": NOTE * 5, "bon.txt": NOTE[:50]}))
        assert "est trop gros" in reasons(result)["gros.txt"]
        assert places(result) == ["terrain/bon.txt"]

    def it_refuses_an_entry_whose_bytes_are_damaged_and_reads_the_others(self, tmp_path):
        data = bytearray(archive({"a.txt": NOTE * 50, "b.txt": NOTE}))
        data[40] ^= 0xFF
        result = found(tmp_path, bytes(data))
        with pytest.raises(UnreadableFile, match="endommagé dans l'archive"):
            result.files[0].read()
        assert result.files[1].read() == NOTE.encode()

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 coupe", b"du texte", b"PK\x05\x06" + b"\xff" * 18])
    def it_says_what_is_no_archive(self, tmp_path, data):
        assert set(reasons(found(tmp_path, data))) == {"terrain.zip"}

    def it_says_what_is_a_document(self, tmp_path):
        result = found(tmp_path, archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
        assert "est un document, et non une archive" in reasons(result)["terrain.zip"]

    def it_says_what_is_not_there(self, tmp_path):
        (refused,) = gather([tmp_path / "absent.zip"]).refused
        assert "ne peut pas être ouvert" in str(refused.error)

    def it_never_fails_otherwise(self, tmp_path):
        whole = archive({"Été/a.txt": NOTE * 20, "b.docx": b"PK\x03\x04", "c.jpg": b"x"})
        for seed in range(300):
            chance = random.Random(seed)
            data = bytearray(whole)
            if seed % 3 == 0:
                del data[chance.randrange(len(data)) :]
            for _flip in range(1 + seed % 7):
                if data:
                    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            result = gather([("hasard.zip", io.BytesIO(bytes(data)))])
            assert result.files or result.refused
            for file in result.files:
                try:
                    assert len(file.read()) <= files.MAX_FILE
                except UnreadableFile:
                    continue
