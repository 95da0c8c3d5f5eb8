"""The whole project verified: what ``qualikit check`` says."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa

import qualikit.coding.tables  # noqa: F401  a table whose rows are passages
from qualikit.corpus.tables import documents, source_files, text_versions, turns
from qualikit.i18n import _
from qualikit.store import PROPOSED, QUIET, SPANS, Store, metadata
from qualikit.text import text_hash


def check(store: Store) -> list[str]:
    """What is wrong in a project, one sentence each; empty when all is well.

    Reads everything once, a document at a time: memory stays that of the largest document.
    """
    if problems := store.integrity():
        return problems  # nothing read from a damaged file can be trusted
    with store.read() as connection:
        # Those deleted for good have no content left to verify.
        for sha256, name, content in connection.execute(
            sa.select(source_files).where(source_files.c.content.is_not(None))
        ):
            if hashlib.sha256(content).hexdigest() != sha256:
                problems.append(_("Le fichier d'origine « {name} » a été altéré.").format(name=name))
        its_own = (text_versions.c.id == documents.c.text_version_id) & (text_versions.c.document_id == documents.c.id)
        empty = sa.select(documents.c.title).outerjoin(text_versions, its_own).where(text_versions.c.id.is_(None))
        for title in connection.execute(empty).scalars():
            problems.append(_("Le document « {title} » n'a plus de texte.").format(title=title))
        versions = sa.select(text_versions, documents.c.title).join(
            documents, documents.c.id == text_versions.c.document_id
        )
        versions = versions.order_by(text_versions.c.id)
        for version in connection.execute(versions.execution_options(yield_per=8)):
            problems += _check_version(connection, version)
    return problems


def _check_version(connection: sa.Connection, version: sa.Row[*tuple[Any, ...]]) -> list[str]:
    problems = []
    text, title = version.text, version.title
    if text_hash(text) != version.text_hash:
        problems.append(_("Le texte de « {title} » a été altéré.").format(title=title))
    end = 0
    rows = sa.select(turns).where(turns.c.text_version_id == version.id).order_by(turns.c.index)
    for turn in connection.execute(rows).mappings():  # a Row has an index() of its own
        inside = turn["start"] <= turn["speech_start"] <= turn["speech_stop"] <= turn["stop"]
        if turn["start"] != end or not inside:
            problems.append(
                _("« {title} » : le tour de parole {number} n'est pas à sa place.").format(
                    title=title, number=turn["index"] + 1
                )
            )
        end = turn["stop"]
    if end != len(text):
        problems.append(_("« {title} » : les tours de parole ne couvrent pas tout le texte.").format(title=title))
    for table in (table for table in metadata.sorted_tables if SPANS in table.info):
        for passage in connection.execute(sa.select(table).where(table.c.text_version_id == version.id)):
            quote = passage.quote[:60]
            coding = not table.info.get(QUIET)
            if passage.document_id != version.document_id:
                elsewhere = (
                    _("La suggestion « {quote} » porte sur le texte de « {title} », mais se dit d'un autre document.")
                    if PROPOSED in table.info
                    else _("Le codage « {quote} » porte sur le texte de « {title} », mais se dit d'un autre document.")
                    if coding
                    else _("Le passage « {quote} » est du texte de « {title} », mais se dit d'un autre document.")
                )
                problems.append(elsewhere.format(quote=quote, title=title))
            if passage.start < 0 or not passage.quote or text[passage.start : passage.stop] != passage.quote:
                moved = (
                    _("« {title} » : la suggestion « {quote} » ne correspond plus au texte.")
                    if PROPOSED in table.info
                    else _("« {title} » : le codage « {quote} » ne correspond plus au texte.")
                    if coding
                    else _("« {title} » : le passage marqué « {quote} » ne correspond plus au texte.")
                )
                problems.append(moved.format(title=title, quote=quote))
    return problems
