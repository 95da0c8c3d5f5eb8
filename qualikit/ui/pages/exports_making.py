"""The documents made in the background, each once for a state of the project and a choice of options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key
from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.documents import DOCUMENTS, Deliverable, making
from qualikit.themes.documents.leaving import NamesFound
from qualikit.themes.documents.options import Options
from qualikit.themes.documents.readiness import Readiness
from qualikit.themes.documents.sketch import Sketch, sketch
from qualikit.ui import jobs, messages
from qualikit.ui.files import safe_name
from qualikit.ui.pages import pseudonymes_key
from qualikit.ui.pages.exports_options import Asked

_MADE, _JOB = "exports_made", "exports_job"


@dataclass(frozen=True)
class Wanted:
    """One document with its options. ``key`` tells it from what it was before a change."""

    document: Deliverable
    options: Options
    label: str
    key: tuple[Any, ...]
    opened: Key | None = field(default=None, compare=False)

    def file_name(self, project: Project) -> str:
        return f"{safe_name(f'{self.label} – {project.name}')}{self.document.extension}"


@dataclass(frozen=True)
class Made:
    """A document that was made, or why it could not be."""

    data: bytes = b""
    found: NamesFound = field(default_factory=NamesFound)
    sketch: Sketch = field(default_factory=Sketch)
    problem: str = ""


def wanted(project: Project, ready: Readiness, asked: Asked) -> list[Wanted]:
    """What the page shows, in order: a synthesis a territory, then the others."""
    opened = pseudonymes_key.opened(project)
    labels = {each.territory: each.label for each in ready.territories}
    found = []
    for document in DOCUMENTS:
        for territory in asked.territories if document.of == "territory" else ("",):
            options = Options(
                territory=territory,
                verbatims=asked.verbatims,
                named=asked.named,
                template=asked.template,
                groups=asked.territories if len(asked.territories) > 1 else (),
            )
            label = f"{document.label()} – {labels[territory]}" if document.of == "territory" else document.label()
            template = asked.template.key if asked.template else ""
            choice = (territory, options.groups, asked.verbatims, asked.named, template, options.date)
            lock = hash(opened.entries) if opened is not None else None
            key = (str(project.path), project.revision, document.name, *choice, lock)
            found.append(Wanted(document, options, label, key, opened))
    return found


def made(project: Project, asked: Sequence[Wanted]) -> dict[tuple[Any, ...], Made]:
    """Those that are ready, by their keys; the others are begun, those that nobody wants any more forgotten."""
    kept: dict[tuple[Any, ...], Made] = st.session_state.setdefault(_MADE, {})
    keys = {each.key for each in asked}
    for key in [key for key in kept if key not in keys]:
        del kept[key]
    missing = [each for each in asked if each.key not in kept]
    job: jobs.Job | None = st.session_state.get(_JOB)
    under_way = job is not None and job in jobs.running()
    if under_way and job is not None and not {step.key for step in job.steps} <= keys:
        job.stop()
    if missing and not under_way:
        st.session_state[_JOB] = jobs.start(
            missing,
            lambda step: (step.key, _make(project, step)),
            name=lambda step: step.label,
            say=lambda name, n, total: _("« {name} » s'écrit ({n} sur {total})").format(name=name, n=n, total=total),
            take=_take,
            close=lambda job: None,
        )
        st.rerun()
    return dict(kept)


def _take(result: tuple[tuple[Any, ...], Made]) -> None:
    key, one = result
    st.session_state.setdefault(_MADE, {})[key] = one


def _make(project: Project, step: Wanted) -> Made:
    try:
        data = making.made(project.themes, step.document, step.options)
        found = making.looked_at(project.store, project.coder, step.document, data, step.opened)
        return Made(data, found, sketch(data, step.document.extension))
    except QualikitError as refusal:
        return Made(problem=str(refusal))
    except Exception:  # noqa: BLE001  logged in full; one document that fails keeps no other from being made
        return Made(problem=messages.unexpected())
