"""One simulated case: the real engine runs it, in memory, from one wait to the next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import changes, errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition
from engine.runtime.run import Run
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.duties.deadlines import Deadline
from workflows.scenarios import answers
from workflows.simulation import chance, services
from workflows.simulation.process import Process
from workflows.simulation.setup import Setup

MOST_EVENTS: Final = 2_000  # things that happen to one case: more is a loop without an end


class NoDatabase(errors.Invalid):
    """A simulation has no database."""


@dataclass(slots=True)
class Present:
    """The moment of a simulated case; stands where a unit of work does."""

    now: dt.datetime
    changes: Sequence[changes.Change] = ()

    @property
    def connection(self) -> sa.Connection:
        """Refuse to be asked."""
        raise NoDatabase


@dataclass(frozen=True, slots=True)
class Opened:
    """A task waits.

    Attributes:
        handle: Which one of the case, in the order in which they opened.
        round: How often the case has come to this element before, for the same label.
        due: The ordinal of its own date, None where it has none.
    """

    handle: int
    element_id: str
    role: str
    label: str
    round: int
    due: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a case that is over, or cut off: a row of the result.

    Attributes:
        ended: The last day, None where it was cut off.
        end_element: The end event of the process that it came to.
        duties: Code, lateness in days (None while it is still in time, not met) and whether it was
            met; those that were taken away are left out.
        stuck: Why it could not go on, or "".
    """

    number: int
    began: dt.date
    ended: dt.date | None
    end_element: str
    duties: tuple[tuple[str, int | None, bool], ...]
    timers: int
    steps: int
    stuck: str = ""


@dataclass(slots=True)
class News:
    """What one thing that happened led to."""

    opened: list[Opened] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    told: Told | None = None


@dataclass(slots=True)
class _Open:
    task_id: UUID
    element_id: str
    round: int
    label: str


