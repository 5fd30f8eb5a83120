"""Forecasts as they are kept: written by the worker that computes them, marked stale by whatever happens."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.database import upsert
from engine.store.tables import subjects
from workflows.store.forecast_tables import (
    forecast_backtests,
    forecast_lessons,
    forecast_outlooks,
    forecast_rescues,
    forecasts,
)

_THE_ONE = 1


def mark_stale(connection: sa.Connection, case_id: UUID) -> None:
    """Take note that something happened in a case; one write by its key, whose answer nobody waits for."""
    connection.execute(forecasts.update().where(forecasts.c.case_id == case_id).values(stale=True))


def unchanged(connection: sa.Connection, revisions: Mapping[UUID, int]) -> set[UUID]:
    """Lock cases, and return those in which nothing has happened since the revisions that are given.

    A case that somebody works on just now is passed over: its forecast is about to be out of date.
    """
    rows = connection.execute(
        sa.select(subjects.c.id, subjects.c.history_seq)
        .where(subjects.c.id.in_(list(revisions)))
        .order_by(subjects.c.id)
        .with_for_update(skip_locked=True)
    )
    return {row.id for row in rows if row.history_seq == revisions[row.id]}


def keep(
    connection: sa.Connection,
    rows: Sequence[Mapping[str, Any]],
    rescues: Sequence[Mapping[str, Any]],
) -> None:
    """Keep forecasts, each with what would rescue its case."""
    ids = [row["case_id"] for row in rows]
    if not ids:
        return
    connection.execute(forecast_rescues.delete().where(forecast_rescues.c.case_id.in_(ids)))
    statement = upsert(forecasts, connection).values([dict(row) for row in rows])
    given = {
        column.name: statement.excluded[column.name]
        for column in forecasts.c
        if not column.primary_key
    }
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=given))
    if rescues:
        connection.execute(forecast_rescues.insert(), [dict(each) for each in rescues])


def drop(connection: sa.Connection, case_ids: Collection[UUID]) -> None:
    """Forget the forecasts of cases that have ended."""
    ids = list(case_ids)
    if ids:
        connection.execute(forecast_rescues.delete().where(forecast_rescues.c.case_id.in_(ids)))
        connection.execute(forecasts.delete().where(forecasts.c.case_id.in_(ids)))


def keep_lessons(connection: sa.Connection, document: Mapping[str, Any], now: dt.datetime) -> None:
    """Keep what was learned, in place of what was learned before."""
    given = {"learned_at": now, "document": dict(document)}
    statement = upsert(forecast_lessons, connection).values(id=_THE_ONE, **given)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=given))


def keep_outlook(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Keep what is expected of a month on a day."""
    statement = upsert(forecast_outlooks, connection).values(**row)
    given = {name: value for name, value in row.items() if name not in {"made_on", "month"}}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["made_on", "month"], set_=given)
    )


def keep_backtest(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Keep how forecasts turned out, as it is known in a week."""
    statement = upsert(forecast_backtests, connection).values(**row)
    given = {name: value for name, value in row.items() if name != "week"}
    connection.execute(statement.on_conflict_do_update(index_elements=["week"], set_=given))


def forget(connection: sa.Connection) -> None:
    """Forget what was learned and tested, and mark every forecast."""
    connection.execute(forecast_lessons.delete())
    connection.execute(forecast_backtests.delete())
    connection.execute(forecasts.update().values(stale=True))
