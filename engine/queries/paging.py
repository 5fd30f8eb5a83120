"""Pages of a list by cursor: what comes after a row, by the columns that the list is sorted by."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from engine import errors

LIMIT: Final = 50
MOST: Final = 200
Row = TypeVar("Row")


class BadCursor(errors.Invalid):
    """This page of the list does not exist any more. Go back to the first page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and where the next ones begin (None at the end)."""

    items: tuple[Row, ...]
    next_cursor: str | None


def limit_of(limit: int | None) -> int:
    """Return how many rows a page has, within bounds."""
    return max(1, min(limit or LIMIT, MOST))


def encode(*keys: Any) -> str:  # noqa: ANN401
    """Return the cursor after a row with these sort keys."""
    return base64.urlsafe_b64encode(json.dumps([str(key) for key in keys]).encode()).decode()


def decode(cursor: str, count: int) -> list[str]:
    """Return the sort keys of a cursor.

    Raises:
        BadCursor: it is none of ours.
    """
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise BadCursor from error
    if not isinstance(keys, list) or len(keys) != count:
        raise BadCursor
    return [str(key) for key in keys]
