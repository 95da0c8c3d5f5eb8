"""What qualikit remembers on this machine."""

from __future__ import annotations

from qualikit import settings


def test_recent_projects_are_those_still_there_the_latest_first(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "home"))
    one, two, gone = (tmp_path / name for name in ("un.qualikit", "deux.qualikit", "parti.qualikit"))
    one.touch()
    two.touch()
    for path in (one, gone, two, one):
        settings.remember_project(path)

    assert settings.recent_projects() == [one, two]


def test_the_coder_is_the_one_remembered_before_the_machines_user(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path))
    monkeypatch.delenv("QUALIKIT_CODER", raising=False)
    assert settings.default_coder()

    settings.remember("coder", "Sacha")
    assert settings.default_coder() == "Sacha"
    monkeypatch.setenv("QUALIKIT_CODER", "Camille")
    assert settings.default_coder() == "Camille"


def test_spoilt_or_unwritable_settings_are_never_an_error(tmp_path, monkeypatch):
    (tmp_path / "settings.json").write_text("{pas du json")
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path))
    assert settings.setting("coder", "personne") == "personne"

    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings.json"))  # a file where the folder should be
    settings.remember("coder", "Sacha")
    assert settings.setting("coder") is None
