"""The key leaves: no name is left in any byte of what remains, and what remains is whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from qualikit import Project
from qualikit.errors import DuplicateDocument, KeyRefused, OriginalErased, ProjectBusy, ProjectExists, UndoRefused
from qualikit.store import erasing, events
from qualikit.store.files import back_up, backups
from tests.conftest import ROOT
from tests.corpus.pseudonyms.bytes_of import found, has_archives
from tests.corpus.pseudonyms.people import NAMES


@pytest.fixture
def applied(project, key):
    """Names replaced, the key still there, a backup from before."""
    back_up(project.path)
    project.corpus.pseudonyms.apply(key)
    return project


class DescribeTheKeyLeaving:
    def it_leaves_no_name_in_any_byte(self, applied, key, folder):
        assert {word for _file, word in found(folder, NAMES)} == set(NAMES)  # the search finds them where they are
        assert has_archives(folder)

        applied.corpus.pseudonyms.remove_key(key)

        assert found(folder, NAMES) == []
        applied.close()
        assert found(folder, NAMES) == []
        assert not has_archives(folder)
        assert not applied.corpus.pseudonyms.has_key

    def it_is_remembered_with_its_day_and_coder(self, applied, key):
        assert applied.corpus.pseudonyms.left() is None

        applied.corpus.pseudonyms.remove_key(key)
        left = applied.corpus.pseudonyms.left()
        assert (left.coder, left.alone) == ("Camille", True)

        applied.corpus.save(applied.corpus.preview(b"Q : Oui ?\nR : Oui.\n" * 3, "Entretien.txt"))
        assert not applied.corpus.pseudonyms.left().alone

    def it_leaves_a_project_that_is_whole(self, applied, key):
        codings = len(applied.coding.codings())

        applied.corpus.pseudonyms.remove_key(key)

        assert applied.check() == []
        assert len(applied.coding.codings()) == codings == 4
        assert "Samira" in applied.corpus.text("Groupe Morel")
        assert [person.name for person in applied.corpus.participants("Groupe Morel")][1] == "Mme Morel"

    def it_says_of_an_original_that_it_is_gone_and_knows_the_file_again(self, applied, key, built):
        applied.corpus.pseudonyms.remove_key(key)

        with pytest.raises(OriginalErased, match="a été supprimé du projet"):
            applied.corpus.original("Groupe Morel")
        with pytest.raises(DuplicateDocument):
            applied.corpus.save(applied.corpus.preview(built / "Groupe Bénali.docx"))

    def it_keeps_who_and_when_but_nothing_to_undo(self, applied, key):
        before = [(event.seq, event.at, event.coder) for event in applied.history.events()]

        applied.corpus.pseudonyms.remove_key(key)

        last, *others = applied.history.events()
        assert last.label == "clé des pseudonymes retirée"
        assert [(event.seq, event.at, event.coder) for event in others] == before
        assert {event.label for event in others if event.action == "document.import"} == {"document importé"}
        with applied.store.read() as connection:
            assert set(map(str, connection.execute(sa.select(events.c.changes)).scalars())) == {"[]"}
        assert applied.history.next() == (None, None)
        with pytest.raises(UndoRefused):
            applied.history.undo()

    def it_goes_on_being_undoable_from_then_on(self, applied, key):
        applied.corpus.pseudonyms.remove_key(key)

        applied.coding.add_code("Nouveau")

        assert applied.history.next()[0] == "code Nouveau créé"
        applied.history.undo()
        assert applied.history.next() == (None, "code Nouveau créé")

    def it_says_beforehand_what_goes(self, applied):
        said = " ".join(applied.corpus.pseudonyms.foreseen().sentences()).replace("\u00a0", " ")

        for words in ("2 fichiers d'origine", "2 versions antérieures", "1 sauvegarde", "ne peut être annulé"):
            assert words in said

    def it_takes_documents_that_were_only_put_aside_with_it(self, applied, key, folder):
        applied.corpus.remove_document("Entretien Zohra")

        applied.corpus.pseudonyms.remove_key(key)

        assert found(folder, ["Roquefeuil", "petite boîte"]) == []
        assert [document.title for document in applied.corpus.documents()] == ["Groupe Morel"]

    def it_goes_at_the_next_deletion_where_a_reader_made_it_wait(self, applied, key, monkeypatch):
        def busy(path):
            raise ProjectBusy("occupé")

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(erasing, "compact", busy)
            with pytest.raises(ProjectBusy):
                applied.corpus.pseudonyms.remove_key(key)
        assert key.path.exists()

        applied.corpus.erase_document("Entretien Zohra")

        assert not key.path.exists()

    def it_refuses_while_a_name_is_still_written(self, project, key):
        with pytest.raises(KeyRefused, match="encore dans le projet"):
            project.corpus.pseudonyms.remove_key(key)

        assert project.corpus.pseudonyms.has_key
        assert project.corpus.original("Groupe Bénali")

    def it_deletes_old_backups_and_makes_one(self, applied, key):
        applied.corpus.pseudonyms.remove_key(key)

        [copy] = backups(applied.path)
        with Project.open(copy.path) as restored:
            assert restored.check() == []


class DescribeACopyToHandOver:
    def it_has_no_name_while_the_project_keeps_all(self, applied, key, tmp_path):
        place = applied.corpus.pseudonyms.hand_over(key, tmp_path / "remise" / "client")

        assert found(tmp_path / "remise", NAMES) == []
        assert [file.name for file in place.parent.iterdir()] == ["client.qualikit"]
        with Project.open(place) as copy:
            assert copy.check() == []
            assert len(copy.coding.codings()) == 4
        assert applied.corpus.original("Groupe Morel")
        applied.history.undo()
        assert "Bénali" in applied.corpus.text("Groupe Bénali")

    def it_has_nothing_to_finish_where_the_project_has(self, applied, key, tmp_path):
        with applied.store.write("Camille") as transaction:
            erasing.leave_note(transaction, key=True)

        copy = applied.corpus.pseudonyms.hand_over(key, tmp_path / "remis")

        copy.with_suffix(".cle").write_bytes(b"a key of whoever receives it")
        with Project.open(copy, coder="Denis"):
            assert copy.with_suffix(".cle").exists()

    def it_refuses_to_write_over_a_file(self, applied, key, tmp_path):
        (tmp_path / "client.qualikit").write_text("à moi")

        with pytest.raises(ProjectExists):
            applied.corpus.pseudonyms.hand_over(key, tmp_path / "client")

        assert (tmp_path / "client.qualikit").read_text() == "à moi"

    def it_leaves_nothing_behind_where_it_fails(self, applied, key, tmp_path, monkeypatch):
        def full(path):
            raise OSError(28, "plein")

        monkeypatch.setattr(erasing, "compact", full)
        (tmp_path / "remise").mkdir()

        with pytest.raises(Exception, match="ne peut pas être écrite"):
            applied.corpus.pseudonyms.hand_over(key, tmp_path / "remise" / "client")

        assert list((tmp_path / "remise").iterdir()) == []


KILLED = """
import sys
from qualikit import Project
from qualikit.store import erasing

