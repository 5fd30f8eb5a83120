"""Move an instance in memory: for the move itself, and to see beforehand what it would do."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from engine import ports
from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.move import move
from engine.runtime.moving.rewrite import Versions
from engine.runtime.run import Run, Stored

SUSPENDED: Final = "The process is suspended, and would go on at once. Resume it first."


@dataclass(frozen=True, slots=True)
class Trial:
    """An instance before and after a move, both in memory.

    Attributes:
        wakes: A join waits for nobody any more: the instance goes on at once.
    """

    before: Run
    after: Run
    wakes: bool


def attempt(
    row: Any,  # noqa: ANN401 (a row of `instances`)
    between: Versions,
    now: dt.datetime,
    context: ports.RunContext,
) -> Trial:
    """Move an instance in memory.

    Raises:
        Blocked: why it cannot be moved.
    """
    stored = stored_of(row)
    before = Run.load(between.old, stored, now, context)
    after = Run.load(between.new, move(stored, between), now, context)
    wakes = after.wake_joins()
    if wakes and row.status == "suspended":
        raise Blocked(SUSPENDED)
    return Trial(before, after, wakes)


def stored_of(row: Any) -> Stored:  # noqa: ANN401 (a row of `instances`)
    """Return an instance as it is stored."""
    return Stored(
        instance_id=row.id,
        subject_id=row.subject_id,
        state=row.state,
        state_version=row.state_version,
        variables=row.variables,
        done={key: entry["done"] for key, entry in row.marking.items()},
    )
