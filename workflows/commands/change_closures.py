"""Close the authority on some days, or open it again on them."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import reasons
from engine.store import definitions
from engine.unit_of_work import Work
from workflows.agencies import closing
from workflows.calendar import london
from workflows.duties import counted
from workflows.rulebook import load
from workflows.store import administered, closures
from workflows.store.administered import Entry

COUNTS_DAYS = b"working_days_after"  # in a diagram


@dataclass(frozen=True, slots=True)
class ChangeClosures:
    """Close from `first` to `last`; with `closed=False`, take the closures of that period out."""

    first: dt.date
    last: dt.date
    name: str
    reason: str
    closed: bool = True
    change_id: UUID = field(default_factory=uuid4)


def change_closures(command: ChangeClosures, work: Work) -> None:
    """Change the days, and enter every case whose dates may move: a worker derives them anew.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    if command.closed:
        closing.refuse_name(command.name)
    reasons.given(command.reason)
    known, today = closures.days(work.connection), london.local_date(work.now)
    choose = closing.days_to_close if command.closed else closing.days_to_open
    chosen = choose(command.first, command.last, known, today)
    named = closures.names(work.connection, command.first, command.last)
    name = command.name.strip() if command.closed else named[chosen[0]]
    if command.closed:
        closures.add(work.connection, name, chosen)
    else:
        closures.remove(work.connection, chosen)
    row = {"id": command.change_id, "at": work.now, "by": work.actor.id, "name": name}
    closures.begin_change(
        work.connection,
        {
            **row,
            "kind": "added" if command.closed else "removed",
            "first": chosen[0],
            "last": chosen[-1],
            "reason": command.reason.strip(),
        },
        [each.code for each in counted.in_working_days(load.current())],
        _processes(work),
    )
    kind = "added" if command.closed else "removed"
    words = closing.words(chosen[0], chosen[-1])
    difference = ("Days", "", words) if command.closed else ("Days", words, "")
    entry = Entry("closure", str(command.change_id), name, kind, (difference,), command.reason)
    administered.enter(work, entry)


def _processes(work: Work) -> list[str]:
    """Return the processes whose diagrams count working days themselves."""
    live = definitions.live_versions(work.connection)
    return [key for key, version in live.items() if COUNTS_DAYS in version.xml]
