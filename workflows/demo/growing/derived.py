"""Identifiers that follow from others: those of timers, of messages waited for, of rows of a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from engine.runtime import waits
from workflows.duties.advisers import ADVISERS

ROWS_OF_PLANS: Final = ("budget", *(f"advice {code}" for code in ADVISERS))
_INTERNAL: Final = 5  # where the internal data of a token stands in its row of a state


@dataclass(frozen=True, slots=True)
class Derived:
    """An identifier that is made of another one and a text; both without dashes."""

    identifier: str
    source: str
    text: str


def of_plan(case_id: UUID) -> Iterator[Derived]:
    """Yield the identifiers that rows of a case's plan have when ehcflow proposes them."""
    for text in ROWS_OF_PLANS:
        yield Derived(uuid5(case_id, text).hex, case_id.hex, text)


def of_waits(state: Mapping[str, Any], elements: frozenset[str]) -> Iterator[Derived]:
    """Yield what the tokens of a state may wait for by timer or message at some of the elements."""
    for rows in (state["top"], *state["subs"].values()):
        for row in rows:
            token, internal = UUID(row[0]), row[_INTERNAL] or {}
            for element in elements:
                known = internal.get(waits.KNOWN_AS, {}).get(element, element)
                for text in (known, f"{known}:{internal.get(waits.ROUND, 0)}"):
                    yield Derived(uuid5(token, text).hex, token.hex, text)
