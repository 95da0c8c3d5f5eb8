"""What use is made of the codes: by whom, when, in which documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.model import Code, Codebook
from qualikit.coding.saturation import PERMUTATIONS, SEED, CodedDocument, Order, Saturation, saturation
from qualikit.coding.tables import codings
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.errors import CodebookError
from qualikit.i18n import _
from qualikit.store import coders

if TYPE_CHECKING:
    import pandas as pd

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")


def checked_period(period: str) -> Period:
    """The period of that name. Raises CodebookError, which lists them."""
    found = next((each for each in PERIODS if each == period), None)
    if found is None:
        raise CodebookError(
            _("L'emploi des codes ne se compte pas par « {period} ».").format(period=period),
            _("Il y a : day (jour), week (semaine), month (mois)."),
        )
    return found


def usage_frame(connection: sa.Connection, book: Codebook, period: Period) -> pd.DataFrame:
    """One row a code, coder and period in which codings were made that stand: code (name), coder, period (its first
    day, on this machine's clock), codings, documents (distinct), code_id; in the order of the codebook, of time."""
    import pandas as pd

    query = queries.select_codings(codings.c.code_id, coders.c.name, codings.c.created, codings.c.document_id)
    rows = connection.execute(query.order_by(None)).all()
    columns = ["code", "coder", "period", "codings", "documents", "code_id"]
    if not rows:
        return pd.DataFrame(columns=columns)
    frame = pd.DataFrame.from_records(rows, columns=["code_id", "coder", "created", "document_id"])
    minutes = frame["created"].str[:16]
    days = {minute: datetime.fromisoformat(f"{minute}+00:00").astimezone().date() for minute in minutes.unique()}
    frame["period"] = minutes.map({minute: _begins(day, period) for minute, day in days.items()})
    made = (
        frame.groupby(["code_id", "coder", "period"], sort=False)["document_id"]
        .agg(codings="size", documents="nunique")
        .reset_index()
    )
    places = {code.id: place for place, code in enumerate(book)}
    names = {code.id: code.name for code in book}
    made["place"], made["code"] = made["code_id"].map(places), made["code_id"].map(names)
    return made.sort_values(["place", "period", "coder"], ignore_index=True)[columns]


def _begins(day: date, period: Period) -> date:
    """First day of the period that a day is in; weeks begin on Mondays."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def read_saturation(
    connection: sa.Connection,
    book: Codebook,
    *,
    order: Order = "read",
    coder: str | None = None,
    wanted: Sequence[Code] = (),
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Saturation:
    """The saturation of the codings that stand; see :meth:`qualikit.coding.Codings.saturation`."""
    query = queries.select_codings(
        codings.c.document_id,
        documents.c.title,
        documents.c.date,
        codings.c.code_id,
        sa.func.min(codings.c.created).label("first"),
    )
    query = query.order_by(None).group_by(codings.c.document_id, documents.c.title, documents.c.date, codings.c.code_id)
    rows = connection.execute(queries.narrowed(query, coder=coder)).all()
    first: dict[str, CodedDocument] = {}
    for row in rows:
        known = first.get(row.document_id)
        if known is None or row.first < known.first_coded:
            first[row.document_id] = CodedDocument(row.document_id, row.title, row.first, row.date)
    used = {row.code_id for row in rows}
    shown = {id for code in wanted for id in (code.id, *(below.id for below in book.descendants(code.id)))}
    looked_at = [
        (code.id, code.name) for code in book if (code.active or code.id in used) and (not wanted or code.id in shown)
    ]
    total = connection.execute(sa.select(sa.func.count()).select_from(documents).where(present)).scalar_one()
    return saturation(
        list(first.values()),
        looked_at,
        [(row.document_id, row.code_id) for row in rows],
        order=order,
        documents_total=int(total),
        coder=coder,
        permutations=permutations,
        seed=seed,
    )
