"""What a manager of the demo finds: a failed afternoon, a colleague who is away, delays with reasons."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn
from uuid import UUID

import sqlalchemy as sa

from engine import errors, ports
from engine.commands.claim_task import ClaimTask
from engine.store.tables import incidents, tasks
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.record_exception import RecordException
from workflows.context import CaseContext
from workflows.duties import delays
from workflows.store.tables import deadlines

FAILURES: Final = 4  # cases that the outage stops
EXPLAINED: Final = 24
EXCEPTIONS: Final = 2
AWAY_FROM: Final = dt.timedelta(days=24)  # how long ago the child came into hospital, and out
AWAY_UNTIL: Final = dt.timedelta(days=10)
TAKEN: Final = 5  # tasks that somebody who is away has taken


class StoreUnreachable(errors.Invalid):
    """The document store did not answer, so the notice could not be kept. Try again later."""


@contextmanager
def outage(system: System) -> Iterator[None]:
    """Let no notice be issued within the block: each that should be fails, and can be tried again."""
    usual = system.domain.topics
    system.domain.topics = {**usual, "issue_notice": _fail}
    try:
        yield
    finally:
        system.domain.topics = usual


def _fail(call: ports.ServiceCall, case: CaseContext) -> NoReturn:
    del call, case
    raise StoreUnreachable


def failed(system: System) -> int:
    """Return how many steps have failed and were not tried again."""
    with system.read() as connection:
        return connection.execute(
            sa.select(sa.func.count()).where(incidents.c.resolved_at.is_(None))
        ).scalar_one()


def take_work(system: System, person: Person) -> None:
    """Let somebody take tasks of their team, and leave them."""
    for membership in person.memberships:
        with system.read() as connection:
            found = connection.execute(
                sa.select(tasks.c.id)
                .where(
                    tasks.c.team_id == membership.team_id,
                    tasks.c.role == membership.role,
                    tasks.c.status == "open",
                    tasks.c.assignee == "",
                )
                .order_by(tasks.c.due_at, tasks.c.id)
                .limit(TAKEN)
            ).scalars()
        for task_id in found:
            system.execute(ClaimTask(task_id), person)


def explain(system: System, person: Person) -> None:
    """Give reasons for time limits that were not kept, and record two lawful exceptions."""
    today = london.local_date(system.clock.now())
    late = (deadlines.c.state == "met_late") | (
        (deadlines.c.state == "open") & (deadlines.c.due < today)
    )
    with system.read() as connection:
        rows = connection.execute(
            sa.select(deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
            .where(late, deadlines.c.statutory)
            .order_by(deadlines.c.due, deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
            .limit(EXPLAINED)
        ).all()
        running = connection.execute(
            sa.select(deadlines.c.case_id)
            .where(
                deadlines.c.duty == "assessment.final_plan",
                deadlines.c.state == "open",
                deadlines.c.opened <= today - AWAY_UNTIL,
                deadlines.c.due >= today - AWAY_FROM,
            )
            .order_by(deadlines.c.due, deadlines.c.case_id)
            .limit(EXCEPTIONS)
        ).scalars()
        cases = list(running)
    codes = sorted(delays.CODES - {"other", "lawful_exception"})
    for number, row in enumerate(rows):
        reason = codes[number % len(codes)]
        command = ExplainDelay(row.case_id, row.duty, reason, qualifier=row.qualifier)
        system.execute(command, person)
    for case_id in cases:
        system.execute(_exception(case_id, today), person)


def _exception(case_id: UUID, today: dt.date) -> RecordException:
    return RecordException(
        case_id,
        "assessment.final_plan",
        "exceptional_circumstances",
        today - AWAY_FROM,
        today - AWAY_UNTIL,
        "The child was in hospital; the family sent the discharge letter.",
        told_family_on=today,
    )
