"""Deal tasks out to colleagues, evenly or so that all have the same to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Measure(StrEnum):
    """What is made even."""

    EVENLY = "evenly"  # each gets as many of these tasks
    BY_LOAD = "by_load"  # whoever has the fewest open tasks comes first


@dataclass(frozen=True, slots=True)
class Given:
    """A task to give away, of a role in a team."""

    task_id: UUID
    team_id: str
    role: str


def deal(
    tasks: Sequence[Given],
    chosen: Sequence[str],
    doers: Mapping[tuple[str, str], frozenset[str]],
    load: Mapping[str, int],
) -> dict[UUID, str]:
    """Return who gets each task, in the order of the tasks.

    A task that none of those chosen does the work of goes to the first of them: to be refused, with
    the reason beside it, rather than left out in silence.

    Args:
        tasks: The most urgent first.
        chosen: Who may get them; the first comes first where two have as many.
        doers: Who does a role's work in a team.
        load: What each has already; nothing, to deal evenly.
    """
    has = {person: load.get(person, 0) for person in chosen}
    dealt: dict[UUID, str] = {}
    for task in tasks:
        able = doers.get((task.team_id, task.role), frozenset())
        fit = [person for person in chosen if person in able] or list(chosen[:1])
        person = min(fit, key=lambda each: (has[each], chosen.index(each)))
        has[person] += 1
        dealt[task.task_id] = person
    return dealt