class SimulatedCase:
    """A case in memory.

    Attributes:
        next_timer: When its first timer is due, None where none has a date.
    """

    def __init__(
        self, process: Process, setup: Setup, number: int, calendar: WorkingCalendar
    ) -> None:
        """Prepare; `start` begins it."""
        self.number = number
        self.next_timer: dt.datetime | None = None
        self._process = process
        self._setup = setup
        self._present = Present(dt.datetime.min.replace(tzinfo=dt.UTC))
        self._row = SimpleNamespace(id=UUID(int=number + 1), reference=f"S-{number}", details={})
        self._context = CaseContext.imagined(
            self._present, self._row, (process.rulebook, calendar), services.TOPICS
        )
        self._tasks: dict[int, _Open] = {}
        self._handles: dict[UUID, int] = {}
        self._timers: dict[UUID, dt.datetime | None] = {}
        self._rounds: Counter[tuple[str, str]] = Counter()
        self._events = self._fired = 0
        self._run: Run | None = None
        self._began: dt.date = dt.date.min

    def start(self, now: dt.datetime) -> News:
        """Begin, and run to the first waits."""
        self._present.now = now
        self._began = london.local_date(now)

        def begin() -> None:
            values = self._answers(self._process.start.id, 0, "", {})
            born = values.get(answers.BORN)
            self._row.child_date_of_birth = dt.date.fromisoformat(born) if born else self._began
            identifiers = (self._row.id, self._row.id)
            self._run = Run.start(self._process.bundle, identifiers, values, now, self._context)

        return self._after(begin)

    def complete(self, handle: int, now: dt.datetime) -> News:
        """Complete a task; one that is gone already changes nothing."""
        task, run = self._tasks.pop(handle, None), self._run
        if task is None or run is None:
            return News()
        del self._handles[task.task_id]
        self._go_on(run, now)

        def answer() -> None:
            seen = run.scope_of_task(task.task_id)
            values = self._answers(task.element_id, task.round, task.label, seen)
            run.complete_task(task.task_id, values)

        return self._after(answer)

    def fire_due(self, now: dt.datetime) -> News:
        """Fire every timer that is due, in their order."""
        news, run = News(), self._run
        while run is not None and self.next_timer is not None and self.next_timer <= now:
            due = self.next_timer
            timer_id = next(key for key, at in self._timers.items() if at == due)
            self._go_on(run, now)
            self._fired += 1
            more = self._after(lambda: run.fire_timer(timer_id))  # noqa: B023 (run at once)
            news.opened += more.opened
            news.gone += more.gone
            if more.told:
                news.told = more.told
                break
        return news

    def cut_off(self, today: dt.date) -> Told:
        """Tell how it stands on the last day of the simulation."""
        return self._tell(today, ended=None, end_element="")

    def _go_on(self, run: Run, now: dt.datetime) -> None:
        self._present.now = now
        run.let_time_pass(now)

    def _after(self, job: Any) -> News:  # noqa: ANN401 (whatever it returns)
        """Let something happen; a case that cannot go on is over."""
        self._events += 1
        news = News()
        try:
            if self._events > MOST_EVENTS:
                raise errors.Invalid("It goes round and round without coming to an end.")
            job()
            assert self._run is not None
            if self._context.dates_moved():
                self._run.recompute_timers("A date of the case changed.")
                self._context.dates_settled()
            for change in self._run.take_changes():
                self._note(change, news)
        except errors.Refused as refusal:
            self._stop(news, stuck=" ".join([refusal.message, *_details(refusal)]))
        self.next_timer = min(filter(None, self._timers.values()), default=None)
        return news

    def _note(self, change: changes.Change, news: News) -> None:
        match change:
            case changes.TaskOpened():
                news.opened.append(self._opened(change))
            case changes.TaskCancelled(task_id=task_id):
                handle = self._handles.pop(task_id)
                del self._tasks[handle]
                news.gone.append(handle)
                news.opened = [each for each in news.opened if each.handle != handle]
            case changes.TimerSet(timer_id=timer_id, due_at=due):
                self._timers[timer_id] = due
            case changes.TimerRescheduled(timer_id=timer_id, due_at=due):
                self._timers[timer_id] = due
            case changes.TimerFired(timer_id=timer_id) | changes.TimerCancelled(timer_id=timer_id):
                self._timers.pop(timer_id, None)
            case changes.IncidentRaised(name=name, message=message):
                self._stop(news, stuck=f"“{name}” failed: {message}")
            case changes.InstanceEnded(end_element=end_element):
                self._stop(news, end_element=end_element)

    def _opened(self, change: changes.TaskOpened) -> Opened:
        handle = self._rounds.total()
        key = (change.element_id, change.label)
        number = self._rounds[key]
        self._rounds[key] += 1
        self._tasks[handle] = _Open(change.task_id, change.element_id, number, change.label)
        self._handles[change.task_id] = handle
        due = london.local_date(change.due_at).toordinal() if change.due_at else None
        return Opened(handle, change.element_id, change.role, change.label, number, due)

    def _stop(self, news: News, *, end_element: str = "", stuck: str = "") -> None:
        today = london.local_date(self._present.now)
        ended = None if stuck else today
        news.gone += self._tasks
        news.told = news.told or self._tell(
            today, ended=ended, end_element=end_element, stuck=stuck
        )
        self._tasks.clear()
        self._handles.clear()
        self._timers.clear()

    def _tell(
        self, today: dt.date, *, ended: dt.date | None, end_element: str, stuck: str = ""
    ) -> Told:
        duties = tuple(
            _stands(each, today)
            for each in self._context.deadlines()
            if each.duty.code in self._process.duties and each.voided is None
        )
        return Told(
            self.number, self._began, ended, end_element, duties, self._fired, self._events, stuck
        )

    def _answers(
        self, element_id: str, number: int, label: str, seen: changes.Values
    ) -> dict[str, Any]:
        """Return what is answered: by the shares what decides, and something plain for the rest."""
        form = self._process.forms.get(element_id, FormDefinition())
        given: dict[str, Any] = {
            each.id: each.options[0][0]
            for each in form.fields
            if each.properties.get("options_from") and each.type == FieldType.ENUM
        }
        for each in self._process.deciders:
            if each.element_id == element_id:
                shares = self._setup.shares.get((element_id, each.field.id))
                found = chance.pick(
                    shares or {value: 1.0 for value, _ in each.values},
                    self._setup.seed, self.number, element_id, each.field.id, label, number,
                )  # fmt: skip
                given[each.field.id] = found
        today = london.local_date(self._present.now)
        values = _short(form, answers.plain(form, given, today))
        return forms.validate(form, values, variables=seen, today=today, partial=True)


def _details(refusal: errors.Refused) -> list[str]:
    found = [each for messages in refusal.errors.values() for each in messages]
    return [each for each in found if each != refusal.message]


def _short(form: FormDefinition, values: dict[str, Any]) -> dict[str, Any]:
    """Return answers of which no text is longer than its field allows."""
    longest = {each.id: int(each.maximum) for each in form.fields if each.maximum is not None}
    return {
        name: value[: longest[name]] if isinstance(value, str) and name in longest else value
        for name, value in values.items()
    }


def _stands(deadline: Deadline, today: dt.date) -> tuple[str, int | None, bool]:
    if deadline.met is not None:
        return deadline.duty.code, (deadline.met - deadline.due).days, True
    late = (today - deadline.due).days
    return deadline.duty.code, late if late > 0 else None, False
