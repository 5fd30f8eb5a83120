"""Execute commands: each once, in one unit of work, by whoever may give it."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from engine import changes, errors, ports
from engine.clock import Clock
from engine.commands.assign_task import AssignTask, assign_task
from engine.commands.cancel_instance import CancelInstance, cancel_instance
from engine.commands.cancel_timer import CancelTimer, cancel_timer
from engine.commands.claim_task import ClaimTask, claim_task
from engine.commands.complete_task import CompleteTask, complete_task
from engine.commands.deliver_message import DeliverMessage, deliver_message
from engine.commands.discard_migration import DiscardMigration, discard_migration
from engine.commands.fire_timer import FireTimer, fire_timer
from engine.commands.map_migration import MapMigration, map_migration
from engine.commands.migrate_instance import MigrateInstance, migrate_instance
from engine.commands.move_token import MoveToken, move_token
from engine.commands.plan_migration import PlanMigration, plan_migration
from engine.commands.publish_definitions import PublishDefinitions, publish_definitions
from engine.commands.release_task import ReleaseTask, release_task
from engine.commands.reschedule_timer import RescheduleTimer, reschedule_timer
from engine.commands.restart_instance import RestartInstance, restart_instance
from engine.commands.resume_instance import ResumeInstance, resume_instance
from engine.commands.resume_migration import ResumeMigration, resume_migration
from engine.commands.retry_incident import RetryIncident, retry_incident
from engine.commands.save_draft import SaveDraft, save_draft
from engine.commands.start_migration import StartMigration, start_migration
from engine.commands.start_process import StartProcess, start_process
from engine.commands.stop_migration import StopMigration, stop_migration
from engine.commands.suspend_instance import SuspendInstance, suspend_instance
from engine.commands.undo_migration import UndoMigration, undo_migration
from engine.commands.undo_move import UndoMove, undo_move
from engine.definitions.cache import Bundles
from engine.foreseen import Foreseen
from engine.projections import incidents, instances, messages, outbox, tasks, timers
from engine.store import definitions, idempotency
from engine.store.database import is_passing, writing
from engine.unit_of_work import Work

ATTEMPTS: Final = 5
Handler = Callable[[Any, Work], None]
Picked = TypeVar("Picked", bound=changes.Change)

HANDLERS: Final[Mapping[type, Handler]] = {
    StartProcess: start_process,
    ClaimTask: claim_task,
    ReleaseTask: release_task,
    AssignTask: assign_task,
    SaveDraft: save_draft,
    CompleteTask: complete_task,
    FireTimer: fire_timer,
    RescheduleTimer: reschedule_timer,
    CancelTimer: cancel_timer,
    DeliverMessage: deliver_message,
    MoveToken: move_token,
    RestartInstance: restart_instance,
    CancelInstance: cancel_instance,
    SuspendInstance: suspend_instance,
    ResumeInstance: resume_instance,
    RetryIncident: retry_incident,
    PublishDefinitions: publish_definitions,
    UndoMove: undo_move,
    UndoMigration: undo_migration,
    StopMigration: stop_migration,
    StartMigration: start_migration,
    ResumeMigration: resume_migration,
    PlanMigration: plan_migration,
    MigrateInstance: migrate_instance,
    MapMigration: map_migration,
    DiscardMigration: discard_migration,
}
PROJECTIONS: Final = (instances, tasks, timers, messages, incidents, outbox)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did.

    Attributes:
        changes: In the order they happened.
        replayed: It had been executed before under the same idempotency key.
    """

    changes: tuple[changes.Change, ...]
    replayed: bool = False

    def of(self, kind: type[Picked]) -> list[Picked]:
        """Return the changes of one kind."""
        return [each for each in self.changes if isinstance(each, kind)]


class Beside(Protocol):
    """What belongs to a command and is done in its unit of work: both last, or neither does."""

    def begin(self, work: Work) -> None:
        """Do what comes first; a refusal refuses the command."""
        ...

    def end(self, work: Work) -> None:
        """Do what comes last, when all of the command is written and nothing is lasting yet."""
        ...


class Executor:
    """Executes the commands of the engine and of the domain, on one database."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        domain: ports.Domain,
        handlers: Mapping[type, Handler],
    ) -> None:
        """Take the domain's handlers beside the engine's own."""
        self.engine = engine
        self.clock = clock
        self.domain = domain
        self.bundles = Bundles(definitions.loader(engine), domain.signatures)
        self._handlers = {**HANDLERS, **handlers}

    def execute(
        self,
        command: object,
        actor: ports.Actor,
        *,
        key: str | None = None,
        beside: Beside | None = None,
    ) -> Outcome:
        """Execute a command in one unit of work.

        Args:
            command: An instance of a command class.
            actor: Who gives it.
            key: Idempotency key: the same call again does nothing and answers the same.
            beside: What else is done in the same unit of work.

        Raises:
            errors.Refused: and nothing was changed.
        """
        for attempt in range(ATTEMPTS):
            try:
                return self._once(command, actor, key, beside)
            except DBAPIError as error:
                if attempt + 1 == ATTEMPTS or not is_passing(error):
                    raise
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 (spreads retries)
        raise AssertionError("the last attempt returns or raises")

    def foresee(self, command: object, actor: ports.Actor) -> Outcome:
        """Tell what a command of the engine would do, and do nothing.

        Services are not called: what they would bring is not known.

        Raises:
            errors.Refused: it would be refused.
        """
        now, domain = self.clock.now(), Foreseen(self.domain)
        with writing(self.engine) as connection:
            work = Work(connection, now, actor, self.bundles, domain)
            self._decide(command, work)
            work.settle()
            connection.rollback()
            return Outcome(tuple(work.changes))

    def rehearse(
        self, commands: Sequence[object], actor: ports.Actor
    ) -> list[Outcome | errors.Refused]:
        """Return what commands would do one by one, or why they would be refused; nothing is kept.

        Only the decision is tried, not what is written after it: a step that a command would set
        going sends nothing.
        """
        found: list[Outcome | errors.Refused] = []
        with writing(self.engine) as connection:
            for command in commands:
                work = Work(connection, self.clock.now(), actor, self.bundles, self.domain)
                try:
                    self._decide(command, work)
                    found.append(Outcome(tuple(work.changes)))
                except errors.Refused as refusal:
                    found.append(refusal)
            connection.rollback()
        return found

    def _decide(self, command: object, work: Work) -> None:
        self.domain.authorise(command, work)
        self._handlers[type(command)](command, work)

    def _once(
        self, command: object, actor: ports.Actor, key: str | None, beside: Beside | None
    ) -> Outcome:
        now = self.clock.now()
        with writing(self.engine) as connection:
            if key is not None:
                before = idempotency.replay(connection, command, actor.id, key, now=now)
                if before is not None:
                    return Outcome(before, replayed=True)
            work = Work(connection, now, actor, self.bundles, self.domain)
            if beside is not None:
                beside.begin(work)
            self._decide(command, work)
            work.settle()
            self._write(work)
            if beside is not None:
                beside.end(work)
            if key is not None:
                idempotency.keep(connection, work.changes, actor_id=actor.id, key=key)
            work.commit()
            return Outcome(tuple(work.changes))

    def _write(self, work: Work) -> None:
        for projection in PROJECTIONS:
            projection.project(work)
        for subject_id in work.subjects():
            of_subject = [each for each in work.changes if work.subject_of(each) == subject_id]
            follows = self.domain.project(of_subject, subject_id, work)
            work.record(*follows)
        work.write_history()
