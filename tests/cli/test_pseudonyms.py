"""Pseudonyms from the command line: found, decided, applied, looked for again, the key, a person, a document."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.corpus.pseudonyms.model import Kind

PASSPHRASE = "girafe violon sept nuages"
TALK = """\
Enquêtrice : Bonjour Fatima Bénali.

Mme Bénali : Bonjour. Appelez-moi au 06 12 34 56 78, ou voyez avec Aïcha.

Enquêtrice : Merci.
"""


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "phrase.txt"
    path.write_text(f"{PASSPHRASE}\n", "utf-8")
    return path


@pytest.fixture
def place(tmp_path, project, cli):
    """A project with one interview and a key in which the names are."""
    source = tmp_path / "Entretien Bénali.txt"
    source.write_text(TALK, "utf-8")
    assert cli("import", project, source).status == 0
    with Project.open(project, coder="Camille") as opened:
        service = opened.corpus.pseudonyms
        key = service.create_key(PASSPHRASE)
        for name, kind in (("Fatima Bénali", Kind.PERSON), ("Aïcha", Kind.PERSON), ("06 12 34 56 78", Kind.PHONE)):
            service.add(key, name, kind)
    return project


def test_from_the_list_to_the_copy_that_is_handed_over(place, secret, cli, tmp_path):
    file = ("--passphrase-file", secret)
    names = {one["forms"][0]: one for one in cli("pseudonyms", "list", place, *file, "--json").json}
    assert names["Fatima Bénali"]["count"] == 3  # once in the title
    assert cli("pseudonyms", "rename", place, "fatima benali", "Samira Morel", *file).status == 0
    assert cli("pseudonyms", "decide", place, "keep", "06 12 34 56 78", *file).status == 0
    assert cli("pseudonyms", "check", place, *file).status == 1

    done = cli("pseudonyms", "apply", place, *file, "--json").json
    assert (done["documents"], done["aside"]) == (1, 0)
    assert "Mme Morel : Bonjour" in cli("text", place, "Entretien Morel").text
    checked = cli("pseudonyms", "check", place, *file)
    assert checked.status == 0
    assert "Ce n'est pas une anonymisation" in checked.said

    assert cli("key", "copy", place, tmp_path / "remise", *file).status == 0
    assert b"B\xc3\xa9nali" not in (tmp_path / "remise.qualikit").read_bytes()
    assert cli("check", tmp_path / "remise.qualikit").status == 0


def test_the_key_goes_only_when_it_is_confirmed(place, secret, cli, monkeypatch):
    cli("pseudonyms", "apply", place, "--passphrase-file", secret)

    refused = cli("key", "remove", place, "--passphrase-file", secret)
    assert refused.status == 1
    assert "fichier d'origine" in refused.err
    assert place.with_suffix(".cle").exists()

    assert cli("key", "remove", place, "--passphrase-file", secret, "--yes").status == 0
    assert not place.with_suffix(".cle").exists()
    assert "n'a pas de clé" in cli("key", "status", place).said


def test_the_passphrase_is_changed_and_read_from_the_environment(place, secret, cli, tmp_path, monkeypatch):
    other = tmp_path / "autre.txt"
    other.write_text("cinq autres mots très différents", "utf-8")
    changed = cli("key", "passphrase", place, "--passphrase-file", secret, "--new-passphrase-file", other)
    assert changed.status == 0

    wrong = cli("pseudonyms", "list", place, "--passphrase-file", secret)
    assert wrong.status == 1
    assert "n'ouvre pas cette clé" in wrong.err
    monkeypatch.setenv("QUALIKIT_PASSPHRASE", "cinq autres mots très différents")
    assert "Aïcha" in cli("pseudonyms", "list", place).said


def test_without_a_passphrase_it_says_how_to_give_one(place, cli):
    answer = cli("pseudonyms", "list", place)
    assert answer.status == 1
    assert "--passphrase-file" in answer.err


def test_a_person_is_taken_out_on_request(place, secret, cli):
    asked = cli("person", "remove", place, "Mme Bénali", "--passphrase-file", secret)
    assert asked.status == 1
    assert "1 tour de parole dans 1 document" in asked.err

    done = cli("person", "remove", place, "Mme Bénali", "--passphrase-file", secret, "--yes", "--json").json
    assert (done["turns"], done["mentions"]) == (1, 1)
    assert b"Appelez-moi" not in place.read_bytes()
    unknown = cli("person", "remove", place, "Personne d'autre", "--passphrase-file", secret, "--yes")
    assert unknown.status == 1
    assert "Personne ne s'appelle" in unknown.err


def test_a_document_is_deleted_for_good(place, cli):
    assert cli("erase", place, "Entretien Bénali").status == 1
    assert cli("erase", place, "Entretien Bénali", "--yes", "--json").json["documents"] == 1
    assert cli("documents", place, "--json").json == []
    assert b"Appelez-moi" not in place.read_bytes()


def test_finding_makes_the_key_and_says_what_it_found(tmp_path, project, secret, cli, monkeypatch):
    """The search itself is tested where the language model is loaded."""
    source = tmp_path / "Entretien Bénali.txt"
    source.write_text(TALK, "utf-8")
    cli("import", project, source)
    from qualikit.corpus.pseudonyms import ner

    monkeypatch.setattr(ner, "entities", lambda pieces: iter(()))
    found = cli("pseudonyms", "find", project, "--passphrase-file", secret, "--name", "Aïcha", "--style", "numbers")

    assert found.status == 0
    assert "Clé créée" in found.err
    assert "Personne 1" in found.said
    assert "06 12 34 56 78" in found.said
    assert cli("pseudonyms", "find", project, "--passphrase-file", secret, "--style", "autre").status == 2
