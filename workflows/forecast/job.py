"""Keep forecasts true, beside everything else a worker does.

1. Once a day learn from history.
2. Compute what is missing, out of date or of an earlier day, the most urgent first.
3. When all is up to date, tell what is expected of this month and the next.
4. Once a week hold forecasts of some weeks before against what came.
"""

import datetime as dt
import logging
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import ports
from engine.queries import definition_list
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.commands.forget_lessons import ForgetLessons
from workflows.commands.keep_backtest import KeepBacktest
from workflows.commands.keep_forecasts import KeepForecasts
from workflows.commands.keep_lessons import KeepLessons
from workflows.commands.keep_outlook import KeepOutlook
from workflows.forecast import backtest, forecast, gather, learn, lessons, prepare, rescue
from workflows.forecast.days import Days
from workflows.forecast.expressions import Law
from workflows.forecast.forecast import Forecast, Knowledge
from workflows.forecast.lessons import Lessons
from workflows.forecast.queue import QUEUED
from workflows.forecast.situation import Situation
from workflows.queries import forecast_state, observed_steps, past_cases
from workflows.queries.forecast_inputs import CaseInputs, Owed, forecast_inputs, wanting
from workflows.queries.observed_steps import Observed
from workflows.rulebook import load
from workflows.store import closures

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 5  # seconds
BATCH: Final = 50  # cases in one unit of work
PATIENCE: Final = 15.0  # seconds: after so long another look goes on
TESTED: Final = 120  # cases of each day that is looked back to
PLACES_KEPT: Final = 60.0  # seconds for which the places in the queues are taken as they were
WEEKS_BACK: Final = 12  # weeks that are tested where none was yet
_WEEK: Final = dt.timedelta(days=7)


