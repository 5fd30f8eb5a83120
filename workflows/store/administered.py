"""The history of administration: who changed what, when, from what to what; only added to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from engine import reasons
from workflows.store.administration_tables import administration_history

if TYPE_CHECKING:
    from engine.unit_of_work import Work

Difference = tuple[str, str, str]  # what, from, to: in words


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done to which thing.

    Attributes:
        what: Kind of thing: agency, team, person, area, authority, routing, closure, term, token,
            webhook.
        subject: Its identifier.
        name: What it is called.
        kind: What was done: added, changed, closed, …
        changes: What differs now.
        reason: Why, where that was asked.
    """

    what: str
    subject: str
    name: str
    kind: str
    changes: Sequence[Difference] = field(default=())
    reason: str = ""


def enter(work: "Work", entry: Entry, *, by: str = "") -> None:
    """Enter what the actor of a unit has done, or somebody else who is no actor: `by`."""
    work.connection.execute(
        administration_history.insert(),
        {
            "id": uuid4(),
            "at": work.now,
            "by": by or work.actor.id,
            "what": entry.what,
            "subject": entry.subject[:80],
            "name": entry.name[:200],
            "kind": entry.kind,
            "changes": [list(each) for each in entry.changes],
            "reason": entry.reason.strip()[: reasons.MOST],
        },
    )


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return what differs between two states, each a map of words to words."""
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        (name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )
