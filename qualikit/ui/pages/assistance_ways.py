"""Which assistants can be asked from the application."""

from __future__ import annotations

from qualikit.coding.assistants import assistants
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui.messages import plain

FIRST = ("meaning", "markers", "keywords", "neighbours")


def ways(project: Project, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Assistants that can be asked here, by name, what is proposed first above."""
    named = {name: assistants.get(name).label for name in (*FIRST, *assistants.names()) if name not in but}
    if not model_allowed(project):
        named.pop("endpoint", None)
    return {name: plain(label[:1].upper() + label[1:]) for name, label in named.items()}


def model_allowed(project: Project) -> bool:
    """Whether the language model may be asked from here; with a locked key it is asked from the command line."""
    setting = project.coding.endpoint.setting
    return setting is not None and setting.allowed and not project.corpus.pseudonyms.has_key


def host(project: Project, way: str) -> str:
    """Where passages are sent to by that assistant; empty where they stay on this machine."""
    setting = project.coding.endpoint.setting if way == "endpoint" else None
    return "" if setting is None else plain(_("Les passages seront envoyés à {host}.").format(host=setting.host))