class Forecaster:
    """Looks for forecasts to be made; `look` is called every few seconds."""

    def __init__(self, system: System) -> None:
        """Take the system; nothing is learned yet."""
        self._system = system
        self._rulebook = load.current()
        self._duties = gather.main_duties(self._rulebook)
        self._knowledge: Knowledge | None = None
        self._today = dt.date.min
        self._learned_at: dt.datetime | None = None
        self._places: dict[object, int] = {}
        self._placed_at = -PLACES_KEPT
        self._without: dict[UUID, dt.date] = {}  # cases of which nothing can be said today

    def look(self) -> None:
        """Do what is due, for some seconds at most."""
        now = self._system.now()
        self._learn(now)
        begun = time.monotonic()
        done = 0
        while time.monotonic() - begun < PATIENCE:
            computed = self.compute_some(now)
            done += computed
            if not computed:
                self._outlook(now, again=done > 0)
                self._test(now)
                return

    def compute_some(self, now: dt.datetime) -> int:
        """Compute some forecasts that are wanting; return how many cases were looked at."""
        today = london.local_date(now)
        skip = [case for case, day in self._without.items() if day == today]
        with self._system.read() as connection:
            found = wanting(connection, self._duties, london.start_of_day(today), BATCH, skip=skip)
        if found:
            self.compute(found, now)
        return len(found)

    def compute(self, case_ids: Collection[UUID], now: dt.datetime) -> None:
        """Compute the forecasts of cases and keep them."""
        knowledge = self._known(now)
        with self._system.read() as connection:
            inputs = forecast_inputs(connection, case_ids, self._duties)
            self._place(connection, knowledge)
        self._prepare(inputs)
        made = [self._one(each, london.local_date(now)) for each in inputs]
        rows = [_row(case, owed, found, now) for case, owed, found, _ in _present(made)]
        rescues = [
            _rescue(case.case_id, found.chance_late, each)
            for case, _, found, tried in _present(made)
            for each in tried
        ]
        over = tuple(each for each in made if isinstance(each, UUID))
        self._without |= dict.fromkeys(over, london.local_date(now))
        revisions = {each.case_id: each.revision for each in inputs}
        self._system.execute(
            KeepForecasts(revisions, tuple(rows), tuple(rescues), over), ports.SYSTEM
        )

    def knowledge(self, now: dt.datetime) -> Knowledge:
        """Return what forecasts are made with."""
        self._learn(now)
        return self._known(now)

    def _place(self, connection: sa.Connection, knowledge: Knowledge) -> None:
        """Look at the queues, once in a while: what has joined since stands at the end."""
        if time.monotonic() - self._placed_at > PLACES_KEPT:
            waiting = observed_steps.open_steps(connection, QUEUED)
            self._places = gather.queue_places(waiting, knowledge.lessons)
            self._placed_at = time.monotonic()

    def _one(self, inputs: CaseInputs, today: dt.date) -> "_Made | UUID":
        knowledge = self._knowledge
        assert knowledge is not None
        found = gather.situation(inputs, knowledge.prepared, self._rulebook, self._places, today)
        made = found and forecast.forecast(found[0], knowledge)
        if not found or made is None:
            return inputs.case_id
        return found[0], found[1], made, rescue.rescues(found[0], knowledge, made)

    # What is learned

    def _known(self, now: dt.datetime) -> Knowledge:
        if self._knowledge is None or self._today != london.local_date(now):
            self._today = london.local_date(now)
            before = self._knowledge
            self._knowledge = Knowledge(
                self._law(),
                before.lessons if before else Lessons(),
                self._days(now),
                before.prepared if before else {},
            )
        return self._knowledge

    def _law(self) -> Law:
        with self._system.read() as connection:
            return Law(self._rulebook, WorkingCalendar(closures.days(connection)))

    def _days(self, now: dt.datetime) -> Days:
        today = london.local_date(now)
        return Days.of(today - 2 * learn.LOOK_BACK, today, self._law().calendar)

    def _learn(self, now: dt.datetime) -> None:
        """Learn from history where that was not done today; else take what was learned."""
        knowledge, today = self._known(now), london.local_date(now)
        with self._system.read() as connection:
            learned_at = forecast_state.forecast_state(connection).learned_at
            if not forecast_state.is_of_an_earlier_day(learned_at, today):
                if learned_at != self._learned_at:
                    document = forecast_state.learned_document(connection) or {}
                    self._learned_at = learned_at
                    self._knowledge = replace(knowledge, lessons=lessons.of_json(document))
                return
            observed = observed_steps.observed_steps(connection, now - learn.LOOK_BACK, now)
        self._prepare_live()
        found = self._lessons(observed, knowledge.days, now)
        self._system.execute(KeepLessons(found.as_json()), ports.SYSTEM)
        self._learned_at = now
        self._knowledge = replace(self._known(now), lessons=found)
        logger.info("learned how long steps take", extra={"tasks": len(observed)})

    def _lessons(self, observed: Sequence[Observed], days: Days, now: dt.datetime) -> Lessons:
        assert self._knowledge is not None
        fields = [each.fields for each in self._knowledge.prepared.values()]
        return learn.learn(observed, learn.Questions(frozenset().union(*fields)), days, now)

    def _prepare(self, inputs: Sequence[CaseInputs]) -> None:
        self._prepare_bundles({run.bundle_id for each in inputs for run in each.running})

    def _prepare_live(self) -> None:
        with self._system.read() as connection:
            live = definition_list.processes(connection)
        self._prepare_bundles({each.bundle_id for each in live})

    def _prepare_bundles(self, bundle_ids: Collection[str]) -> None:
        knowledge = self._knowledge
        assert knowledge is not None
        bundles = self._system.executor.bundles
        new = {
            each: prepare.prepare(bundles.get(each), self._rulebook)
            for each in bundle_ids
            if each not in knowledge.prepared
        }
        if new:
            self._knowledge = replace(knowledge, prepared={**knowledge.prepared, **new})

    # What is told beside

    def _outlook(self, now: dt.datetime, *, again: bool) -> None:
        """Tell what is expected of this month and the next, once a day and after every change."""
        today = london.local_date(now)
        headline = self._rulebook.headline
        with self._system.read() as connection:
            state = forecast_state.forecast_state(connection)
            if state.outlook_on == today and not again:
                return
            month = forecast_state.month_of(today)
            for following in (False, True):
                found = forecast_state.expected_of(connection, headline, month, following=following)
                command = KeepOutlook(
                    today, month[0], found.in_time, found.late,
                    round(found.expected_in_time, 2), round(found.expected_late, 2),
                )  # fmt: skip
                self._system.execute(command, ports.SYSTEM)
                month = forecast_state.month_of(month[1])

    def _test(self, now: dt.datetime) -> None:
        """Test the next week that was not tested; one at each look."""
        today = london.local_date(now)
        monday = today - dt.timedelta(days=today.weekday())
        with self._system.read() as connection:
            tested = forecast_state.forecast_state(connection).tested
        week = monday - (WEEKS_BACK - 1) * _WEEK if tested is None else tested + _WEEK
        if week <= monday:
            self.test_week(week, now)

    def test_week(self, week: dt.date, now: dt.datetime) -> None:
        """Hold forecasts of some weeks before a Monday against what was known on it."""
        known = self._known(now)
        with self._system.read() as connection:
            since = london.start_of_day(week) - learn.LOOK_BACK
            observed = observed_steps.observed_steps(connection, since, london.start_of_day(week))
        tested = [
            each
            for back in backtest.LOOKED_BACK
            for each in self.looked_back(known, observed, week - back, week)
        ]
        found = backtest.calibrate(tested, week)
        self._system.execute(
            KeepBacktest(week, found.cases, found.p50, found.p80, found.bands), ports.SYSTEM
        )

    def looked_back(
        self, known: Knowledge, observed: Sequence[Observed], day: dt.date, week: dt.date
    ) -> Sequence[backtest.Tested]:
        """Return what would have been said on a day, learned from what was known then, and what came."""
        moment = london.end_of_day(day)
        then = [each for one in observed if (each := one.as_of(moment)) is not None]
        learned = self._lessons(then, known.days, moment)
        places = gather.queue_places([each for each in then if each.ended is None], learned)
        with self._system.read() as connection:
            cases = past_cases.past_cases(connection, self._duties, moment, (day, week), TESTED)
        self._prepare_bundles({run.bundle_id for each in cases for run in each.running})
        assert self._knowledge is not None
        knowledge = replace(self._knowledge, lessons=learned)
        said = (backtest.said_then(each, knowledge, places, day) for each in cases)
        return [each for each in said if each is not None]


