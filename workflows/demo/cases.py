"""Some sixty cases at every stage, made by running the engine under a moved clock."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import ports
from engine.changes import JsonValue
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.commands.fire_timer import FireTimer
from engine.store.tables import instances, tasks, timers
from workflows.access import people as directory
from workflows.access.people import FAMILY, Person
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.complete_plan_task import CompletePlanTask
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.open_case import OpenCase
from workflows.commands.record_exception import RecordException
from workflows.demo import answers, contacts, organisation, plans, troubles
from workflows.demo.details import Details
from workflows.demo.meetings import Meetings
from workflows.scenarios import answers as plain
from workflows.store.tables import cases, parties

CASES: Final = 60
FIRST: Final = dt.timedelta(days=330)  # how long ago the first request came in
SEED: Final = 2014
OUTAGE: Final = 12  # days ago that documents could not be kept, until some cases had failed
AWAY: Final = ("casework2", "psychology2")  # who have taken tasks, and are away
MORNING: Final = dt.time(9, 30)
FIRST_NAMES: Final = (
    "Oliver",
    "Amelia",
    "Noah",
    "Isla",
    "Zara",
    "Leo",
    "Mohammed",
    "Freya",
    "Kai",
    "Poppy",
    "Ethan",
    "Aisha",
    "Jakub",
    "Ruby",
    "Theo",
    "Grace",
    "Reuben",
    "Layla",
    "Finn",
    "Maya",
)
LAST_NAMES: Final = (
    "Fletcher",
    "Begum",
    "Kowalski",
    "Whitaker",
    "Nguyen",
    "Hughes",
    "Okonkwo",
    "Sharma",
    "Barker",
    "Evans",
    "Ali",
    "Thornton",
    "Green",
    "Ahmed",
    "Robson",
    "Clarke",
    "Lowe",
    "Chen",
    "Wallis",
    "Price",
)
ACTORS: Final = {
    "sen_casework": "casework",
    "decision_panel": "panel",
    "educational_psychology": "psychology",
    "health": "health",
    "social_care": "socialcare",
    "mediation_adviser": "mediator",
    "personal_budgets": "budgets",
    "commissioning": "commissioner",
}


def create(
    system: System, *, count: int = CASES, tell: Callable[[int, int], None] | None = None
) -> None:
    """Live through the months before today, day by day.

    Args:
        system: A demo with its organisation and its diagrams, and no cases.
        count: How many requests come in.
        tell: Called with days done and days in all, to show progress.
    """
    end = system.clock.now()
    start = end - FIRST
    days = (end.date() - start.date()).days
    story = _Story(system, random.Random(SEED), days, count)  # noqa: S311 (the same demo every time)
    for day in range(days + 1):
        moment = dt.datetime.combine(
            start.date() + dt.timedelta(days=day), MORNING, tzinfo=london.LONDON
        ).astimezone(dt.UTC)
        if moment > end:
            break
        with system.clock.frozen_at(moment):
            story.live(day)
        if tell:
            tell(day, days)
    story.end()


class _Story:
    """Who does what on which day."""

    def __init__(self, system: System, chance: random.Random, days: int, count: int) -> None:
        self._system = system
        self._chance = chance
        self._arrivals = [
            *sorted(int(days * chance.random() ** 0.7) for _ in range(count - 1)),
            days - 100,
        ]
        self._opened = 0
        self._outage = days - OUTAGE
        self._planned: dict[UUID, int] = {}
        self._ending: dict[UUID, tuple[int, Ending]] = {}
        with system.read() as connection:
            self._people = {
                name: directory.person(connection, organisation.person_id(name))
                for name, _, _ in organisation.PEOPLE
            }
        self._meetings = Meetings(system, self._people["casework"])
        self._last = days
        self._details = Details(system, self._people["casework"], self._people["manager"])

    def live(self, day: int) -> None:
        """Let one day pass: timers fire, requests come in, people work."""
        self._fire()
        for _ in range(self._arrivals.count(day)):
            self._open(day)
        self._end(day)
        self._meetings.live(day)
        if day >= self._outage and troubles.failed(self._system) < troubles.FAILURES:
            with troubles.outage(self._system):
                self._work(day)
        else:
            self._work(day)
        self._details.live(self._last - day)

    def end(self) -> None:
        """Leave what a manager finds: delays with their reasons, tasks of people who are away."""
        troubles.explain(self._system, self._people["casework"])
        contacts.share(self._system, self._people["manager"])
        for name in AWAY:
            troubles.take_work(self._system, self._people[name])

    def _fire(self) -> None:
        while True:
            with self._system.read() as connection:
                due = connection.execute(
                    sa.select(timers.c.id)
                    .where(
                        timers.c.status == "waiting", timers.c.due_at <= self._system.clock.now()
                    )
                    .order_by(timers.c.due_at, timers.c.id)
                    .limit(1)
                ).scalar_one_or_none()
            if due is None:
                return
            self._system.execute(FireTimer(due), ports.SYSTEM)

    def _open(self, day: int) -> None:
        number = self._opened
        self._opened += 1
        chance, today = self._chance, self._system.clock.now().date()
        setting = organisation.SETTINGS[number % len(organisation.SETTINGS)]
        child = {"early_years": 4, "primary": 8, "secondary": 13, "post_16": 17}.get(setting[2], 10)
        first, last = FIRST_NAMES[number % 20], LAST_NAMES[(number * 7) % 20]
        is_demo_parent = number % 12 == 0
        command = OpenCase(
            "ehc_assessment",
            {
                "received_on": today.isoformat(),
                "request_source": chance.choice(["1", "1", "2", "2", "2", "5"]),
                "child_first_name": first,
                "child_last_name": "Fletcher" if is_demo_parent else last,
                "child_date_of_birth": (
                    today - dt.timedelta(days=365 * child + chance.randint(0, 300))
                ).isoformat(),
                "setting": setting[0],
                "area": setting[3],
                "parent_name": "Joanne Fletcher" if is_demo_parent else f"Parent of {first} {last}",
                "parent_email": f"family{number}@families.test",
                "parent_address": f"{number + 1} Beck Lane\nWoldham\nWO1 {number % 9 + 1}AB",
            },
        )
        self._system.execute(command, self._people["casework"])
        if is_demo_parent:
            self._sign_up(command.case_id)
        if number % 15 == 7:  # noqa: PLR2004 (some requests are withdrawn, some families move)
            self._ending[command.case_id] = (day + 40, Ending.WITHDRAWN)
        if number % 30 == 11:  # noqa: PLR2004
            self._ending[command.case_id] = (day + 70, Ending.MOVED_AWAY)

    def _sign_up(self, case_id: UUID) -> None:
        """Let the demo parent sign in as the party of a case."""
        with self._system.engine.begin() as connection:
            connection.execute(
                parties.update()
                .where(parties.c.case_id == case_id)
                .values(person_id=organisation.person_id("parent"))
            )

    def _end(self, day: int) -> None:
        for case_id, (on, ending) in list(self._ending.items()):
            if on == day:
                del self._ending[case_id]
                command = EndCase(
                    case_id,
                    ending,
                    self._system.clock.now().date(),
                    "The family told us by telephone.",
                )
                if self._is_open(case_id):
                    self._system.execute(command, self._people["casework"])

    def _is_open(self, case_id: UUID) -> bool:
        with self._system.read() as connection:
            return bool(
                connection.execute(
                    sa.select(sa.func.count()).where(
                        tasks.c.subject_id == case_id, tasks.c.status == "open"
                    )
                ).scalar_one()
            )

    def _work(self, day: int) -> None:
        """Complete the tasks whose time has come."""
        with self._system.read() as connection:
            rows = connection.execute(
                sa.select(
                    tasks.c.id,
                    tasks.c.element_id,
                    tasks.c.role,
                    tasks.c.team_id,
                    tasks.c.subject_id,
                    instances.c.bundle_id,
                )
                .join(cases, cases.c.id == tasks.c.subject_id)
                .join(instances, instances.c.id == tasks.c.instance_id)
                .where(tasks.c.status == "open")
                .order_by(cases.c.reference, tasks.c.element_id, tasks.c.label, tasks.c.team_id)
            ).all()
        for row in rows:
            if row.id not in self._planned:
                wait = answers.pace(row.element_id, self._chance, row.role)
                self._planned[row.id] = day + wait
                if row.element_id == "draft_plan":
                    plans.write(
                        self._system, self._people["casework"], row.subject_id, complete=False
                    )
            if self._planned[row.id] <= day and self._chance.random() < 0.97:  # noqa: PLR2004
                self._complete(row)

    def _complete(self, row: Any) -> None:  # noqa: ANN401
        today = london.local_date(self._system.clock.now())
        values = self._answer(row, today)
        actor = self._actor(row)
        own = actor.is_in(row.team_id, row.role)
        source = None if own else OnBehalf("By telephone, entered by casework")
        if self._chance.random() < 0.02 and row.element_id == "decide_placement":  # noqa: PLR2004
            self._except(row.subject_id, today)
        if row.element_id in plans.TASKS:
            plans.write(self._system, actor, row.subject_id, complete=True)
            said = {key: each for key, each in values.items() if not key.startswith("section_")}
            self._system.execute(CompletePlanTask(row.id, said, source), actor)
            return
        self._system.execute(CompleteTask(row.id, values, source), actor)

    def _answer(self, row: Any, today: dt.date) -> dict[str, JsonValue]:  # noqa: ANN401
        """Return what people answer: as the demo tells it, or plainly."""
        if row.element_id in answers.ANSWERS:
            return answers.answer(row.element_id, self._chance, today, {})
        bundle = self._system.executor.bundles.get(row.bundle_id)
        return plain.plain(bundle.elements[row.element_id].form, {}, today)

    def _except(self, case_id: UUID, today: dt.date) -> None:
        command = RecordException(
            case_id,
            "assessment.final_plan",
            "exceptional_circumstances",
            today - dt.timedelta(days=30),
            today - dt.timedelta(days=10),
            "The child was in hospital; the family sent the discharge letter.",
            told_family_on=today,
        )
        self._system.execute(command, self._people["casework"])

    def _actor(self, row: Any) -> Person:  # noqa: ANN401
        if row.role == FAMILY:
            return self._people["casework"]
        if row.role == "education_setting":
            for name in ("setting", "setting2", "outsider"):
                if self._people[name].is_in(row.team_id, row.role):
                    return self._people[name]
            return self._people["casework"]
        return self._people[ACTORS[row.role]]
