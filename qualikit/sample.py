"""The sample evaluation as a project: fictional, shipped, rebuilt from its files on demand."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualikit.errors import QualikitError, ReadOnlyProject
from qualikit.i18n import _
from qualikit.shipped import codebooks, transcripts_sample

if TYPE_CHECKING:
    from qualikit.project import Project

FILE = "evaluation-exemple.qualikit"
CODERS = ("Camille", "Sacha")
"""Those who coded it; the first imported it."""

_TERRITORY = "territory"
_SHEETS, _CODINGS = ("attributs.csv", "participants.csv"), "codages_exemple.csv"


def build(folder: str | Path) -> Path:
    """The sample's project file in a folder, made when it is not there; one that is there is left as its user has it.

    It appears under its name only when whole. Raises ReadOnlyProject, and what importing raises.
    """
    folder = Path(folder).expanduser().absolute()
    path = folder / FILE
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".en-construction-", dir=folder))
    except OSError as error:
        raise ReadOnlyProject(
            _("L'exemple ne peut pas être créé dans le dossier « {folder} ».").format(folder=folder),
            _("Choisissez un dossier où vous pouvez écrire."),
        ) from error
    try:
        made = _make(workshop / FILE)
        if not path.exists():  # else somebody was faster: theirs is whole too
            os.replace(made, path)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return path


def _make(place: Path) -> Path:
    from qualikit.project import Project

    material = transcripts_sample()
    with Project.create(place, name=_("Évaluation d'exemple"), coder=CODERS[0]) as project:
        for path in _documents(material):
            preview = project.corpus.preview(path)
            for merge in preview.merges:  # one person spelt two ways: what the page offers, taken
                preview = preview.merged(dict.fromkeys(merge.labels, merge.into))
            project.corpus.save(preview)
        for sheet in _SHEETS:
            described = project.corpus.import_attributes(material / sheet)
            _whole(sheet, [f"{row.line} : {row.reason}" for row in described.refused])
        project.coding.import_codebook(codebooks() / "evaluation.yaml")
        coded = project.coding.import_codings(material / _CODINGS)
        _whole(_CODINGS, [f"{row.line} : {row.reason}" for row in coded.refused])
        _write_syntheses(project, material / "syntheses_exemple.yaml")
    return place


def _documents(material: Path) -> list[Path]:
    from qualikit.corpus.readers import extensions

    known, beside = extensions(), {"README.md", *_SHEETS, _CODINGS}
    return [path for path in sorted(material.iterdir()) if path.suffix.lower() in known and path.name not in beside]


def _whole(name: str, refused: list[str]) -> None:
    """The sample goes in whole or not at all."""
    if refused:
        raise QualikitError(
            _("Le fichier « {name} » de l'exemple ne correspond pas à ses documents.").format(name=name),
            "\n".join(refused),
        )


def _write_syntheses(project: Project, path: Path) -> None:
    """Each synthesis under the name of the one who wrote it."""
    from ruamel.yaml import YAML

    from qualikit.project import Project

    written: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text("utf-8"))
    by_coder: dict[str, Project] = {}
    for each in written:
        name = each["coder"]
        writer = by_coder.setdefault(name, Project(project.store, name))
        writer.themes.set_synthesis(each["code"], _TERRITORY, each[_TERRITORY], each["text"].strip())
