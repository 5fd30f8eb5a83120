"""One loaded instance: let one thing happen to it, run to the next wait, and tell what changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.task import Task, TaskState

from engine import changes, errors, ports
from engine.definitions import specs
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from engine.runtime import clocks, difference, state, tokens, waits
from engine.runtime.no_way_on import in_plain_words
from engine.runtime.runner import Runner
from engine.runtime.workflow import Workflow

STEP_LIMIT: Final = 2_000  # engine steps in one run: more is a loop that never waits
DEPTH_LIMIT: Final = 500  # steps one after another; SpiffWorkflow stops looking at a thousand
PAST_LIMIT: Final = 300  # steps that a run in memory keeps, before it forgets what lies behind
_LOOK_EVERY: Final = 100  # steps between two looks at the depth
_BY_ITSELF: Final = frozenset({"serviceTask", "businessRuleTask", "scriptTask"})


class NeverWaits(errors.Invalid):
    """The process goes round without ever waiting for anybody. Mend the diagram's loop."""


class NoSuchToken(errors.Conflict):
    """The instance does not wait for this any more."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An instance as it is stored."""

    instance_id: UUID
    subject_id: UUID
    state: bytes
    state_version: int
    variables: Mapping[str, changes.JsonValue]
    done: Mapping[str, list[str]]


