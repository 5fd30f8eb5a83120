"""Pages by cursor: every row once, whatever the order; what is no cursor of the list is refused."""

import base64
import datetime as dt
import itertools
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import BadCursor, Order
from engine.store import database
from engine.store.types import Moment

rows = sa.Table(
    "rows",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
)
NOON = dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC)
KINDS = ("at", "day", "name", "share", "place")


@pytest.fixture
def connection(database_url: str) -> Iterator[sa.Connection]:
    engine = database.create_engine(database_url)
    rows.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            rows.insert(),
            [
                {
                    "id": UUID(int=number * 7919 % 101),
                    "at": NOON + dt.timedelta(hours=number % 4),
                    "day": NOON.date() + dt.timedelta(days=number % 3),
                    "name": "abc"[number % 3] * 2,
                    "share": number % 5 / 3,
                    "place": number % 6,
                }
                for number in range(1, 24)
            ],
        )
        yield connection
    rows.metadata.drop_all(engine)
    engine.dispose()


@pytest.mark.parametrize(("first", "falling"), list(itertools.product(KINDS, (0, 1, 2))))
def test_pages_together_are_the_list(connection: sa.Connection, first: str, falling: int) -> None:
    order = Order((rows.c[first], rows.c.id), falling)
    statement = sa.select(*rows.c)
    whole = list(connection.execute(statement.order_by(*order.by())))

    found: list[sa.Row[Any]] = []
    cursor: str | None = None
    while True:
        page = paging.page(connection, statement, order, limit=5, cursor=cursor)
        assert len(page.items) <= 5
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            break

    assert found == whole
    assert len(found) == 23


def cursor_of(*keys: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "\ud800",
        "WzE",
        base64.urlsafe_b64encode(b"[" * 4000).decode(),
        cursor_of(),
        cursor_of("2026-03-29"),
        cursor_of("aa", "aa"),
        cursor_of("a", "b", "c"),
        base64.urlsafe_b64encode(b'{"a": 1, "b": 2}').decode(),
    ],
)
def test_no_cursor_of_the_list_is_refused(kind: str, cursor: str) -> None:
    with pytest.raises(BadCursor):
        Order((rows.c[kind], rows.c.id)).after(cursor)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("at", "2026-03-29T12:00:00"),  # in no time zone
        ("at", "x"),
        ("day", "29 March"),
        ("name", "a\x00b"),
        ("name", "\ud800"),
        ("share", "nan"),
        ("share", "1e999"),
        ("place", "1.5"),
        ("place", "9" * 30),
        ("id", "1"),
    ],
)
def test_a_key_that_the_column_cannot_have_is_refused(kind: str, key: str) -> None:
    with pytest.raises(BadCursor):
        Order((rows.c[kind],)).after(cursor_of(key))
