"""One learner of the transition plan, with all that was entered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.queries import transition_plan
from workflows.queries.transition_plan import LearnerRow
from workflows.store.learners import NoSuchLearner
from workflows.store.transition_tables import learner_history

NEWEST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history."""

    at: dt.datetime
    by: str
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """A learner with the history, the newest first."""

    row: LearnerRow
    history: tuple[Entry, ...]


def learner_page(connection: sa.Connection, learner_id: UUID, *, today: dt.date) -> LearnerPage:
    """Return a learner.

    Raises:
        NoSuchLearner: there is none.
    """
    row = transition_plan.learner_row(connection, learner_id, today=today)
    if row is None:
        raise NoSuchLearner
    table = learner_history
    entries = connection.execute(
        sa.select(*table.c)
        .where(table.c.learner_id == learner_id)
        .order_by(table.c.revision.desc())
        .limit(NEWEST)
    ).all()
    names = people.names(connection, {each.by for each in entries})
    return LearnerPage(
        row,
        tuple(Entry(each.at, names.get(each.by, ""), each.kind, each.body) for each in entries),
    )
