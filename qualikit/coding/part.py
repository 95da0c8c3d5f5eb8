"""What the parts of a project's coding share: where it is kept, who works, the codebook as it is now."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.model import Code, Codebook
from qualikit.coding.names import nearest
from qualikit.corpus.queries import find_document
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.store import Store


class Part:
    """One part of :class:`qualikit.coding.Codings`."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder
        self._cached: tuple[int, Codebook] | None = None

    @property
    def codebook(self) -> Codebook:
        """The project's codebook as it is now."""
        revision = self._store.revision()
        cached = self._cached
        if cached is None or cached[0] != revision:
            with self._store.read() as connection:
                cached = (revision, queries.codebook(connection))
            self._cached = cached
        return cached[1]

    def code(self, code: str | Code) -> Code:
        """The code of that id or name."""
        return found_code(self.codebook, code)


def found_code(book: Codebook, code: str | Code) -> Code:
    """The code of that id or name. Raises NotFound."""
    found = book.get(code.id) if isinstance(code, Code) else book.get(code) or book.by_name(code)
    if found is None:
        name = code.name if isinstance(code, Code) else code
        near = nearest(name, (each.name for each in book))
        raise NotFound(
            _("Il n'y a pas de code « {name} » dans la grille.").format(name=name),
            _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
        )
    return found


def document_id_of(connection: sa.Connection, name: str) -> str:
    """The id of the document of that id or title. Raises NotFound."""
    found = find_document(connection, name)
    if found is None:
        raise NotFound(_("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=name))
    return found