stop = sys.argv[2]
real = getattr(erasing, stop)

def stopped(*arguments):
    print("here", flush=True)
    sys.stdin.read()

setattr(erasing, stop, stopped)
with Project.open(sys.argv[1], coder="Camille") as project:
    project.corpus.pseudonyms.remove_key(None)
"""


def killed_at(step: str, place: Path) -> None:
    """Remove the key in a process that is killed when it comes to that step."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(place), step],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"here\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()


class DescribeAProcessKilledOnTheWay:
    def it_leaves_the_project_as_before_while_rows_are_deleted(self, applied, folder):
        text = applied.corpus.text("Groupe Morel")
        applied.close()

        killed_at("forget_history", applied.path)

        with Project.open(applied.path, coder="Camille") as again:
            assert again.corpus.pseudonyms.has_key
            assert again.corpus.text("Groupe Morel") == text
            assert again.corpus.original("Groupe Morel")
            again.history.undo()
            assert again.check() == []

    @pytest.mark.parametrize("step", ["compact", "key_file"])
    def it_is_finished_at_the_next_opening_once_they_are(self, applied, folder, step):
        applied.close()

        killed_at(step, applied.path)

        assert applied.corpus.pseudonyms.has_key
        with Project.open(applied.path, coder="Camille") as again:
            assert again.check() == []
            assert not again.corpus.pseudonyms.has_key
        assert found(folder, NAMES) == []
