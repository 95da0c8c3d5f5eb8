from __future__ import annotations

import platform
from importlib import metadata

from qualikit.cli import doctor


class DescribeDoctor:
    def it_finds_all_in_order_here(self, cli):
        answer = cli("doctor", "--json")
        assert answer.status == 0
        report = answer.json
        assert report["ok"] is True
        found = {
            finding["name"].lower(): finding for finding in report["findings"]
        }  # a wheel writes names in lower case
        assert found["python"]["detail"].startswith(platform.python_version())
        assert found["sqlalchemy"]["detail"] == metadata.version("SQLAlchemy")
        assert found["sqlite"]["detail"].startswith("3.")
        assert found["projet d'essai"]["ok"] is True

    def it_says_it_in_sentences_too(self, cli):
        answer = cli("doctor")
        assert answer.said.splitlines()[-1] == "Tout est en ordre."

    def it_exits_with_1_when_something_is_missing_or_too_old(self, cli, monkeypatch):
        needed = ["grain-de-sable>=2", "typer>=99"]
        monkeypatch.setattr(doctor, "requirements", lambda: needed)
        answer = cli("doctor")
        assert answer.status == 1
        assert "✗ grain-de-sable" in answer.said
        assert "absente ; il faut grain-de-sable>=2" in answer.said
        assert "il faut typer>=99" in answer.said
        assert "Ce qui est marqué ✗ est à régler." in answer.said

    def it_says_when_the_settings_cannot_be_kept(self, cli, monkeypatch, tmp_path):
        (tmp_path / "fichier").write_text("x")
        monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "fichier"))
        answer = cli("doctor")
        assert answer.status == 1
        assert "impossible d'y écrire" in answer.said

    def it_reads_the_requirements_that_the_package_declares(self):
        named = doctor.requirements()
        assert any(line.startswith("streamlit") for line in named)
        assert not any("pytest" in line for line in named)

    def it_asks_for_no_display_on_a_machine_without_one(self, cli, monkeypatch):
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("sys.platform", "linux")
        found = {finding["name"]: finding for finding in cli("doctor", "--json").json["findings"]}
        assert found["Navigateur"]["ok"] is None
