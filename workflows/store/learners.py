"""The rows of the transition plan: each is locked, changed and entered in its history."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.entered import Entered
from workflows.store.tables import cases
from workflows.store.transition_tables import learner_history, learners

BATCH: Final = 500  # names in one question: databases have a limit
NOT_DONE: Final = ("withdrawn", "cancelled")  # outcomes of a case after which a review is still due


class NoSuchLearner(errors.NotFound):
    """There is no such learner in the transition plan."""


class ChangedMeanwhile(errors.Conflict):
    """A colleague has changed this learner meanwhile. Look at the entry as it stands now, and try again."""


class ReviewStarted(errors.Conflict):
    """A transfer review of this learner has been started already."""


def lock(connection: sa.Connection, learner_id: UUID, *, seen: int | None = None) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of a learner.

    Args:
        connection: The transaction.
        learner_id: Whose.
        seen: The revision that the person looked at, None where that does not matter.

    Raises:
        NoSuchLearner: there is none.
        ChangedMeanwhile: a colleague was quicker.
    """
    row = connection.execute(
        sa.select(*learners.c).where(learners.c.id == learner_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchLearner
    if seen is not None and row.revision != seen:
        raise ChangedMeanwhile
    return row


def add(connection: sa.Connection, rows: Sequence[Mapping[str, Any]], entered: Entered) -> bool:
    """Enter learners, each with the first entry of its history; tell whether all were new."""
    if not rows:
        return True
    new = [{**row, "revision": 1, "added_at": entered.at, "added_by": entered.by} for row in rows]
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        statement = (
            upsert(learners, connection)
            .values(batch)
            .on_conflict_do_nothing(index_elements=["identity"])
            .returning(learners.c.id)
        )
        taken = connection.execute(statement).all()
        if len(taken) != len(batch):
            return False
    connection.execute(
        learner_history.insert(), [{"learner_id": row["id"], **entered.row(1)} for row in new]
    )
    return True


def known(connection: sa.Connection, identities: Collection[str]) -> frozenset[str]:
    """Return those identities that are in the plan already."""
    wanted, found = list(identities), set()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        rows = connection.execute(
            sa.select(learners.c.identity).where(learners.c.identity.in_(batch))
        )
        found |= set(rows.scalars())
    return frozenset(found)


def change(
    connection: sa.Connection,
    row: Any,  # noqa: ANN401 (a row)
    entered: Entered,
    changed: Mapping[str, Any],
) -> None:
    """Change a row that is locked, and enter in its history who did what."""
    connection.execute(
        learners.update()
        .where(learners.c.id == row.id)
        .values(**changed, revision=row.revision + 1)
    )
    _enter(connection, row, entered)


def remove(connection: sa.Connection, row: Any, entered: Entered) -> None:  # noqa: ANN401 (a row)
    """Take a learner out of the plan; the history stays."""
    connection.execute(learners.delete().where(learners.c.id == row.id))
    _enter(connection, row, entered)


def refuse_begun(connection: sa.Connection, row: Any) -> None:  # noqa: ANN401 (a row)
    """Refuse a learner whose review has begun; one that was withdrawn or cancelled counts as none.

    Raises:
        ReviewStarted: it has begun.
    """
    if row.case_id is None:
        return
    outcome = connection.execute(
        sa.select(cases.c.outcome).where(cases.c.id == row.case_id)
    ).scalar_one()
    if outcome not in NOT_DONE:
        raise ReviewStarted


def begin_review(
    connection: sa.Connection, learner_id: UUID, case_id: UUID, *, now: dt.datetime, by: str
) -> None:
    """Tie the case of a transfer review to its learner.

    Raises:
        NoSuchLearner: there is none.
        ReviewStarted: there is a review that was neither withdrawn nor cancelled.
    """
    row = lock(connection, learner_id)
    refuse_begun(connection, row)
    entered = Entered(now, by, "started", {"case_id": str(case_id)})
    change(connection, row, entered, {"case_id": case_id})


def unplaced(connection: sa.Connection) -> Sequence[Any]:
    """Lock and return the learners whose review nobody has placed or started."""
    return connection.execute(
        sa.select(*learners.c)
        .where(learners.c.month.is_(None), learners.c.case_id.is_(None))
        .order_by(learners.c.id)
        .with_for_update()
    ).all()


def _enter(connection: sa.Connection, row: Any, entered: Entered) -> None:  # noqa: ANN401 (a row)
    connection.execute(
        learner_history.insert(), {"learner_id": row.id, **entered.row(row.revision + 1)}
    )
