"""Where a case is, as far as a forecast looks: what is open, since when, and what limit it runs to.

Nothing of the child is in it: no name, date of birth, need, sex or address.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from workflows.duties.facts import Fact
from workflows.rulebook.model import Duty


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits.

    Attributes:
        label: Which of several side by side.
        opened, taken: The day in London; taken None where nobody has it.
        place: Its place in the queue of its team, from 1; None where it is in none.
        item_role: Whose work the item is that it belongs to; "" where there is none.
    """

    id: UUID
    element: str
    role: str
    team: str
    label: str
    opened: dt.date
    taken: dt.date | None = None
    due: dt.date | None = None
    place: int | None = None
    item_role: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """The time limit that a finish is held against.

    Attributes:
        excused: A lawful exception is on record: the duty to keep it is lifted.
    """

    duty: Duty
    qualifier: str
    due: dt.date
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a case is.

    Attributes:
        case_id: What its chances depend on, so that they are the same at every look.
        today: The day in London from which is looked ahead.
        tasks: What people have to do now.
        others: Elements where something else is waited for.
        timers: Element that waits for a date (or that a date may interrupt) to that date.
        variables: What the conditions of its diagrams look at, as far as it is known.
        facts: What has happened.
    """

    case_id: UUID
    bundle_id: str
    today: dt.date
    limit: Limit
    tasks: tuple[OpenTask, ...]
    others: tuple[str, ...] = ()
    timers: Mapping[str, dt.date] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
