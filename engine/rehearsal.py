"""See beforehand what a migration would do to each instance, without doing it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from engine import changes, errors, ports
from engine.executor import Executor
from engine.runtime import waits
from engine.runtime.moving import told
from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.move import versions
from engine.runtime.moving.propose import propose
from engine.runtime.moving.trial import Trial, attempt
from engine.store import moving
from engine.store.database import reading
from engine.store.types import FAR_FUTURE
from engine.unit_of_work import Work


class Fate(StrEnum):
    """What a move would do to an instance."""

    UNCHANGED = "unchanged"  # it goes to the new version, and nobody notices
    MOVES = "moves"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Clock:
    """A timer before and after. `became`: kept, changed, new or cancelled."""

    name: str
    due_before: dt.datetime | None
    due_after: dt.datetime | None
    became: str


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task before and after."""

    name_before: str
    name_after: str


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a move would do to an instance.

    Attributes:
        reason: Why it is blocked.
        goes_on: It would go on by itself at once, since a join waits for nobody any more.
    """

    instance_id: UUID
    subject_id: UUID
    fate: Fate
    reason: str = ""
    tasks: tuple[OpenTask, ...] = ()
    clocks: tuple[Clock, ...] = ()
    goes_on: bool = False


def rehearse(executor: Executor, migration_id: UUID, chosen: Sequence[UUID]) -> list[Rehearsed]:
    """Return what a migration would do to instances. Nothing is locked and nothing is written.

    Raises:
        moving.NoSuchMigration: there is none.
    """
    with reading(executor.engine) as connection:
        planned = moving.migration(connection, migration_id)
        work = Work(
            connection, executor.clock.now(), ports.SYSTEM, executor.bundles, executor.domain
        )
        return [_rehearsed(row, planned, work) for row in moving.stored(connection, chosen)]


def _rehearsed(row: Any, planned: Any, work: Work) -> Rehearsed:  # noqa: ANN401
    old, new = work.bundles.get(row.bundle_id), work.bundles.get(planned.to_bundle)
    between = versions(old, new, propose(old, new, planned.by_hand))
    try:
        trial = attempt(row, between, work.now, work.context(row.subject_id))
        set_at = moving.timers_set_at(work.connection, row.id)
        found = list(told.told(trial.before, trial.after, set_at, work.now))
    except (Blocked, errors.Invalid) as reason:
        return Rehearsed(row.id, row.subject_id, Fate.BLOCKED, reason.message)
    return Rehearsed(
        instance_id=row.id,
        subject_id=row.subject_id,
        fate=Fate.MOVES if found or trial.wakes else Fate.UNCHANGED,
        tasks=tuple(_tasks(trial)),
        clocks=tuple(sorted(_clocks(trial, found), key=_soonest)),
        goes_on=trial.wakes,
    )


def _soonest(clock: Clock) -> tuple[dt.datetime, str]:
    return clock.due_after or clock.due_before or FAR_FUTURE, clock.name


def _tasks(trial: Trial) -> Iterator[OpenTask]:
    for key, wait in trial.before.waiting.tasks.items():
        yield OpenTask(wait.element.name, trial.after.waiting.tasks[key].element.name)


def _clocks(trial: Trial, found: Sequence[changes.Change]) -> Iterator[Clock]:
    before, after = trial.before.waiting.timers, trial.after.waiting.timers
    changed = {each.timer_id for each in found if isinstance(each, changes.TimerRescheduled)}
    for key, wait in before.items():
        now_is = after.get(key)
        due = waits.due_of(wait)
        if now_is is None:
            yield Clock(wait.element.name, due, None, "cancelled")
        else:
            became = "changed" if key in changed else "kept"
            yield Clock(now_is.element.name, due, waits.due_of(now_is), became)
    for key, wait in after.items():
        if key not in before:
            yield Clock(wait.element.name, None, waits.due_of(wait), "new")
