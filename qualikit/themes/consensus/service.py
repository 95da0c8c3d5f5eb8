"""Consensus grids read from a project."""

from __future__ import annotations

from collections.abc import Sequence

from qualikit.coding.part import found_code
from qualikit.corpus.model import SourceKind
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.consensus.building import questions_grid, themes_grid
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.reading import read_material
from qualikit.themes.consensus.stances import is_theme


def grid(
    store: Store,
    documents: Sequence[str] = (),
    *,
    sources: Sequence[str | SourceKind] | None = None,
    questions: bool | Sequence[str | int] = False,
    codes: Sequence[str] | None = None,
    coder: str | None = None,
    nested: bool = True,
) -> Grid:
    """See :meth:`qualikit.themes.Themes.consensus`."""
    with store.read() as connection:
        material = read_material(connection, documents, sources, coder)
        if questions is not False:
            return questions_grid(connection, material, questions=None if questions is True else questions)
        if codes is None:
            return themes_grid(material, nested=nested)
        wanted = [found_code(material.book, name) for name in codes]
        for code in wanted:
            if not is_theme(material.book, code):
                raise MatrixError(
                    _("« {name} » est une position, pas un thème.").format(name=code.name),
                    _("Demandez les thèmes dont on veut connaître les positions."),
                )
        return themes_grid(material, codes={code.id for code in wanted}, nested=nested)
