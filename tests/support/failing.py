"""Reminders that fail while a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine import errors
from tests.support.county import County


@contextmanager
def failing(
    county: County, *topics: str, why: str = "The mail server {} did not answer."
) -> Iterator[None]:
    """Let service tasks of these topics fail within the block, each with a number of its own."""
    counted = iter(range(100, 1000))
    before = county.system.domain.topics

    def fails(*_: Any) -> Any:
        raise errors.Invalid(why.format(next(counted)))

    county.system.domain.topics = {**before, **dict.fromkeys(topics, fails)}
    yield
    county.system.domain.topics = before


def cases_with_incidents(county: County, count: int) -> list[Any]:
    """Open cases whose reminder of the decision fails."""
    found = [county.open_case() for _ in range(count)]
    with failing(county, "remind"):
        county.pass_days(36)
    return found
