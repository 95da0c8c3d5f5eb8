"""Files brought in and not yet saved: each a line to check; what is ready is saved, the rest waits in place.

Only the outline of each is kept: a file is read again when it is opened or saved, so that a thousand of them weigh
little.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import streamlit as st

from qualikit.corpus.files import SourceFile
from qualikit.corpus.guess import TERRITORIES
from qualikit.corpus.preview import Outline, Preview
from qualikit.corpus.sources import Found, Given, gather
from qualikit.errors import DuplicateDocument, ImportRefused, NotFound, QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import jobs, messages, state
from qualikit.ui.files import dropped

WAITING = "corpus_incoming"
PASSED_OVER = "corpus_passed_over"
OPENED = "corpus_opened"


@dataclass
class Incoming:
    """A file that was brought in: what was understood of it, or why not."""

    file: SourceFile
    outline: Outline | None = None
    problem: str = ""
    settled: set[str] = field(default_factory=set)
    """Doubts that the evaluator has seen and leaves as they are."""
    comments: str = "ignore"
    """What becomes of the comments of its margin: ``qualikit.coding.exchange.comments.CommentUse``."""
    same: dict[str, str] = field(default_factory=dict)
    """Name of a code as a comment writes it → name of the code that is meant."""

    @property
    def file_name(self) -> str:
        return self.file.name

    @property
    def doubts(self) -> tuple[str, ...]:
        """What somebody must decide before the file can be saved with the others."""
        if self.outline is None:
            return ()
        kind = (_("Le type de source n'est pas reconnu : choisissez-le."),) if self.outline.lacks_kind else ()
        return (*kind, *(doubt for doubt in self.outline.doubts if doubt not in self.settled))

    @property
    def ready(self) -> bool:
        return self.outline is not None and not self.problem and not self.doubts

    def key(self) -> str:
        """The same for the same bytes at the same place."""
        known = self.outline.sha256 if self.outline else ""
        return hashlib.sha256(f"{known} {self.file.place}".encode()).hexdigest()[:16]


def waiting(project: Project) -> dict[str, Incoming]:
    """The files of this tab that wait, by key."""
    found: dict[str, Incoming] = st.session_state.setdefault(WAITING, {})
    return found


def forget(project: Project) -> None:
    """Drop all that waits."""
    waiting(project).clear()
    st.session_state.pop(PASSED_OVER, None)


# -- bringing in


def drop_zone(project: Project) -> None:
    """Where files are dropped, and where a folder is named. They are read one after the other, in the background.

    Any file is taken: for one that cannot be read, the reader's own sentence says what to do about it.
    """
    turn = st.session_state.setdefault("corpus_turn", 0)
    uploads = st.file_uploader(
        _("Déposez vos transcriptions, notes et rapports"),
        accept_multiple_files=True,
        key=f"corpus files {turn}",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="corpus_drop_more"):
        st.caption(
            _("Autant de fichiers que vous voulez, ou une archive zip ; 200 Mo au plus chacun."), width="content"
        )
        _folder(project)
    if uploads:
        given = dropped(uploads)
        st.session_state["corpus_turn"] = turn + 1  # an empty drop zone: what was in it is listed below
        read(project, given)
        st.rerun()


def _folder(project: Project) -> None:
    turn = st.session_state.setdefault("corpus_folder_turn", 0)
    with st.popover(
        _("Un dossier de cet ordinateur"), icon=":material/folder_open:", type="tertiary", key=f"folder {turn}"
    ):
        place = st.text_input(
            _("Adresse du dossier, ou de l'archive zip"),
            key=f"corpus folder {turn}",
            placeholder=_("C:\\Évaluation\\Terrain") if Path.cwd().drive else _("/home/camille/Terrain"),
        )
        st.caption(
            _(
                "Les sous-dossiers sont lus aussi, et leurs noms disent le territoire ou le type de source. "
                "Les fichiers restent où ils sont."
            )
        )

        def bring() -> None:
            path = Path(place.strip().strip("\"'")).expanduser()
            if not place.strip() or not path.exists():
                raise NotFound(
                    _("Il n'y a rien à cet endroit : « {name} ».").format(name=place.strip()),
                    _("Copiez l'adresse depuis la fenêtre du dossier."),
                )
            st.session_state["corpus_folder_turn"] = turn + 1  # the popover closes on the list
            read(project, [path])

        st.button(_("Lire ce dossier"), key="read_folder", type="primary", on_click=state.act, args=(bring,))


def read(project: Project, given: list[Given]) -> None:
    """Read what was given, in the background; each file is listed once it is understood, or refused."""
    found = gather(given)
    _listed(project, found)
    territories = tuple(dict.fromkeys((*project.corpus.territories(), *TERRITORIES)))
    jobs.start(
        found.files,
        partial(_understood, project, territories),
        name=lambda file: file.name,
        say=lambda name, n, total: _("Lecture de « {name} » ({n} sur {total})").format(name=name, n=n, total=total),
        take=partial(_take_in, project),
        close=_reading_ended,
    )


def _listed(project: Project, found: Found) -> None:
    for refused in found.refused:
        one = Incoming(SourceFile(refused.file_name, bytes, given=refused.place), problem=str(refused.error))
        waiting(project)[one.key()] = one
    st.session_state[PASSED_OVER] = [*st.session_state.get(PASSED_OVER, []), *found.passed_over]


def _understood(project: Project, territories: tuple[str, ...], file: SourceFile) -> Incoming:
    from qualikit.corpus.importing import preview_new

    try:
        return Incoming(file, preview_new(project.corpus, file, {"territories": territories}).outline())
    except QualikitError as error:
        return Incoming(file, problem=str(error))


def _take_in(project: Project, one: Incoming) -> None:
    found = waiting(project)
    key = one.key()
    if key in found:
        return
    if one.outline is not None:
        digest = one.outline.sha256
        twin = next((other for other in found.values() if other.outline and other.outline.sha256 == digest), None)
        if twin is not None:
            same = _("C'est le même fichier que « {name} ».").format(name=twin.file_name)
            one = Incoming(one.file, problem=same)
    found[key] = one


def _reading_ended(job: jobs.Job) -> None:
    if job.stopping:
        messages.leave_note(_("Lecture arrêtée : ce qui était lu est dans la liste."))


# -- one of them, whole


def preview_of(project: Project, key: str, one: Incoming) -> Preview:
    """The file read again, as it was corrected; the last one is kept, for it is the one being looked at.

    Raises ReadError, ImportRefused where the file is no longer what it was.
    """
    opened = st.session_state.get(OPENED)
    if opened is None or opened[0] != key or opened[1].outline() != one.outline:
        opened = (key, _read_again(project, one))
        st.session_state[OPENED] = opened
    found: Preview = opened[1]
    return found


def put_back(key: str, one: Incoming, changed: Preview) -> None:
    """Keep a file as corrected."""
    one.outline = changed.outline()
    st.session_state[OPENED] = (key, changed)


def _read_again(project: Project, one: Incoming) -> Preview:
    assert one.outline is not None
    data = one.file.read()
    if hashlib.sha256(data).hexdigest() != one.outline.sha256:
        raise ImportRefused(
            _("« {name} » a changé depuis qu'il a été lu.").format(name=one.file_name),
            _("Retirez-le de la liste et donnez-le de nouveau."),
        )
    return project.corpus.preview(data, one.file_name, folder=one.file.folder, **one.outline.choices)


# -- saving


def save(project: Project, keys: list[str]) -> None:
    """Save files, in the background when there are many; one that is refused comes back into the list with its reason,
    and so do those that were not reached."""
    found = waiting(project)
    batch = [(key, found.pop(key)) for key in keys]
    counts: list[int] = []

    def take(result: tuple[str, Incoming, int]) -> None:
        key, one, n = result
        if n:
            counts.append(n)
        if one.problem:
            found[key] = one

    def close(job: jobs.Job) -> None:
        rest = dict(job.undone)
        after = {**rest, **found}
        found.clear()
        found.update(after)
        saved = sum(counts)
        said = ngettext("{n} document enregistré", "{n} documents enregistrés", saved).format(n=saved)
        if job.stopping:
            messages.leave_note(_("Enregistrement arrêté : ce qui reste attend dans la liste.") + f" {said}.")
        elif saved:
            messages.leave_note(said)

    jobs.start(
        batch,
        partial(_saved, project),
        name=lambda step: step[1].file_name,
        say=lambda name, n, total: _("Enregistrement de « {name} » ({n} sur {total})").format(
            name=name, n=n, total=total
        ),
        take=take,
        close=close,
        outlives=True,
    )


def _saved(project: Project, step: tuple[str, Incoming]) -> tuple[str, Incoming, int]:
    """The file with what kept it out, if something did, and how many documents were saved of it."""
    key, one = step
    one.problem = ""
    try:
        preview = _read_again(project, one)
        if preview.documents == 1:
            project.coding.save_document(preview, one.comments, one.same)
            return key, one, 1
        report = project.corpus.save_all(preview)
    except QualikitError as refusal:
        one.problem = str(refusal)
        if isinstance(refusal, DuplicateDocument):
            one.outline = None
        return key, one, 0
    except Exception:  # noqa: BLE001  one file that nobody foresaw must not take the others along
        one.problem = messages.unexpected()
        return key, one, 0
    if there := len(report.refused):
        one.outline = None
        one.problem = ngettext(
            "{n} de ses documents était déjà dans le projet : il n'a pas été enregistré une seconde fois.",
            "{n} de ses documents étaient déjà dans le projet : ils n'ont pas été enregistrés une seconde fois.",
            there,
        ).format(n=there)
    return key, one, len(report.saved)