def begin_anew(system: System) -> None:
    """Let everything be learned, computed and tested anew: the history was changed in bulk."""
    system.execute(ForgetLessons(), ports.SYSTEM)


_Made = tuple[Situation, Owed, Forecast, Sequence[rescue.Rescue]]


def _present(made: "Sequence[_Made | UUID]") -> list[_Made]:
    return [each for each in made if not isinstance(each, UUID)]


def _row(case: Situation, owed: Owed, found: Forecast, now: dt.datetime) -> dict[str, Any]:
    driver, share = found.driver
    this, following = found.months
    return {
        "case_id": case.case_id,
        "process_key": case.limit.duty.processes[0],
        "duty": owed.duty,
        "due": owed.due,
        "p50": found.p50,
        "p80": found.p80,
        "chance_late": round(found.chance_late, 4),
        "at_risk": found.p50 > owed.due and not owed.excused,
        "driver": driver[:120],
        "driver_share": share,
        "team_id": owed.team_id,
        "agency_id": owed.agency_id,
        "area": owed.area,
        "computed_at": now,
        "stale": False,
        "excused": owed.excused,
        "this_in_time": this.in_time,
        "this_late": this.late,
        "next_in_time": following.in_time,
        "next_late": following.late,
    }


def _rescue(case_id: UUID, before: float, each: rescue.Rescue) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "action": each.action,
        "step": each.step[:200],
        "task_id": each.task_id,
        "before": round(before, 4),
        "after": round(each.after, 4),
        "gain": round(before - each.after, 4),
    }
