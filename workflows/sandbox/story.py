"""One case of a training or test system, lived through step by step under a moved clock."""

import datetime as dt
from typing import Final
from uuid import UUID

from engine import errors, ports
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.store import definitions
from engine.worker.timers import fire_due
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.open_case import OpenCase
from workflows.commands.record_exception import RecordException
from workflows.queries.case_state import CaseState, Waiting, case_state
from workflows.scenarios import answers, model
from workflows.scenarios.model import Scenario, ScenarioError, Step

MOST: Final = 300  # tasks of a story: one that completes more goes round and round
NINE: Final = dt.timedelta(hours=9)


class Story:
    """A case. Its system's clock is moved, and never goes back.

    Attributes:
        case_id: The case, once it is open.
        may_have_more: Tasks that the scenario never names are completed where they are in the way.
        named: Tasks that the scenario names.
    """

    def __init__(self, scenario: Scenario, system: System, *, may_have_more: bool = False) -> None:
        """Take the scenario for its name, its process, its first day and how it begins."""
        self.scenario, self.system = scenario, system
        self.may_have_more = may_have_more
        self.named = model.task_names(scenario)
        self.case_id = UUID(int=0)

    def open(self) -> None:
        """Open the case on the scenario's first day, with plain answers to what it does not say.

        Raises:
            ScenarioError: there is no such process.
            errors.Refused: an answer is wrong.
        """
        self.system.clock.move_to(london.start_of_day(self.scenario.begins) + NINE)
        with self.system.read() as connection:
            bundle_id = definitions.live_bundle(connection, self.scenario.process)
        if bundle_id is None:
            raise ScenarioError(f"{self.scenario.name}: there is no such process")
        form = self.system.executor.bundles.get(bundle_id).start_form
        values = answers.plain(form, self.scenario.start, self.today)
        command = OpenCase(self.scenario.process, values)
        self.system.execute(command, ports.SYSTEM)
        self.case_id = command.case_id

    @property
    def today(self) -> dt.date:
        """The day in London."""
        return london.local_date(self.system.clock.now())

    def state(self) -> CaseState:
        """Return how the case stands."""
        with self.system.read() as connection:
            return case_state(connection, self.case_id, today=self.today)

    def take(self, step: Step) -> None:
        """Let the days until the step pass, each with its timers, and do what it says.

        Raises:
            ScenarioError: it cannot be done, is refused, or is not refused as it should be.
        """
        if step.on:
            self._wait_until(step.on, step)
        try:
            self.act(step)
        except errors.Refused as refusal:
            if step.refused and step.refused in refusal.message + str(dict(refusal.errors)):
                return
            raise self.wrong(
                step, f"refused: {refusal.message} {dict(refusal.errors)}"
            ) from refusal
        if step.refused:
            raise self.wrong(step, f"was not refused with “{step.refused}”")

    def act(self, step: Step) -> None:
        """Do what a step says, on the day that it is.

        Raises:
            ScenarioError: what it names does not wait.
            errors.Refused: it is refused.
        """
        if step.does:
            self._do(step)
        elif step.until is not None:
            self._as_usual(step)
        elif command := self._command(step):
            self.system.execute(command, ports.SYSTEM)

    def wrong(self, step: Step, what: str) -> ScenarioError:
        """Return the error that says at which step, and on which day, something is not as told."""
        return ScenarioError(f"{self.scenario.name}, step {step.number}, {self.today}: {what}")

    def _wait_until(self, day: dt.date, step: Step) -> None:
        if day < self.today:
            raise self.wrong(step, f"{day} lies before {self.today}, the step before it")
        while self.today < day:
            following = self.today + dt.timedelta(days=1)
            self.system.clock.move_to(london.start_of_day(following) + NINE)
            fire_due(self.system.executor)

    def _command(self, step: Step) -> object | None:
        given = step.given
        if step.message:
            return DeliverMessage(step.message, self.case_id, answers.posted(given))
        if step.corrects:
            return CorrectFact(
                self.case_id,
                step.corrects,
                given.get("on", self.today),
                given.get("reason", "As the scenario has it."),
                step.about,
                given.get("outcome", ""),
            )
        if step.exception:
            return RecordException(
                self.case_id,
                step.exception,
                given["ground"],
                given["from"],
                given["to"],
                given.get("reason", "As the scenario has it."),
                step.about,
                given.get("told_family_on"),
            )
        return None

    def _do(self, step: Step) -> None:
        found = self._meant(step)
        for _ in range(MOST if self.may_have_more else 0):
            unknown = [each for each in self.state().waiting if each.name not in self.named]
            if found or not unknown:
                break
            self._complete(unknown[0], step)
            found = self._meant(step)
        if not found:
            waiting = ", ".join(f"“{each.name}”" for each in self.state().waiting) or "nothing"
            raise self.wrong(step, f"“{step.does}” does not wait; {waiting} does")
        for each in found if step.each else found[:1]:
            self._complete(each, step)

    def _meant(self, step: Step) -> list[Waiting]:
        return [
            each
            for each in self.state().waiting
            if each.name == step.does and step.about in {"", each.label}
        ]

    def _as_usual(self, step: Step) -> None:
        for _ in range(MOST):
            waiting = self.state().waiting
            if not waiting and not step.until:
                return
            if any(each.name == step.until for each in waiting):
                return
            if not waiting:
                raise self.wrong(step, f"“{step.until}” never waits")
            self._complete(waiting[0], step)
        raise self.wrong(step, "the case goes round and round")

    def _complete(self, task: Waiting, step: Step) -> None:
        element = self.system.executor.bundles.get(task.bundle_id).elements[task.element_id]
        given = step.given if task.name == step.does else step.given.get(task.name, {})
        values = answers.plain(element.form, given, self.today)
        self.system.execute(CompleteTask(task.id, values), ports.SYSTEM)
