"""Live through a scenario under a moved clock, and tell where it goes another way."""

import datetime as dt
from typing import Any, Final
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
from workflows.scenarios import answers
from workflows.scenarios.model import Scenario, ScenarioError, Step

MOST: Final = 300  # tasks of a story: one that completes more goes round and round
NINE: Final = dt.timedelta(hours=9)


def run(scenario: Scenario, system: System) -> CaseState:
    """Return how the case stands at the end.

    Args:
        scenario: The story.
        system: A training or test system with its diagrams; its clock is moved.

    Raises:
        ScenarioError: naming the step at which it goes another way, what was expected, and what is.
    """
    return _Story(scenario, system).live()


class _Story:
    """One case, day by day."""

    def __init__(self, scenario: Scenario, system: System) -> None:
        self._scenario, self._system = scenario, system
        self._case_id = UUID(int=0)

    def live(self) -> CaseState:
        """Open the case, and go through the steps."""
        self._system.clock.move_to(london.start_of_day(self._scenario.begins) + NINE)
        self._open()
        for step in self._scenario.steps:
            if step.on:
                self._wait_until(step.on, step)
            self._act(step)
            self._look(step)
        return self._state()

    def _open(self) -> None:
        with self._system.read() as connection:
            bundle_id = definitions.live_bundle(connection, self._scenario.process)
        if bundle_id is None:
            raise ScenarioError(f"{self._scenario.name}: there is no such process")
        form = self._system.executor.bundles.get(bundle_id).start_form
        command = OpenCase(
            self._scenario.process, answers.plain(form, self._scenario.start, self._today)
        )
        self._system.execute(command, ports.SYSTEM)
        self._case_id = command.case_id

    @property
    def _today(self) -> dt.date:
        return london.local_date(self._system.clock.now())

    def _state(self) -> CaseState:
        with self._system.read() as connection:
            return case_state(connection, self._case_id, today=self._today)

    def _wait_until(self, day: dt.date, step: Step) -> None:
        if day < self._today:
            raise self._wrong(step, f"{day} lies before {self._today}, the step before it")
        while self._today < day:
            following = self._today + dt.timedelta(days=1)
            self._system.clock.move_to(london.start_of_day(following) + NINE)
            fire_due(self._system.executor)

    def _act(self, step: Step) -> None:
        try:
            if step.does:
                self._do(step)
            elif step.until is not None:
                self._as_usual(step)
            elif command := self._command(step):
                self._system.execute(command, ports.SYSTEM)
        except errors.Refused as refusal:
            if step.refused and step.refused in refusal.message + str(dict(refusal.errors)):
                return
            raise self._wrong(
                step, f"refused: {refusal.message} {dict(refusal.errors)}"
            ) from refusal
        if step.refused:
            raise self._wrong(step, f"was not refused with “{step.refused}”")

    def _command(self, step: Step) -> object | None:
        given = step.given
        if step.message:
            payload = {name: _text(value) for name, value in given.items()}
            return DeliverMessage(step.message, self._case_id, payload)
        if step.corrects:
            return CorrectFact(
                self._case_id,
                step.corrects,
                given.get("on", self._today),
                given.get("reason", "As the scenario has it."),
                step.about,
                given.get("outcome", ""),
            )
        if step.exception:
            return RecordException(
                self._case_id,
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
        found = [
            each
            for each in self._state().waiting
            if each.name == step.does and step.about in {"", each.label}
        ]
        if not found:
            waiting = ", ".join(f"“{each.name}”" for each in self._state().waiting) or "nothing"
            raise self._wrong(step, f"“{step.does}” does not wait; {waiting} does")
        for each in found if step.each else found[:1]:
            self._complete(each, step)

    def _as_usual(self, step: Step) -> None:
        for _ in range(MOST):
            waiting = self._state().waiting
            if not waiting and not step.until:
                return
            if any(each.name == step.until for each in waiting):
                return
            if not waiting:
                raise self._wrong(step, f"“{step.until}” never waits")
            self._complete(waiting[0], step)
        raise self._wrong(step, "the case goes round and round")

    def _complete(self, task: Waiting, step: Step) -> None:
        element = self._system.executor.bundles.get(task.bundle_id).elements[task.element_id]
        given = step.given if step.does or task.name in step.given else {}
        if not step.does:
            given = step.given.get(task.name, {})
        values = answers.plain(element.form, given, self._today)
        self._system.execute(CompleteTask(task.id, values), ports.SYSTEM)

    def _look(self, step: Step) -> None:
        if not step.then:
            return
        state = self._state()
        for key, expected in step.then.items():
            getattr(self, f"_look_at_{key}")(step, expected, state)

    def _look_at_case(self, step: Step, expected: str, state: CaseState) -> None:
        self._same(step, "the case is", state.status, expected)

    def _look_at_waiting(self, step: Step, expected: list[str], state: CaseState) -> None:
        self._same(step, "what waits is", sorted({e.name for e in state.waiting}), sorted(expected))

    def _look_at_not_waiting(self, step: Step, expected: list[str], state: CaseState) -> None:
        there = sorted({each.name for each in state.waiting} & set(expected))
        self._same(step, "what must not wait and does is", there, [])

    def _look_at_facts(self, step: Step, expected: dict[str, dt.date], state: CaseState) -> None:
        there = {code: state.facts.get(code) for code in expected}
        self._same(step, "the facts are", there, expected)

    def _look_at_duties(self, step: Step, expected: dict[str, str], state: CaseState) -> None:
        there = {}
        for code, words in expected.items():
            status, due = state.duties.get(code, ("not opened", None))
            there[code] = f"{status}, due {due}" if "due" in words else str(status)
        self._same(step, "the duties are", there, expected)

    def _look_at_notices(self, step: Step, expected: list[str], state: CaseState) -> None:
        missing = [each for each in expected if each not in state.notices]
        self._same(step, f"of the notices {list(state.notices)}, missing are", missing, [])

    def _look_at_told(self, step: Step, expected: list[str], state: CaseState) -> None:
        missing = [each for each in expected if each not in state.told]
        self._same(step, f"of what was told {list(state.told)}, missing is", missing, [])

    def _same(self, step: Step, what: str, there: Any, expected: Any) -> None:  # noqa: ANN401
        if there != expected:
            raise self._wrong(step, f"{what} {there}, not {expected}")

    def _wrong(self, step: Step, what: str) -> ScenarioError:
        return ScenarioError(f"{self._scenario.name}, step {step.number}, {self._today}: {what}")


def _text(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if isinstance(value, dt.date) else value
