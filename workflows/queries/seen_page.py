"""A page of rows about cases, with how many there are for whoever looks, and how many are kept back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Made, Order, Page, Row
from workflows.access.people import Person
from workflows.access.sight import visible_cases


@dataclass(frozen=True, slots=True)
class SeenPage(Generic[Row]):
    """A page, how many there are on all pages, and how many more that one may not see."""

    page: Page[Row]
    shown: int
    hidden: int

    def of(self, make: Callable[[Row], Made]) -> "SeenPage[Made]":
        """Return the page with something made of each row."""
        return SeenPage(self.page.of(make), self.shown, self.hidden)


def seen_page(
    connection: sa.Connection,
    person: Person,
    statement: sa.Select[Any],
    order: Order,
    *,
    cursor: str | None = None,
) -> SeenPage[Any]:
    """Return the rows that a person may see; who sees all cases is told how many are kept back.

    Args:
        connection: Where to read.
        person: Who looks.
        statement: All rows, joined to `cases`.
        order: What they are sorted by.
        cursor: Of the page before.

    Raises:
        paging.BadCursor: the cursor is none of this list's.
    """
    visible = visible_cases(person)

    def count(condition: sa.ColumnElement[bool]) -> int:
        counted = sa.select(sa.func.count()).select_from(statement.where(condition).subquery())
        return int(connection.execute(counted).scalar_one())

    return SeenPage(
        paging.page(connection, statement.where(visible), order, cursor=cursor),
        count(visible),
        count(~visible) if person.sees_all_cases else 0,
    )
