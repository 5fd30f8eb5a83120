"""Every figure of the board, computed anew from raw rows by code that shares nothing with the counts."""

import datetime as dt
import statistics
from collections import Counter, defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine.commands.claim_task import ClaimTask
from engine.store.tables import tasks
from tests.support.county import County
from tests.support.lived import Life
from workflows import bootstrap
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import deadlines as derivation
from workflows.duties.facts import Fact, LawfulException
from workflows.queries.board_advice import board_advice
from workflows.queries.board_ages import board_ages
from workflows.queries.board_delays import board_delays
from workflows.queries.board_filter import BoardFilter
from workflows.queries.board_flow import board_flow
from workflows.queries.board_quality import board_quality
from workflows.queries.board_standings import board_standings
from workflows.queries.board_timeliness import board_timeliness
from workflows.queries.load import load as loads_of
from workflows.rulebook import load
from workflows.store.board_tables import tallies
from workflows.store.digest_tables import reminders
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import (
    case_facts,
    cases,
    deadlines,
    delay_reasons,
    lawful_exceptions,
    memberships,
)

RULEBOOK = load.current()
ALL = BoardFilter()


class Raw:
    """All rows of the county, and its deadlines derived anew from facts and exceptions alone."""

    def __init__(self, county: County) -> None:
        self.now = county.system.clock.now()
        self.today = self.now.date()
        self.year = dt.date(self.today.year - 1, self.today.month, 1) + dt.timedelta(days=31)
        self.year = self.year.replace(day=1)
        with county.system.read() as connection:

            def rows(table: sa.Table) -> list[Any]:
                return list(connection.execute(sa.select(*table.c)))

            self.cases, self.reasons = rows(cases), rows(delay_reasons)
            self.exceptions, self.reminders = rows(lawful_exceptions), rows(reminders)
            self.facts = [each for each in rows(case_facts) if each.current]
            self.tasks = [each for each in rows(tasks) if each.status == "open"]
            self.places = {(r.case_id, r.duty, r.qualifier): r for r in rows(deadlines)}
            self.members = {(r.person_id, r.team_id) for r in rows(memberships)}
        self.limits = [each for case in self.cases for each in self._limits(case)]

    def _limits(self, case: Any) -> list[tuple[Any, derivation.Deadline]]:
        facts = [
            Fact(each.code, each.on, each.qualifier, each.outcome)
            for each in self.facts
            if each.case_id == case.id
        ]
        claimed = [
            LawfulException(e.duty, e.ground, e.from_date, e.to_date, e.qualifier)
            for e in self.exceptions
            if e.case_id == case.id
        ]
        found = derivation.derive(RULEBOOK, facts, claimed)
        return [(self.places[case.id, each.duty.code, each.qualifier], each) for each in found]

    def stands(self, each: derivation.Deadline) -> str:
        if each.met:
            return "done_late" if each.met > each.due else "done_on_time"
        if each.voided:
            return "no_longer_due"
        if each.due < self.today:
            if each.duty.right:
                return "no_longer_due"
            return "lawful_exception" if each.excused else "late"
        days = (self.today + dt.timedelta(days=n) for n in range(1, (each.due - self.today).days))
        closed = WorkingCalendar()
        left = sum(closed.is_working_day(day) for day in days) + closed.is_working_day(each.due)
        return "due_soon" if left <= 10 or each.due == self.today else "on_track"

    def ended(self, each: derivation.Deadline) -> dt.date | None:
        passed = each.due if each.duty.right and each.due < self.today else None
        return each.met or each.voided or passed


@pytest.fixture
def lived(small_county: County) -> County:
    life = Life(small_county, 5)
    life.go_on(90)
    for case_id in life.cases:
        for row in small_county.open_tasks(case_id)[:1]:
            person = small_county.person(small_county.who_does(row))
            small_county.system.execute(ClaimTask(row.id), person)
    return small_county