class Run:
    """An instance in memory, within one unit of work.

    Attributes:
        touched: Something happened to it, so that it must be stored again.
    """

    def __init__(self, workflow: Workflow, runner: Runner, now: dt.datetime) -> None:
        """Use `start` or `load`."""
        self._workflow = workflow
        self._runner = runner
        self._now = now
        self._before = waits.Waits()
        self._settled: set[UUID] = set()
        self.touched = False

    @classmethod
    def start(
        cls,
        bundle: Bundle,
        stored_as: tuple[UUID, UUID],
        values: changes.Values,
        now: dt.datetime,
        context: ports.RunContext,
    ) -> "Run":
        """Start an instance and run it to its first waits.

        Args:
            bundle: What it runs on.
            stored_as: The identifiers of the instance and of its subject.
            values: The accepted answers of the start form.
            now: The moment, aware.
            context: What the domain brings.
        """
        runner = Runner(bundle, *stored_as, values, context)
        runner.changes.append(
            changes.InstanceStarted(
                stored_as[0],
                stored_as[1],
                bundle.process_key,
                bundle.version,
                bundle.id,
                dict(values),
            )
        )
        workflow = Workflow(bundle.spec, bundle.subprocess_specs, script_engine=runner)
        run = cls(workflow, runner, now)
        run._advance()
        return run

    @classmethod
    def load(
        cls, bundle: Bundle, stored: Stored, now: dt.datetime, context: ports.RunContext
    ) -> "Run":
        """Load an instance as it was stored."""
        runner = Runner(bundle, stored.instance_id, stored.subject_id, stored.variables, context)
        runner.done = {key: list(done) for key, done in stored.done.items()}
        workflow = state.load(stored.state, stored.state_version, bundle, runner)
        run = cls(workflow, runner, now)
        run._before = waits.waits_of(workflow, bundle.elements)
        return run

    @property
    def bundle(self) -> Bundle:
        """What the instance runs on."""
        return self._runner.bundle

    @property
    def runner(self) -> Runner:
        """What evaluates and performs for the instance."""
        return self._runner

    @property
    def instance_id(self) -> UUID:
        """The instance's identifier."""
        return self._runner.instance_id

    @property
    def variables(self) -> dict[str, changes.JsonValue]:
        """The instance's variables."""
        return self._runner.variables

    @property
    def waiting(self) -> waits.Waits:
        """What the instance waits for."""
        return self._before

    def take_changes(self) -> list[changes.Change]:
        """Return what happened since the last call."""
        taken, self._runner.changes = self._runner.changes, []
        self.touched = self.touched or bool(taken)
        return taken

    def dump(self) -> tuple[bytes, int]:
        """Return the token state and its version."""
        return state.dump(self._workflow), state.VERSION

    @property
    def marking(self) -> dict[str, dict[str, object]]:
        """Process key to its elements that are `done`, and those that are `active` with how often."""
        return tokens.marking(self._workflow, self.bundle.elements, self._runner.done)

    @property
    def active_tokens(self) -> list[tokens.Token]:
        """Where the tokens are, that a person could put elsewhere."""
        return tokens.tokens_of(self._workflow, self.bundle.elements)

    def correlation_of(self, wait: waits.Wait) -> dict[str, changes.JsonValue]:
        """Return the keys and values that a message's payload must have for a wait."""
        return {
            key: self._runner.value(expression, wait.token)
            for key, expression in wait.element.correlate.items()
        }

    def agrees(self, wait: waits.Wait, message: str, payload: changes.Values) -> bool:
        """Tell whether a message is the one that a wait is for, by its name and correlation."""
        return wait.element.message == message and all(
            payload.get(key) == value for key, value in self.correlation_of(wait).items()
        )

    def let_time_pass(self, now: dt.datetime) -> None:
        """Let what happens next happen at a later moment: for a run that stays in memory."""
        self._now = now
        self._settled.clear()
        if sum(1 for _ in state.every_task(self._workflow)) > PAST_LIMIT:
            self._workflow = state.without_past(self._workflow, self.bundle, self._runner)
            self._before = waits.waits_of(self._workflow, self.bundle.elements)

    def scope_of_task(self, task_id: UUID) -> dict[str, changes.JsonValue]:
        """Return the variables that a user task sees.

        Raises:
            NoSuchToken: the instance does not wait for this task.
        """
        wait = self._before.tasks.get(task_id)
        if wait is None:
            raise NoSuchToken
        return {**self.variables, **wait.token.data}

    def complete_task(self, task_id: UUID, values: changes.Values) -> None:
        """Complete a user task with accepted values, and run on.

        Raises:
            NoSuchToken: the instance does not wait for this task.
            errors.Refused: the domain does not accept what follows from it.
        """
        wait = self._before.tasks.get(task_id)
        if wait is None:
            raise NoSuchToken
        self._settled.add(task_id)
        self._runner.store(wait.token, values)
        self._runner.complete(wait.element, wait.token, values)
        with in_plain_words():
            wait.token.run()
        self._advance()

    def fire_timer(self, timer_id: UUID, *, by_hand: bool = False, reason: str = "") -> None:
        """Let a timer fire, and run on.

        Raises:
            NoSuchToken: the instance does not wait for this timer.
        """
        wait = self._timer(timer_id)
        self._settled.add(timer_id)
        self._runner.changes.append(
            changes.TimerFired(
                self.instance_id,
                timer_id,
                wait.element.id,
                wait.element.name,
                waits.due_of(wait) or self._now,
                by_hand,
                reason,
            )
        )
        token = wait.token
        if wait.element.timer and wait.element.timer[0] == "timeCycle":
            self._count_round(wait)
        token.internal_data[specs.FIRED] = [wait.element.id]
        with in_plain_words():
            token.task_spec._update(token)  # noqa: SLF001
        self._advance()

    def deliver(self, wait_id: UUID, payload: changes.Values) -> None:
        """Let a message arrive, and run on; its payload becomes variables.

        Raises:
            NoSuchToken: the instance does not wait for this message.
        """
        wait = self._before.messages.get(wait_id)
        if wait is None:
            raise NoSuchToken
        self._settled.add(wait_id)
        self._runner.changes.append(
            changes.MessageDelivered(
                self.instance_id, wait_id, wait.element.id, wait.element.message, dict(payload)
            )
        )
        self._runner.store(wait.token, payload)
        token = wait.token
        definition = token.task_spec.event_definition
        if isinstance(definition, MultipleEventDefinition):
            chosen = next(
                each
                for each in definition.event_definitions
                if getattr(each, "element_id", "") == wait.element.id
            )
            token.internal_data["seen_events"] = [BpmnEvent(chosen)]
        else:
            definition.catch(token)
        with in_plain_words():
            token.task_spec._update(token)  # noqa: SLF001
        self._advance()

    def retry(self, token_id: UUID) -> None:
        """Try a failed step again, and run on.

        Raises:
            NoSuchToken: no step failed there.
        """
        token = self._token(token_id)
        if token is None or token.state != TaskState.ERROR:
            raise NoSuchToken
        token._set_state(TaskState.READY)  # noqa: SLF001
        self._advance()

    def cancel(self, reason: str) -> None:
        """End the instance; whatever it waits for is wanted no more."""
        self._workflow.cancel()
        self._report()
        self._runner.changes.append(
            changes.InstanceEnded(self.instance_id, "cancelled", "", reason)
        )

    def recompute_timers(self, reason: str) -> None:
        """Ask every timer's expression again, since a fact may have moved its date."""
        waiting = self._before.timers.values()
        self._runner.changes.extend(clocks.recomputed(waiting, self._runner, self._now, reason))

    def reschedule(self, timer_id: UUID, due: dt.datetime, reason: str) -> None:
        """Set a timer to another moment.

        Raises:
            NoSuchToken: the instance does not wait for this timer.
        """
        wait = self._timer(timer_id)
        self._runner.changes.append(clocks.rescheduled(wait, self._runner, due, reason))

    def stop_timer(self, timer_id: UUID, reason: str) -> None:
        """Let a timer not fire any more.

        Raises:
            NoSuchToken: the instance does not wait for this timer.
            waits.OnlyTimer: its token waits for nothing else.
        """
        stopped = clocks.stopped(self._timer(timer_id), self._runner, reason)
        self._before = waits.waits_of(self._workflow, self.bundle.elements)
        self._runner.changes.append(stopped)

    def move_token(self, token: tokens.Token, element_id: str, reason: str) -> None:
        """Put a token at another element of its scope, enter that, and run on.

        Raises:
            tokens.CannotMove: it cannot be there.
        """
        moved = tokens.moved(self._runner, token, element_id, reason)
        self._runner.changes.append(moved)
        with in_plain_words():
            tokens.enter(tokens.take_away(token), element_id)
        # What was within the activity that was left must not be found any more.
        self._workflow = state.without_past(self._workflow, self.bundle, self._runner)
        self._advance()

    def wake_joins(self) -> bool:
        """Make joins ready that wait for nobody any more; tell whether there are such."""
        return state.wake_joins(self._workflow)

    def go_on(self) -> None:
        """Run on to the next waits."""
        self._advance()

    def _count_round(self, wait: waits.Wait) -> None:
        kind, parts = wait.element.timer or ("", ())
        del kind
        values = [
            part.literal
            if part.expression is None
            else self._runner.value(part.expression, wait.token)
            for part in parts
        ]
        waits.count_round(wait, values)

    def _timer(self, timer_id: UUID) -> waits.Wait:
        wait = self._before.timers.get(timer_id)
        if wait is None:
            raise NoSuchToken
        return wait

    def _token(self, token_id: UUID) -> Task | None:
        return next(
            (each for each in state.every_task(self._workflow) if each.id == token_id), None
        )

    def _advance(self) -> None:
        steps = 0

        def count(token: Task) -> None:
            nonlocal steps
            steps += 1
            too_deep = steps % _LOOK_EVERY == 0 and token.depth > DEPTH_LIMIT
            if steps > STEP_LIMIT or too_deep:
                raise NeverWaits
            self._leave(token)

        with in_plain_words():
            self._workflow.do_engine_steps(will_complete_task=count)
        self._report()
        failed = any(each.state == TaskState.ERROR for each in state.every_task(self._workflow))
        if self._workflow.is_completed() and not failed:
            self._runner.changes.append(
                changes.InstanceEnded(self.instance_id, "completed", self._runner.end_element)
            )

    def _leave(self, token: Task) -> None:
        """Tell that the engine leaves an element by itself."""
        spec = token.task_spec
        element = self.bundle.elements.get(getattr(spec, "bpmn_id", None) or "")
        if element is None or element.type in _BY_ITSELF:
            return
        if isinstance(spec, specs.ParallelInstances | specs.SequentialInstances):
            self._runner.mark_done(element)
            return
        if element.form.fields and element.type == "startEvent":
            self._runner.complete(element, token, dict(self._runner.variables))
            return
        self._runner.complete(element, token, self._payload_of(element))

    def _payload_of(self, element: Element) -> changes.Values:
        """Return what a message brought, for the element that caught it."""
        for change in reversed(self._runner.changes):
            if isinstance(change, changes.MessageDelivered) and change.element_id == element.id:
                return change.payload
        return {}

    def _report(self) -> None:
        after = waits.waits_of(self._workflow, self.bundle.elements)
        found = difference.difference(
            self._before, after, self._runner, self._now, frozenset(self._settled)
        )
        self._runner.changes.extend(list(found))
        self._before = after
