"""A closure moves what is counted in working days: shown first, then case by case, timers too."""

import datetime as dt
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import errors
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.store.tables import timers
from tests.support.county import County
from workflows import bootstrap
from workflows.commands.change_closures import ChangeClosures
from workflows.commands.remove_school_term import RemoveSchoolTerm
from workflows.commands.save_school_term import SaveSchoolTerm
from workflows.demo import organisation
from workflows.duties import counted
from workflows.queries import calendar_effect, working_calendar
from workflows.rulebook import load
from workflows.store import closures

TUESDAY = dt.date(2026, 1, 6)


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A refused case whose family does not wish to mediate: three working days run."""
    found = small_county.open_case()
    small_county.walk(found, decide_to_assess={"decision_to_assess": "refuse"})
    told = DeliverMessage("adviser_contacted", found, {"contacted_on": "2026-01-05"})
    small_county.system.execute(told, small_county.person("casework"))
    (row,) = (e for e in small_county.open_tasks(found) if e.element_id == "give_information")
    days = dict.fromkeys(("information_given_on", "choice_told_on"), "2026-01-05")
    given = {**days, "wants_mediation": "no"}
    small_county.system.execute(CompleteTask(row.id, given), small_county.person("mediator"))
    return found


def working(county: County, case_id: UUID) -> dict[tuple[str, str], dt.date]:
    """Return the last day of each open time limit in working days."""
    codes = [each.code for each in counted.in_working_days(load.current())]
    with county.system.read() as connection:
        found = closures.last_days(connection, case_id)
    return {key: due for key, due in found.items() if key[0] in codes}


def close(county: County, first: dt.date, last: dt.date, *, closed: bool = True) -> ChangeClosures:
    command = ChangeClosures(first, last, "Flood", "The office is under water", closed)
    county.system.execute(command, county.person("admin"))
    return command


def test_the_effect_is_shown_and_then_comes_true(small_county: County, case_id: UUID) -> None:
    before = working(small_county, case_id)
    assert before, "the case has a time limit in working days"
    days = (TUESDAY, TUESDAY + dt.timedelta(days=1))
    with small_county.system.read() as connection:
        effect = calendar_effect.calendar_effect(connection, load.current(), added=days)

    close(small_county, *days)
    assert working(small_county, case_id) == before, "a worker moves them"
    assert bootstrap.apply_calendar(small_county.system) == 1
    after = working(small_county, case_id)

    assert {each.after for each in effect.moves} == {
        due for code, due in after.items() if due != before[code]
    }
    assert all(after[code] > due for code, due in before.items() if due >= days[0])
    moved = small_county.happened(case_id, "CalendarApplied")[0]["moved"]
    assert len(moved) == len(effect.moves) > 0
    with small_county.system.read() as connection:
        (change,) = working_calendar.working_calendar(connection, 2026).changes
    assert (change.cases, change.waiting, change.moved) == (1, 0, len(moved))
    assert small_county.problems() == []


def test_taken_out_again_all_is_as_it_was_timers_too(small_county: County, case_id: UUID) -> None:
    def waits() -> list[object]:
        with small_county.system.read() as connection:
            statement = sa.select(timers.c.id, timers.c.due_at).where(timers.c.status == "waiting")
            return list(connection.execute(statement.order_by(timers.c.id)).all())

    before, timers_before = working(small_county, case_id), waits()
    close(small_county, TUESDAY, TUESDAY)
    bootstrap.apply_calendar(small_county.system)
    assert working(small_county, case_id) != before
    close(small_county, TUESDAY, TUESDAY, closed=False)
    bootstrap.apply_calendar(small_county.system)

    assert working(small_county, case_id) == before
    assert waits() == timers_before
    assert bootstrap.apply_calendar(small_county.system) == 0


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (dt.date(2026, 1, 5), dt.date(2026, 1, 7), "first"),
        (dt.date(2025, 12, 1), dt.date(2025, 12, 2), "first"),
        (dt.date(2026, 1, 9), dt.date(2026, 1, 8), "last"),
        (dt.date(2026, 2, 1), dt.date(2026, 6, 1), "last"),
        (dt.date(2026, 1, 10), dt.date(2026, 1, 11), "first"),
        (dt.date(2026, 4, 3), dt.date(2026, 4, 3), "first"),
        (dt.date(2040, 1, 3), dt.date(2040, 1, 3), "first"),
    ],
    ids=["today", "past", "backwards", "too long", "weekend", "bank holiday", "far away"],
)
def test_days_that_cannot_be_closed_are_refused(
    small_county: County, first: dt.date, last: dt.date, field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        close(small_county, first, last)

    assert list(refused.value.errors) == [field]


def test_overlapping_closures_and_terms_are_refused(small_county: County) -> None:
    close(small_county, dt.date(2026, 2, 2), dt.date(2026, 2, 4))
    with pytest.raises(errors.Invalid):
        close(small_county, dt.date(2026, 2, 4), dt.date(2026, 2, 5))
    with pytest.raises(errors.Invalid):
        close(small_county, dt.date(2026, 3, 2), dt.date(2026, 3, 2), closed=False)
    admin = small_county.person("admin")
    term = SaveSchoolTerm(dt.date(2026, 1, 5), dt.date(2026, 3, 27), "Spring")
    small_county.system.execute(term, admin)
    with pytest.raises(errors.Invalid):
        small_county.system.execute(term, admin)
    small_county.system.execute(RemoveSchoolTerm(term.first), admin)
    with pytest.raises(errors.NotFound):
        small_county.system.execute(RemoveSchoolTerm(term.first), admin)
    assert organisation.person_id("admin") == admin.id
