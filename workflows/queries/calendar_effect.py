"""Which open time limits would move, and how, if the authority were closed on other days."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import counted, deadlines as derivation
from workflows.duties.facts import Fact
from workflows.rulebook.model import Rulebook
from workflows.store import closures
from workflows.store.tables import case_facts, cases, deadlines

SHOWN = 100  # cases: a page is not to take longer the larger the county is


@dataclass(frozen=True, slots=True)
class Move:
    """A time limit that would have another last day; no child is named."""

    reference: str
    title: str
    before: dt.date
    after: dt.date


@dataclass(frozen=True, slots=True)
class Effect:
    """What would move among the first cases; `cases`: how many have such time limits in all."""

    moves: tuple[Move, ...]
    looked_at: int
    cases: int


def calendar_effect(
    connection: sa.Connection,
    rulebook: Rulebook,
    *,
    added: Collection[dt.date] = (),
    removed: Collection[dt.date] = (),
) -> Effect:
    """Return what would move, the soonest first; stands on ix_deadlines_duty_state_due."""
    duties = counted.in_working_days(rulebook)
    first = min([*added, *removed])
    open_ones = (
        deadlines.c.state == "open",
        deadlines.c.duty.in_([each.code for each in duties]),
        deadlines.c.due >= first,
    )
    counting = sa.select(sa.func.count(sa.distinct(deadlines.c.case_id))).where(*open_ones)
    total = connection.execute(counting).scalar_one()
    rows = connection.execute(
        sa.select(
            deadlines.c.case_id,
            deadlines.c.duty,
            deadlines.c.qualifier,
            deadlines.c.due,
            cases.c.reference,
        )
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(*open_ones)
        .order_by(deadlines.c.due, deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
        .limit(SHOWN)
    ).all()
    calendar = WorkingCalendar((closures.days(connection) | set(added)) - set(removed))
    facts = _facts(connection, {row.case_id for row in rows})
    after = _derived(dataclasses.replace(rulebook, duties=duties), facts, calendar)
    moves = [
        Move(row.reference, found.duty.title, row.due, found.due)
        for row in rows
        if (found := after.get((row.case_id, row.duty, row.qualifier))) and found.due != row.due
    ]
    return Effect(tuple(moves), len(facts), total)


def _derived(
    rulebook: Rulebook, facts: Mapping[UUID, list[Fact]], calendar: WorkingCalendar
) -> dict[tuple[UUID, str, str], derivation.Deadline]:
    return {
        (case_id, each.duty.code, each.qualifier): each
        for case_id, known in facts.items()
        for each in derivation.derive(rulebook, known, calendar=lambda: calendar)
    }


def _facts(connection: sa.Connection, case_ids: set[UUID]) -> dict[UUID, list[Fact]]:
    rows = connection.execute(
        sa.select(
            case_facts.c.case_id,
            case_facts.c.code,
            case_facts.c.on,
            case_facts.c.qualifier,
            case_facts.c.outcome,
        )
        .where(case_facts.c.case_id.in_(case_ids), case_facts.c.current)
        .order_by(case_facts.c.case_id, case_facts.c.on, case_facts.c.id)
    )
    found: dict[UUID, list[Fact]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(Fact(*row[1:]))
    return found
