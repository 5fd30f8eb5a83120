"""One unit of work: lock, load, run, record; the only place that commits."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from engine import errors, ports
from engine.changes import (
    Change,
    DraftSaved,
    IncidentMoved,
    MessageSent,
    MessageWaitMoved,
    OutgoingQueued,
    TaskMoved,
    TimerMoved,
    Values,
    VariablesSet,
)
from engine.definitions import forms, periods
from engine.runtime.moving.trial import stored_of
from engine.runtime.run import Run
from engine.store import change_codec, definitions, instances
from engine.store.tables import history, subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from engine.definitions.cache import Bundles
    from engine.definitions.elements import Element

MESSAGE_ROUNDS: Final = 20  # messages that instances of one subject send each other in one unit
FIRST_HASH: Final = "0" * 64
# What an instance's move did to each of its waits follows from the move, which is recorded.
_OF_A_MOVE: Final = (TaskMoved, TimerMoved, MessageWaitMoved, IncidentMoved)
UNRECORDED: Final = (DraftSaved, OutgoingQueued, VariablesSet, *_OF_A_MOVE)


class NoSuchInstance(errors.NotFound):
    """There is no such process instance."""


class NoSuchTask(errors.NotFound):
    """There is no such task."""


class TaskClosed(errors.Conflict):
    """A colleague has completed this task already."""


class SomeoneElsesTask(errors.Conflict):
    """A colleague has this task."""


class TimerClosed(errors.Conflict):
    """The timer has fired already, or is no longer wanted."""


class Suspended(errors.Conflict):
    """The process is suspended. Resume it first."""


class Ended(errors.Conflict):
    """The process has ended."""


@dataclass(slots=True)
class Work:
    """What one command works with.

    Attributes:
        connection: The transaction; nothing else of this unit is seen by others before the commit.
        now: The moment of the command, aware UTC: the same throughout.
        actor: Who gave the command.
        bundles: Parsed diagrams.
        domain: What the domain brings.
        changes: What was decided so far, in order.
        runs, rows: Instances in memory, and their rows as they were locked.
        team_of: The team that each task which opened went to.
    """

    connection: sa.Connection
    now: dt.datetime
    actor: ports.Actor
    bundles: Bundles
    domain: ports.Domain
    changes: list[Change] = field(default_factory=list)
    runs: dict[UUID, Run] = field(default_factory=dict)
    rows: dict[UUID, Any] = field(default_factory=dict)
    team_of: dict[UUID, str] = field(default_factory=dict)
    _started: dict[UUID, UUID] = field(default_factory=dict)
    _parts: dict[UUID, Any] = field(default_factory=dict)
    _subjects: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    _contexts: dict[UUID, ports.RunContext] = field(default_factory=dict)
    _complete: set[UUID] = field(default_factory=set)

    def part(self, kind: str, identifier: UUID, *, skip_locked: bool = False) -> Any:  # noqa: ANN401
        """Lock and return the row of a task, timer, message wait or incident.

        Raises:
            NoSuchTask: there is none; or, with `skip_locked`, another works on it just now.
        """
        if identifier not in self._parts:
            found = instances.lock_part(
                self.connection, instances.PARTS[kind], identifier, skip_locked=skip_locked
            )
            if found is None:
                raise NoSuchTask(f"There is no such {kind}.")
            self._parts[identifier] = found[0]
            self._remember(found[1])
        return self._parts[identifier]

    @staticmethod
    def refuse_closed(task: Any) -> None:  # noqa: ANN401
        """Refuse a task that is no longer open.

        Raises:
            TaskClosed: the details say who completed it, and when.
        """
        if task.status == "cancelled":
            raise TaskClosed("This task is no longer needed: the process took another way.")
        if task.status != "open":
            raise TaskClosed(
                details={"by": task.completed_by or "", "at": task.completed_at.isoformat()}
            )

    def element_of(self, task: Any) -> Element:  # noqa: ANN401
        """Return the diagram's element of a task."""
        bundle = self.bundles.get(self.instance(task.instance_id).bundle_id)
        return bundle.elements[task.element_id]

    def form_of(self, form: forms.FormDefinition) -> forms.FormDefinition:
        """Return a form with the choices that the domain fills in."""
        return forms.with_options(form, lambda name: self.domain.options(name, self))

    def instance(self, instance_id: UUID) -> Any:  # noqa: ANN401
        """Lock and return the row of an instance.

        Raises:
            NoSuchInstance: there is none.
        """
        if instance_id not in self.rows:
            row = instances.lock_instance(self.connection, instance_id)
            if row is None:
                raise NoSuchInstance
            self._remember(row)
        return self.rows[instance_id]

    def run_of(self, instance_id: UUID) -> Run:
        """Load an instance to let something happen to it.

        Raises:
            NoSuchInstance: there is none.
            Ended: it has ended.
            Suspended: it is suspended.
        """
        if instance_id in self.runs:
            return self.runs[instance_id]
        row = self.instance(instance_id)
        if row.status == "suspended":
            raise Suspended
        if row.status != "active":
            raise Ended
        return self._load(row)

    def runs_of_subject(self, subject_id: UUID) -> list[Run]:
        """Load the running instances of a subject; its lock keeps others from adding to them."""
        if subject_id not in self._complete:
            self._complete.add(subject_id)
            for row in instances.lock_instances_of(self.connection, subject_id):
                if row.id not in self.runs:
                    self._remember(row)
                    self._load(row)
        return [run for key, run in self.runs.items() if self.rows_subject(key) == subject_id]

    def rows_subject(self, instance_id: UUID) -> UUID:
        """Return the subject of an instance that this unit has loaded or started."""
        row = self.rows.get(instance_id)
        if row is not None:
            subject: UUID = row.subject_id
            return subject
        return self._started[instance_id]

    def lock_subject(self, subject_id: UUID) -> None:
        """Lock a subject; its history goes on from here.

        Raises:
            errors.NotFound: there is none.
        """
        if subject_id in self._subjects:
            return
        row = instances.lock_subject(self.connection, subject_id)
        if row is None:
            raise errors.NotFound("There is no such case.")
        self._subjects[subject_id] = (row.history_seq, row.history_hash)

    def new_subject(self, subject_id: UUID) -> None:
        """Make a subject, with an empty history."""
        self.connection.execute(
            subjects.insert(),
            {"id": subject_id, "history_seq": 0, "history_hash": FIRST_HASH},
        )
        self._subjects[subject_id] = (0, FIRST_HASH)

    def start(self, bundle_id: str, instance_id: UUID, subject_id: UUID, values: Values) -> Run:
        """Start an instance on a locked or new subject."""
        self.lock_subject(subject_id)
        self._started[instance_id] = subject_id
        run = Run.start(
            self.bundles.get(bundle_id),
            (instance_id, subject_id),
            values,
            self.now,
            self.context(subject_id),
        )
        self.runs[instance_id] = run
        self.collect(run)
        return run

    def context(self, subject_id: UUID) -> ports.RunContext:
        """Return what the domain brings for a subject: one context a unit."""
        if subject_id not in self._contexts:
            self._contexts[subject_id] = self.domain.open_context(self, subject_id)
        return self._contexts[subject_id]

    def record(self, *recorded: Change) -> None:
        """Take note of changes."""
        self.changes.extend(recorded)

    def collect(self, run: Run) -> None:
        """Take note of what a run changed."""
        self.changes.extend(run.take_changes())

    def settle(self) -> None:
        """Deliver the messages that instances sent, and move timers whose facts moved."""
        delivered = 0
        position = 0
        while position < len(self.changes):
            change = self.changes[position]
            position += 1
            if isinstance(change, MessageSent) and change.instance_id is not None:
                delivered += 1
                if delivered > MESSAGE_ROUNDS:
                    raise errors.Invalid("The processes of this case send messages without end.")
                self._pass_on(change)
        for subject_id, context in self._contexts.items():
            if context.dates_moved():
                for run in self.runs_of_subject(subject_id):
                    run.recompute_timers("A date of the case changed.")
                    self.collect(run)

    def start_by_message(self, message: str, subject_id: UUID, payload: Values) -> int:
        """Start the processes that begin with a message; return how many there are.

        Raises:
            forms.InvalidForm: the payload lacks what a start form demands.
        """
        found = definitions.live_bundles_started_by(self.connection, message)
        for bundle_id in found:
            form = self.form_of(self.bundles.get(bundle_id).start_form)
            asked = {each.id for each in form.fields}
            values = forms.validate(
                form,
                {name: value for name, value in payload.items() if name in asked},
                variables={},
                today=self.now.astimezone(periods.ZONE).date(),
            )
            self.start(bundle_id, uuid4(), subject_id, values)
        return len(found)

    def _pass_on(self, sent: MessageSent) -> None:
        subject_id = self.subject_of(sent)
        taken = 0
        for run in self.runs_of_subject(subject_id):
            for wait in list(run.waiting.messages.values()):
                if wait.id in run.waiting.messages and run.agrees(wait, sent.message, sent.payload):
                    run.deliver(wait.id, sent.payload)
                    self.collect(run)
                    taken += 1
        if not taken:
            self.start_by_message(sent.message, subject_id, sent.payload)

    def write_history(self) -> None:
        """Append what was recorded to the history of each subject, chained."""
        rows = []
        for change in self.changes:
            if isinstance(change, UNRECORDED):
                continue
            subject_id = self.subject_of(change)
            seq, last = self._subjects[subject_id]
            row = _entry(change, subject_id, seq + 1, self.now, self.actor.id)
            row["hash"] = chained(last, row)
            rows.append(row)
            self._subjects[subject_id] = (seq + 1, row["hash"])
        if not rows:
            return
        self.connection.execute(history.insert(), rows)
        for subject_id in {row["subject_id"] for row in rows}:
            seq, last = self._subjects[subject_id]
            self.connection.execute(
                subjects.update()
                .where(subjects.c.id == subject_id)
                .values(history_seq=seq, history_hash=last)
            )

    def subject_of(self, change: Change) -> UUID:
        """Return the subject that a change is about."""
        if change.instance_id is not None:
            return self.rows_subject(change.instance_id)
        subject = getattr(change, "subject_id", None) or getattr(change, "case_id", None)
        if subject is None:
            (subject,) = self._subjects
        return UUID(str(subject))

    def subjects(self) -> Sequence[UUID]:
        """Return the subjects that this unit has locked."""
        return tuple(self._subjects)

    def commit(self) -> None:
        """Make all of it lasting."""
        self.connection.commit()

    def _remember(self, row: Any) -> None:  # noqa: ANN401
        self.rows[row.id] = row
        self._subjects.setdefault(row.subject_id, (row.history_seq, row.history_hash))

    def _load(self, row: Any) -> Run:  # noqa: ANN401
        run = Run.load(
            self.bundles.get(row.bundle_id), stored_of(row), self.now, self.context(row.subject_id)
        )
        self.runs[row.id] = run
        return run


def chained(last: str, row: dict[str, Any]) -> str:
    """Return the hash of a history entry, over the hash of the one before and all its columns."""
    text = json.dumps(
        [
            last,
            str(row["subject_id"]),
            row["seq"],
            str(row["instance_id"]) if row["instance_id"] else None,
            row["at"].astimezone(dt.UTC).isoformat(),
            row["actor_id"],
            row["kind"],
            row["element_id"],
            row["body"],
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(
    change: Change, subject_id: UUID, seq: int, now: dt.datetime, actor_id: str
) -> dict[str, Any]:
    return {
        "subject_id": subject_id,
        "seq": seq,
        "instance_id": change.instance_id,
        "at": now,
        "actor_id": actor_id,
        "kind": type(change).__name__,
        "element_id": getattr(change, "element_id", "") or "",
        "body": change_codec.encode(change),
    }
