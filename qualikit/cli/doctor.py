"""What this machine has of what qualikit needs, and what it does not need but could use."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from qualikit.cli.common import JSON, command, group
from qualikit.cli.output import emit_json, say
from qualikit.i18n import _

doctor = group()

PYTHON = (3, 11)
OPTIONAL = {
    "soffice": "LibreOffice",
    "chromium": "Chromium",
    "pdftoppm": "Poppler",
}
"""Programs that only the tests use."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``ok`` is None for what is optional and absent."""

    kind: str
    name: str
    ok: bool | None
    detail: str


@command(
    doctor,
    "doctor",
    _("Dit si qualikit a tout ce qu'il lui faut sur cet ordinateur."),
    "qualikit doctor --json",
)
def examine(json: JSON = False) -> None:
    findings = [*_python(), *_libraries(), *_places(), *_project(), *_assistance(), *_optional()]
    healthy = all(finding.ok is not False for finding in findings)
    if json:
        emit_json({"ok": healthy, "findings": [asdict(finding) for finding in findings]})
    else:
        marks = {True: "✓", False: "✗", None: "–"}
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            say(f"{marks[finding.ok]} {finding.name.ljust(width)}  {finding.detail}")
        say()
        say(_("Tout est en ordre.") if healthy else _("Ce qui est marqué ✗ est à régler."))
    if not healthy:
        raise typer.Exit(1)


def _python() -> Iterator[Finding]:
    from qualikit import __version__

    yield Finding("qualikit", "qualikit", True, __version__)
    yield Finding("python", "Python", sys.version_info >= PYTHON, f"{platform.python_version()} ({sys.executable})")
    yield Finding("system", _("Système"), True, platform.platform())


def _libraries() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    for requirement in requirements():
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Finding("library", name, False, _("absente ; il faut {requirement}").format(requirement=requirement))
            continue
        fits = _fits(requirement, found)
        detail = found if fits else _("{found} ; il faut {requirement}").format(found=found, requirement=requirement)
        yield Finding("library", name, fits, detail)


def requirements() -> list[str]:
    """What qualikit needs at run time, as its package says, or, in a checkout, as its pyproject.toml does."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        named = requires("qualikit") or []
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).parents[2] / "pyproject.toml"
        named = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"] if project.exists() else []
    return [line.partition(";")[0].strip() for line in named if "extra ==" not in line]


def _fits(requirement: str, found: str) -> bool:
    try:
        from packaging.requirements import Requirement
    except ImportError:  # comes with Streamlit; without it, being there is enough
        return True
    return Requirement(requirement).specifier.contains(found, prereleases=True)


def _places() -> Iterator[Finding]:
    from qualikit import settings, shipped

    folder = settings.home()
    kept = _can_write(folder)
    detail = str(folder) if kept else _("{folder} : impossible d'y écrire, rien n'y sera retenu").format(folder=folder)
    yield Finding("settings", _("Réglages"), kept, detail)
    for name, place in {
        _("Grilles livrées"): shipped.codebooks(),
        _("Exemple livré"): shipped.transcripts_sample(),
        _("Application"): shipped.app(),
    }.items():
        yield Finding("shipped", name, place.exists(), str(place))


def _can_write(folder: Path) -> bool:
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _project() -> Iterator[Finding]:
    """A project really made, checked and thrown away: the database, its version, the temporary folder."""
    import tempfile

    from qualikit.errors import QualikitError
    from qualikit.project import Project

    name = _("Projet d'essai")
    try:
        with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "essai") as project:
            problems = project.check()
            engine: Any = project.store.engine
            yield Finding("sqlite", "SQLite", True, str(engine.dialect.dbapi.sqlite_version))
            yield Finding("project", name, not problems, problems[0] if problems else _("créé et vérifié"))
    except (OSError, QualikitError) as error:
        yield Finding("project", name, False, str(error))


def _assistance() -> Iterator[Finding]:
    """Which encoders and assistants can run here, what each costs, what to do for what is missing."""
    from qualikit.coding import encoders
    from qualikit.coding.able import abilities

    chosen = encoders.chosen()
    for each in abilities():
        ok = True if not each.missing else (False if each.name == chosen else None)
        name = each.label if each.kind == "encoder" else _("Suggestions par {label}").format(label=each.label)
        yield Finding("assistance", name, ok, each.missing or each.cost)


def _optional() -> Iterator[Finding]:
    import shutil

    from qualikit.ui.launch import has_browser

    browser = _("s'ouvrira seul") if has_browser() else _("aucun ici : l'adresse de l'application sera affichée")
    yield Finding("browser", _("Navigateur"), True if has_browser() else None, browser)
    for program, name in OPTIONAL.items():
        found = shutil.which(program)
        yield Finding(
            "optional", name, True if found else None, found or _("absent ; seuls les essais du logiciel s'en servent")
        )
