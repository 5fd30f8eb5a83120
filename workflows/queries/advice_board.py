"""The advice board of a case: who was asked, how it stands, how often they were chased."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import history, tasks
from workflows.duties.standing import Standing
from workflows.queries.deadline_list import DeadlineRow

DUTY: Final = "assessment.advice"
ASKED: Final = "give_advice"
CHECKED: Final = "check_advice"


@dataclass(frozen=True, slots=True)
class Advice:
    """One adviser's row.

    Attributes:
        adviser: What the advice is about ("Health").
        with_whom: Team that has the task, "" where nobody has one now.
        asked, due, received: Dates; received None while it is out.
        standing: How the time limit stands.
        chased: How often a reminder or chaser went out.
        checked: "accepted", "returned", or "" while it was not checked.
        returned_because: The reasons of the last return.
    """

    adviser: str
    with_whom: str
    asked: dt.date
    due: dt.date
    received: dt.date | None
    standing: Standing
    excused: bool
    chased: int
    checked: str
    returned_because: str


def advice_board(
    connection: sa.Connection, case_id: UUID, deadlines: Sequence[DeadlineRow]
) -> tuple[Advice, ...]:
    """Return a row for each adviser asked, in the order of the deadlines.

    Stands on ix_tasks_subject_id and the primary key of the history.

    Args:
        connection: Where to read.
        case_id: A case that the person may see.
        deadlines: Its deadlines as the person sees them.
    """
    asked = [each for each in deadlines if each.duty == DUTY]
    if not asked:
        return ()
    chased = _chased(connection, case_id)
    steps = _steps(connection, case_id)
    return tuple(_row(each, steps, chased[each.qualifier]) for each in asked)


def _row(deadline: DeadlineRow, steps: Sequence[Any], chased: int) -> Advice:
    own = [step for step in steps if (step.item or {}).get("code") == deadline.qualifier]
    checks = [step for step in own if step.element_id == CHECKED and step.status == "completed"]
    verdict = (checks[-1].values or {}) if checks else {}
    waiting = next((step for step in own if step.status == "open"), None)
    label = own[0].label if own else deadline.qualifier.replace("_", " ").capitalize()
    checked = {"yes": "accepted", "no": "returned"}.get(verdict.get("advice_accepted", ""), "")
    return Advice(
        adviser=label,
        with_whom=waiting.team_id if waiting else "",
        asked=deadline.opened,
        due=deadline.due,
        received=deadline.met,
        standing=deadline.standing,
        excused=deadline.excused,
        chased=chased,
        checked=checked,
        returned_because=str(verdict.get("advice_return_reasons") or ""),
    )


def _steps(connection: sa.Connection, case_id: UUID) -> Sequence[Any]:
    return connection.execute(
        sa.select(
            tasks.c.element_id,
            tasks.c.label,
            tasks.c.item,
            tasks.c.status,
            tasks.c["values"],
            tasks.c.team_id,
        )
        .where(tasks.c.subject_id == case_id, tasks.c.element_id.in_([ASKED, CHECKED]))
        .order_by(tasks.c.opened_at, tasks.c.id)
    ).all()


def _chased(connection: sa.Connection, case_id: UUID) -> Counter[str]:
    bodies = connection.execute(
        sa.select(history.c.body)
        .where(history.c.subject_id == case_id, history.c.kind == "ReminderSent")
        .order_by(history.c.seq)
    ).scalars()
    return Counter(str(body.get("qualifier") or "") for body in bodies)
