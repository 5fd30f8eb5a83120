"""The elements of a process at which a case waits for somebody or something, in their order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.definitions.cache import Bundles
from engine.definitions.elements import Element
from engine.queries.definition_list import Process
from workflows.access.people import ROLE_NAMES

LOOK_BACK: Final = dt.timedelta(
    days=365
)  # how old the completed tasks are at most that are measured
_TASKS: Final = frozenset({"userTask", "manualTask"})
_EVENTS: Final = frozenset({"intermediateCatchEvent", "receiveTask"})


@dataclass(frozen=True, slots=True)
class Step:
    """An element at which a case waits for somebody or something."""

    id: str
    name: str
    role: str
    is_event: bool


def steps_of(bundles: Bundles, running: Sequence[Process], key: str) -> list[Step]:
    """Return the elements of the live version of a process at which a case waits, in their order."""
    live = next((each for each in running if each.key == key), None)
    if live is None:
        return []
    own = [
        each for each in bundles.get(live.bundle_id).elements.values() if each.process_key == key
    ]
    return [_step(each) for each in sorted(own, key=lambda one: one.line) if _waits(each)]


def _waits(element: Element) -> bool:
    return element.type in _TASKS or (element.type in _EVENTS and not element.attached_to)


def _step(element: Element) -> Step:
    role = element.role.literal if element.role.expression is None else "Whoever is asked"
    return Step(
        element.id,
        element.name or element.id,
        ROLE_NAMES.get(role, role),
        element.type in _EVENTS,
    )