def test_every_figure_is_what_the_raw_rows_say(lived: County) -> None:
    raw = Raw(lived)
    assert len(raw.cases) > 5
    assert raw.exceptions
    assert raw.reasons
    assert lived.problems() == []

    team = Counter(each.team_id for each in raw.tasks if each.team_id).most_common()[-1][0]
    of_team = [each for each in raw.tasks if each.team_id == team]

    with lived.system.read() as connection:
        told = (
            board_standings(connection, ALL, now=raw.now),
            board_timeliness(connection, ALL, now=raw.now),
            board_ages(connection, ALL, now=raw.now),
            board_flow(connection, ALL, now=raw.now),
            board_advice(connection, ALL, now=raw.now),
            board_delays(connection, ALL, now=raw.now),
            loads_of(connection, ALL, now=raw.now),
            board_quality(connection, ALL, now=raw.now),
        )
        narrowed_load = loads_of(connection, BoardFilter(team=team), now=raw.now)
        narrowed = board_standings(
            connection, BoardFilter(area="north", duty="assessment.advice"), now=raw.now
        )

    check_standings(raw, told[0])
    check_timeliness(raw, told[1])
    check_ages(raw, told[2])
    check_flow(raw, told[3])
    check_advice(raw, told[4])
    check_delays(raw, told[5])
    assert any(each.overdue for each in told[6].people)
    check_load(raw, told[6], raw.tasks)
    assert 0 < len(of_team) < len(raw.tasks)
    check_load(raw, narrowed_load, of_team)
    check_quality(raw, told[7])
    wanted = Counter(
        raw.stands(each)
        for row, each in raw.limits
        if each.duty.code == "assessment.advice" and row.area == "north"
        if (raw.ended(each) or raw.today) >= raw.year
    )
    assert dict(narrowed.counts) == wanted


def check_standings(raw: Raw, told: Any) -> None:
    wanted: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row, each in raw.limits:
        if (raw.ended(each) or raw.today) < raw.year:
            continue
        for dimension, value in (
            ("process", each.duty.processes[0]),
            ("duty", each.duty.code),
            ("agency", row.agency_id),
            ("team", row.team_id),
            ("area", row.area),
        ):
            wanted[dimension][value][raw.stands(each)] += 1
    for dimension, values in wanted.items():
        assert {key: dict(each) for key, each in told.by(dimension).items()} == values


def check_timeliness(raw: Raw, told: Any) -> None:
    issued = [
        each for _, each in raw.limits if each.duty.code == "assessment.final_plan" and each.met
    ]
    for month in told:
        own = [
            e
            for e in issued
            if (e.met.year, e.met.month) == (month.begins.year, month.begins.month)
        ]
        free = [each for each in own if not each.excused]
        assert month.plans.issued == len(own)
        assert month.plans.in_time == sum(each.met <= each.due for each in own)
        assert month.plans.issued_unexcused == len(free)
        assert month.plans.in_time_unexcused == sum(each.met <= each.due for each in free)
        assert month.plans.over_a_year == sum((e.met - e.opened).days > 364 for e in own)
    assert told[-1].year.issued == sum(each.met >= raw.year for each in issued)


def check_ages(raw: Raw, told: Any) -> None:
    wanted = Counter(
        next(
            f"{low}-{high or ''}"
            for low, high in ((0, 6), (6, 16), (16, 20), (20, 36), (36, 52), (52, None))
            if (raw.today - each.opened).days // 7 < (high or 10_000)
        )
        for _, each in raw.limits
        if each.duty.code == "assessment.final_plan" and not each.met and not each.voided
    )
    assert {age.code: n for age, n in told if n} == wanted


def check_flow(raw: Raw, told: Any) -> None:
    for week in told:
        last = week.begins + dt.timedelta(days=6)
        assert week.begins.weekday() == 0
        for code in ("request_received", "assessment_decision_notified", "final_plan_sent"):
            wanted = sum(e.code == code and week.begins <= e.on <= last for e in raw.facts)
            assert week.count(code) == wanted
        assert week.count("assessment_decision_notified:refuse") == sum(
            each.code == "assessment_decision_notified"
            and each.outcome == "refuse"
            and week.begins <= each.on <= last
            for each in raw.facts
        )


def check_advice(raw: Raw, told: Any) -> None:
    by_team: dict[str, list[derivation.Deadline]] = defaultdict(list)
    for row, each in raw.limits:
        if each.duty.code == "assessment.advice":
            by_team[row.team_id].append(each)
    monday = raw.today - dt.timedelta(days=raw.today.weekday())
    for each in told:
        own = by_team[each.team]
        took = [(a.met - a.opened).days for a in own if a.met and a.met >= raw.year]
        assert each.outstanding == sum(not a.met and not a.voided for a in own)
        assert each.late == sum(raw.stands(a) == "late" for a in own)
        assert each.received == len(took)
        assert each.median == (statistics.median(took) if took else None)
        recent = sum(
            monday - dt.timedelta(weeks=13) <= a.met < monday for a in own if a.met is not None
        )
        assert each.pace == pytest.approx(recent / 13)
        members = {f"person:{person}" for person, team in raw.members if team == each.team}
        chased = sum(
            r.how == "chase" and r.recipient in {*members, f"team:{each.team}"}
            for r in raw.reminders
        )
        assert each.chased == (chased if each.team else 0)
    assert any(each.received for each in told)


def check_delays(raw: Raw, told: Any) -> None:
    assert {each.code: each.times for each in told.reasons} == Counter(
        each.reason for each in raw.reasons
    )
    assert {each.code: each.times for each in told.grounds} == Counter(
        each.ground for each in raw.exceptions
    )
    assert sum(each.not_told for each in told.grounds) == sum(
        each.told_family_on is None for each in raw.exceptions
    )


