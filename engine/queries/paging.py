"""Pages of a list by cursor: what comes after a row, by the columns that the list is sorted by."""

import base64
import binascii
import datetime as dt
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from engine import errors

LIMIT: Final = 50
MOST: Final = 200
Row = TypeVar("Row")
Made = TypeVar("Made")


class BadCursor(errors.Invalid):
    """This page of the list does not exist any more. Go back to the first page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and where the next ones begin (None at the end)."""

    items: tuple[Row, ...]
    next_cursor: str | None

    def of(self, make: Callable[[Row], Made]) -> "Page[Made]":
        """Return the page with something made of each row."""
        return Page(tuple(map(make, self.items)), self.next_cursor)


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: columns of its statement that together are unique.

    Attributes:
        columns: As they are selected, the weightiest first.
        falling: So many of them, from the first on, begin with the greatest.
    """

    columns: tuple[sa.ColumnElement[Any], ...]
    falling: int = 0

    @classmethod
    def newest_first(cls, *columns: sa.ColumnElement[Any]) -> "Order":
        """Return an order in which all columns fall."""
        return cls(columns, len(columns))

    def by(self) -> list[sa.ColumnElement[Any]]:
        """Return what to order by."""
        return [
            column.desc() if place < self.falling else column
            for place, column in enumerate(self.columns)
        ]

    def after(self, cursor: str) -> sa.ColumnElement[bool]:
        """Return the condition of the rows behind a cursor's.

        Raises:
            BadCursor: it is none of this list's.
        """
        keys = _decoded(cursor, len(self.columns))
        there = [
            sa.literal(_value(column.type.python_type, key), column.type)
            for column, key in zip(self.columns, keys, strict=True)
        ]
        down, up = self.columns[: self.falling], self.columns[self.falling :]
        if not up:
            return sa.tuple_(*down) < sa.tuple_(*there)
        rises = sa.tuple_(*up) > sa.tuple_(*there[self.falling :])
        if not down:
            return rises
        here, same = sa.tuple_(*down), sa.tuple_(*there[: self.falling])
        return sa.or_(here < same, sa.and_(here == same, rises))

    def cursor(self, row: sa.Row[Any]) -> str:
        """Return the cursor of a row."""
        keys = [str(row._mapping[column]) for column in self.columns]  # noqa: SLF001 (public, by its name)
        return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()


def page(
    connection: sa.Connection,
    statement: sa.Select[Any],
    order: Order,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Any]:
    """Return the rows of a page.

    Args:
        connection: To read.
        statement: All rows, in no order; it selects what it is sorted by.
        order: What it is sorted by.
        limit: How many rows, within bounds.
        cursor: Behind which row it begins; None for the first page.

    Raises:
        BadCursor: the cursor is none of this list's.
    """
    wanted = limit_of(limit)
    if cursor:
        statement = statement.where(order.after(cursor))
    rows = connection.execute(statement.order_by(*order.by()).limit(wanted + 1)).all()
    more = order.cursor(rows[wanted - 1]) if len(rows) > wanted else None
    return Page(tuple(rows[:wanted]), more)


def limit_of(limit: int | None) -> int:
    """Return how many rows a page has, within bounds."""
    return max(1, min(limit or LIMIT, MOST))


def _decoded(cursor: str, count: int) -> list[str]:
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error, UnicodeError, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(keys, list) or len(keys) != count:
        raise BadCursor
    return [str(key) for key in keys]


def _value(kind: type, key: str) -> Any:  # noqa: ANN401
    try:
        return _READ[kind](key)
    except ValueError as error:
        raise BadCursor from error


def _moment(key: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(key)
    if found.tzinfo is None:
        raise ValueError(key)
    return found


def _number(key: str) -> float:
    found = float(key)
    if not math.isfinite(found):
        raise ValueError(key)
    return found


def _integer(key: str) -> int:
    found = int(key)
    if abs(found) >= 2**31:  # more than the columns of lists hold
        raise ValueError(key)
    return found


def _text(key: str) -> str:
    key.encode()
    if "\x00" in key:
        raise ValueError(key)
    return key


_READ: Final[Mapping[type, Callable[[str], Any]]] = {
    UUID: UUID,
    dt.datetime: _moment,
    dt.date: dt.date.fromisoformat,
    float: _number,
    int: _integer,
    str: _text,
}
