"""The names of a key replaced in a whole project, as one event: texts, speakers, titles, attributes, memos, codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import prose, queries
from qualikit.corpus.model import attribute_label
from qualikit.corpus.pseudonyms.matching import Matcher
from qualikit.corpus.pseudonyms.model import OtherTexts, Renamed
from qualikit.corpus.pseudonyms.rewriting import edits, rewritten
from qualikit.corpus.pseudonyms.texts import renew
from qualikit.corpus.tables import documents
from qualikit.i18n import _
from qualikit.store import Transaction

Progress = Callable[[int, int, str], bool | None]


@dataclass(frozen=True)
class Applied:
    """``documents``: texts that have a new version; ``replaced``: words replaced in them; ``others``: titles, names,
    memos… that changed; ``aside``: codings that lost their place; ``stopped``: nothing was done."""

    documents: int = 0
    replaced: int = 0
    others: int = 0
    aside: int = 0
    stopped: bool = False


class _Stopped(Exception):
    """Somebody asked for it."""


def apply(transaction: Transaction, matcher: Matcher, progress: Progress | None = None) -> Applied:
    """Replace every name that the key says to replace, in every document that is there.

    ``progress(done, total, title)`` is called before each; returning False leaves everything as it was.
    """
    connection = transaction.connection
    rows = connection.execute(sa.select(documents.c.id, documents.c.title).where(queries.present)).all()
    changed = replaced = aside = 0
    try:
        with (
            connection.begin_nested(),
            transaction.event("pseudonyms.apply", _("noms remplacés par des pseudonymes")) as change,
        ):
            for done, row in enumerate(rows):
                if progress is not None and progress(done, len(rows), row.title) is False:
                    raise _Stopped
                version = queries.text_version(connection, row.id)
                found = edits(version.text, matcher.find(version.text))
                if found:
                    aside += renew(transaction, change, row.id, found, label(matcher))
                    changed += 1
                    replaced += len(found)
            others = prose.rewrite(change, label(matcher), frozenset(queries.territories(connection)))
            prose.rewrite_facts(connection, label(matcher))
    except _Stopped:
        return Applied(stopped=True)
    return Applied(changed, replaced, others, aside)


def other_texts(connection: sa.Connection, matcher: Matcher, limit: int) -> OtherTexts:
    """What :func:`apply` would change besides the texts; ``limit``: shown at most."""
    words, others = label(matcher), 0
    found: dict[Renamed, None] = {}
    for one, after in prose.changes(connection, words, frozenset(queries.territories(connection))):
        shown = list(_shown(one, after))
        others += not shown and one.column != "rule"  # which speaks of labels: they are in the text
        found.update(dict.fromkeys(shown))
    others += sum(words(value) != value for value in prose.facts(connection).values())
    # Titles first: every list of documents shows them.
    ordered = sorted(found, key=lambda one: one.what != _("Titre"))
    return OtherTexts(tuple(ordered[:limit]), others + max(0, len(found) - limit))


def _shown(one: prose.Written, after: Any) -> Iterator[Renamed]:
    """A title, a name, the attributes that change; nothing for what is only counted."""
    match one.table.name, one.column:
        case "documents", "title":
            yield Renamed(_("Titre"), one.value, after)
        case "participants", "name":
            yield Renamed(_("Participant"), one.value, after)
        case (("documents" | "participants"), "attributes"):
            for (name, value), (new_name, new) in zip(one.value.items(), after.items(), strict=False):
                if (name, value) != (new_name, new):
                    yield Renamed(
                        _("Attribut"), f"{attribute_label(name)} : {value}", f"{attribute_label(new_name)} : {new}"
                    )


def label(matcher: Matcher) -> Callable[[str], str]:
    """A short text, a name or a title, with its names replaced."""
    return lambda text: rewritten(text, matcher.find(text, short=True))
