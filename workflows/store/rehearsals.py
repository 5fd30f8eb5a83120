"""What came of living through the stories that a set of diagrams concerns."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.store.database import upsert
from workflows.store.scenario_tables import rehearsals

RUNNING: Final = "running"
PASSED: Final = "passed"
FAILED: Final = "failed"
SILENT: Final = dt.timedelta(minutes=2)  # one story takes a second or two


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How far the stories have been lived with a set of diagrams.

    Attributes:
        checksum: Of the diagrams and of the stories.
        failures: Name of the story to where it goes another way.
        seen_at: When it last told how far it is, aware.
    """

    checksum: str
    status: str
    total: int
    done: int
    failures: Mapping[str, str]
    started_at: dt.datetime
    started_by: str
    seen_at: dt.datetime

    def is_silent(self, now: dt.datetime) -> bool:
        """Tell whether it was broken off, by a restart for instance."""
        return self.status == RUNNING and now - self.seen_at > SILENT


def rehearsal(connection: sa.Connection, checksum: str) -> Rehearsal | None:
    """Return the rehearsal of a set of diagrams and stories, None where there was none."""
    row = connection.execute(
        sa.select(*rehearsals.c).where(rehearsals.c.checksum == checksum)
    ).one_or_none()
    return None if row is None else Rehearsal(*row)


def keep(connection: sa.Connection, told: Rehearsal) -> None:
    """Keep how far a rehearsal is; who began it, and when, stays with it while it runs."""
    values = {
        "status": told.status,
        "total": told.total,
        "done": told.done,
        "failures": dict(told.failures),
        "seen_at": told.seen_at,
    }
    begun = {"started_at": told.started_at, "started_by": told.started_by}
    connection.execute(
        upsert(rehearsals, connection)
        .values(checksum=told.checksum, **values, **begun)
        .on_conflict_do_update(
            index_elements=["checksum"], set_=values if told.done else values | begun
        )
    )
