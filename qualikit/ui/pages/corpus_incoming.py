"""Files dropped and not yet saved: each a line to check; what is ready is saved, the rest waits in place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from qualikit.corpus.guess import TERRITORIES
from qualikit.corpus.preview import Preview
from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import messages
from qualikit.ui.messages import plain

WAITING = "corpus_incoming"


@dataclass
class Incoming:
    """A file that was dropped: what was understood of it, or why not."""

    file_name: str
    preview: Preview | None = None
    problem: str = ""
    settled: set[str] = field(default_factory=set)
    """Warnings that the evaluator has seen and leaves as they are."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What somebody must decide before the file can be saved with the others."""
        if self.preview is None:
            return ()
        doubts = self.preview.warnings[len(self.preview.read.warnings) :]
        kind = (_("Le type de source n'est pas reconnu : choisissez-le."),) if self.preview.source_kind is None else ()
        return (*kind, *(doubt for doubt in doubts if doubt not in self.settled))

    @property
    def ready(self) -> bool:
        return self.preview is not None and not self.problem and not self.doubts


def waiting(project: Project) -> dict[str, Incoming]:
    """The files of this tab that wait, by key."""
    found: dict[str, Incoming] = st.session_state.setdefault(WAITING, {})
    return found


# -- bringing in


def drop_zone(project: Project) -> None:
    """Where files are dropped. They are read one after the other; what is read stays if the page is left meanwhile.

    Any file is taken: for one that cannot be read, the reader's own sentence says what to do about it.
    """
    turn = st.session_state.setdefault("corpus_turn", 0)
    uploads = st.file_uploader(
        _("Déposez vos transcriptions, notes et rapports"),
        accept_multiple_files=True,
        key=f"corpus files {turn}",
    )
    if not uploads:
        return
    _read(project, uploads)
    st.session_state["corpus_turn"] = turn + 1  # an empty drop zone: what was in it is listed below
    st.rerun()


def _forget_drop() -> None:
    """Stop reading: an empty drop zone; what was read is listed, the rest is as if it had not been dropped."""
    st.session_state["corpus_turn"] = st.session_state.get("corpus_turn", 0) + 1
    messages.leave_note(_("Lecture arrêtée : ce qui était lu est dans la liste."))


def _read(project: Project, uploads: list[Any]) -> None:
    found = waiting(project)
    territories = tuple(dict.fromkeys((*project.corpus.territories(), *TERRITORIES)))
    with messages.stoppable("reading", _forget_drop):
        bar = st.progress(0.0)
    for done, upload in enumerate(uploads):
        bar.progress(
            done / len(uploads),
            plain(
                _("Lecture de « {name} » ({n} sur {total})").format(name=upload.name, n=done + 1, total=len(uploads))
            ),
        )
        data = upload.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        key = hashlib.sha256(f"{digest} {upload.name}".encode()).hexdigest()[:16]
        if key not in found:
            twin = next((one for one in found.values() if one.preview and one.preview.sha256 == digest), None)
            found[key] = _understood(project, upload.name, data, digest, territories, twin)
    bar.empty()


def _understood(
    project: Project, name: str, data: bytes, digest: str, territories: tuple[str, ...], twin: Incoming | None
) -> Incoming:
    if (title := project.corpus.known(digest)) is not None:
        return Incoming(name, problem=_("Déjà dans le projet, sous le titre « {title} ».").format(title=title))
    if twin is not None:
        return Incoming(name, problem=_("C'est le même fichier que « {name} ».").format(name=twin.file_name))
    try:
        return Incoming(name, project.corpus.preview(data, name, territories=territories))
    except QualikitError as error:
        return Incoming(name, problem=str(error))
    except Exception:  # noqa: BLE001  one file that nobody foresaw must not take the others along
        return Incoming(name, problem=messages.unexpected())
