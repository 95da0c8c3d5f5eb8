"""The part of the coding that has to do with suggestions: asked for, listed, decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualikit.coding.model import Code
from qualikit.coding.part import Part, document_id_of
from qualikit.errors import CodingRefused
from qualikit.i18n import _
from qualikit.store import new_id
from qualikit.text import Span

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.coding.endpoint.service import LanguageModel
    from qualikit.coding.suggesting import SuggestionProgress, SuggestionReport
    from qualikit.coding.suggestions import Suggestion
    from qualikit.corpus.pseudonyms.key import Key


class SuggestionPart(Part):
    """Suggestions of a project, as one coder sees them. They count as nothing until they are accepted."""

    @property
    def endpoint(self) -> LanguageModel:
        """The language model that this project may ask; off until it is set and allowed."""
        from qualikit.coding.endpoint.service import LanguageModel

        return LanguageModel(self._store, self._coder)

    def suggest(
        self,
        assistant: str = "meaning",
        documents: Sequence[str] | None = None,
        codes: Sequence[str | Code] | None = None,
        *,
        moderators: bool = False,
        least: str = "weak",
        within: tuple[int, int] | None = None,
        progress: SuggestionProgress | None = None,
        key: Key | None = None,
    ) -> SuggestionReport:
        """Have an assistant propose codes on documents (None: all), in one event; see
        :func:`qualikit.coding.suggesting.suggest`.

        ``codes``: only suggestions of these. ``least``: ``weak``, ``medium`` or ``strong``. ``within``: only on the
        passages that have words in ``[start, stop)`` of each text, in code points. ``key``: that of the pseudonyms,
        open, for an assistant that sends words away. Raises UnknownPlugin, NotFound, CodingRefused, EndpointRefused.
        """
        from qualikit.coding.assistants import assistants
        from qualikit.coding.suggesting import suggest

        if within is not None and not 0 <= within[0] < within[1]:
            raise CodingRefused(_("Il n'y a pas de texte à cet endroit."), _("Choisissez un autre passage."))
        found = assistants.get(assistant)
        code_ids = None if codes is None else {self.code(code).id for code in codes}
        with self._store.read() as connection:
            ids = None if documents is None else [document_id_of(connection, name) for name in documents]
        level = _level(least)
        with self.endpoint.asking(key) as endpoint:
            return suggest(
                self._store,
                self._coder,
                found,
                ids,
                code_ids,
                moderators=moderators,
                least=level,
                within=None if within is None else Span(*within),
                progress=progress,
                endpoint=endpoint,
            )

    def withdraw_suggestions(self, document: str | None = None, assistant: str | None = None) -> int:
        """Take away the suggestions (of a document, of an assistant) that nobody has answered; how many there were.
        Raises NotFound."""
        from qualikit.coding.suggesting import withdraw

        with self._store.write(self._coder) as transaction:
            id = None if document is None else document_id_of(transaction.connection, document)
            return withdraw(transaction, id, assistant)

    def suggestions(self, document: str | None = None, status: str | None = "pending") -> list[Suggestion]:
        """Suggestions in the order of titles and texts: those that wait for this coder, those they ``accepted``,
        ``rejected`` or ``corrected`` (accepted with another code); None: all of these. Raises NotFound, CodingRefused.
        """
        from qualikit.coding.suggestions import Status, of_coder

        if status is not None and status not in list(Status):
            raise CodingRefused(
                _("« {name} » n'est pas une réponse à une suggestion.").format(name=status),
                _("Il existe : {names}.").format(names=", ".join(Status)),
            )
        with self._store.read() as connection:
            id = None if document is None else document_id_of(connection, document)
            return [each for each in of_coder(connection, self._coder, id) if status in {None, each.status.value}]

    def decide(self, id: str, *, accept: bool, code: str | Code | None = None) -> None:
        """Accept a suggestion, as it is or with another ``code``, or refuse it. Accepting makes a coding of this
        coder's. Raises CodingRefused, NotFound."""
        from qualikit.coding.operations import apply_operations

        operation: dict[str, Any] = {"uuid": new_id(), "op": "accept" if accept else "reject", "id": id}
        if code is not None:
            operation["code"] = self.code(code).id
        for refusal in apply_operations(self._store, self._coder, None, [operation]).refused:
            raise CodingRefused(refusal.reason)

    def decisions_frame(self) -> pd.DataFrame:
        """Every decision of every coder, one row each, in the order in which they were made: document, start, stop,
        quote, code, coder, verdict, chosen (code), assistant, assistant_version, score, reason, created, ids."""
        from qualikit.coding.suggestions import decisions_frame

        with self._store.read() as connection:
            return decisions_frame(connection)


def _level(name: str) -> Any:
    from qualikit.coding.assistants import Level

    if name not in list(Level):
        raise CodingRefused(
            _("« {name} » n'est pas un niveau de suggestion.").format(name=name),
            _("Il existe : {names}.").format(names=", ".join(Level)),
        )
    return Level(name)