def check_load(raw: Raw, told: Any, tasks_: list[Any]) -> None:
    today = raw.now.astimezone(ZoneInfo("Europe/London")).replace(hour=0, minute=0, second=0)
    today = today.replace(microsecond=0)
    late = [each for each in tasks_ if each.due_at < today]
    week = [each for each in tasks_ if today <= each.due_at < today + dt.timedelta(days=7)]
    assert {each.id: each.open for each in told.teams} == Counter(t.team_id for t in tasks_)
    for name, loads, whose in (
        ("team", told.teams, "team_id"),
        ("person", told.people, "assignee"),
    ):
        for figure, counted in (("open", tasks_), ("overdue", late), ("due_this_week", week)):
            wanted = Counter(getattr(each, whose) for each in counted)
            assert {each.id: getattr(each, figure) for each in loads} == {
                each.id: wanted[each.id] for each in loads
            }, (name, figure)
    free = Counter(each.team_id for each in tasks_ if not each.assignee)
    assert {each.id: each.unassigned for each in told.teams if each.unassigned} == free
    contacts = Counter(each.key_contact for each in raw.cases if each.status == "open")
    assert {each.id: each.cases for each in told.people if each.cases} == {
        each: n for each, n in contacts.items() if each
    }
    for each in told.teams:
        members = {person for person, team in raw.members if team == each.id}
        assert each.cases == sum(contacts[person] for person in members) * bool(each.id)


def check_quality(raw: Raw, told: Any) -> None:
    assert told.cases == len(raw.cases)
    assert told.flaws["no_setting"] == sum(not each.setting_id for each in raw.cases)
    assert told.flaws["no_area"] == sum(not each.area for each in raw.cases)
    assert told.flaws["no_sex"] == sum(not each.details.get("child_sex") for each in raw.cases)
    given = {(each.case_id, each.duty, each.qualifier) for each in raw.reasons}
    silent = {
        row.case_id
        for row, each in raw.limits
        if raw.stands(each) == "done_late" and not each.excused and not each.duty.right
        if (row.case_id, each.duty.code, each.qualifier) not in given
    }
    assert told.flaws["late_without_reason"] == len(silent)


def test_what_the_forecast_expects_late_is_at_risk_and_not_due_soon(small_county: County) -> None:
    case_id = small_county.open_case()
    row = small_county.deadline(case_id, "assessment.final_plan")
    now = small_county.system.clock.now()
    with small_county.system.engine.begin() as connection:
        connection.execute(
            forecasts.insert(),
            {
                "case_id": case_id,
                "process_key": row.process_key,
                "duty": row.duty,
                "due": row.due,
                "p50": row.due + dt.timedelta(days=9),
                "p80": row.due + dt.timedelta(days=30),
                "chance_late": 0.7,
                "at_risk": True,
                "driver": "give_advice",
                "driver_share": 0.6,
                "team_id": row.team_id,
                "agency_id": row.agency_id,
                "area": row.area,
                "computed_at": now,
                "stale": False,
                "excused": False,
                "this_in_time": 0,
                "this_late": 0,
                "next_in_time": 0,
                "next_late": 0,
            },
        )

    with small_county.system.read() as connection:
        counts = board_standings(connection, ALL, now=now).counts

    assert counts["at_risk"] == 1
    assert sum(counts.values()) == 2


def test_cases_from_before_the_board_are_counted_once_and_rows_of_a_kind_merge(
    county: County,
) -> None:
    for _ in range(3):
        county.open_case()
    with county.system.read() as connection:
        before = board_standings(connection, ALL, now=county.system.clock.now()).counts
    with county.system.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM case_flaws"))
        connection.execute(sa.text("DELETE FROM case_tallies"))
        connection.execute(tallies.delete())
    assert any("3 cases are not counted" in each for each in county.problems())

    counted = bootstrap.keep_tallies(county.system)
    again = bootstrap.keep_tallies(county.system)

    with county.system.read() as connection:
        after = board_standings(connection, ALL, now=county.system.clock.now()).counts
        keys = connection.execute(sa.select(sa.func.count()).select_from(tallies)).scalar_one()
    assert (counted, again) == (3, 0)
    assert after == before
    assert keys < 3 * 5
    assert county.problems() == []


def test_the_doctor_finds_a_count_that_nobody_should_have_made(small_county: County) -> None:
    small_county.open_case()
    with small_county.system.engine.begin() as connection:
        first = sa.select(sa.func.min(tallies.c.id)).scalar_subquery()
        connection.execute(tallies.update().where(tallies.c.id == first).values(n=7))

    assert any("the ledger does not have the sum" in each for each in small_county.problems())
