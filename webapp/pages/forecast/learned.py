"""How long steps take here, as forecasts have learned it, with the names that the diagrams have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.queries import definition_list
from workflows.access.people import ROLE_NAMES
from workflows.bootstrap import System
from workflows.forecast import lessons
from workflows.forecast.curves import Curve


@dataclass(frozen=True, slots=True)
class Step:
    """A step, in words."""

    name: str
    role: str
    observed: int
    median: str
    p80: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue, in words."""

    role: str
    waiting: int
    weekly: str
    weeks: str
    counted: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, in words."""

    steps: tuple[Step, ...]
    queues: tuple[Queue, ...]


def learned(document: Mapping[str, Any], system: System) -> Learned:
    """Return what was learned, the steps in the order of the diagrams' names."""
    found = lessons.of_json(document)
    names = _names(system)
    steps = [
        _step(names[element], role, curve)
        for (element, role), curve in found.opening.items()
        if element in names
    ]
    queues = [
        Queue(
            ROLE_NAMES.get(role, role),
            each.waiting,
            f"{each.weekly:.1f}",
            f"{each.waiting / each.weekly:.0f}" if each.weekly else "–",
            "taken" if each.taken else "done",
        )
        for (role, team), each in found.queues.items()
        if not team and each.is_known
    ]
    return Learned(tuple(sorted(steps, key=lambda each: (each.name, each.role))), tuple(queues))


def _step(name: str, role: str, curve: Curve) -> Step:
    return Step(
        name,
        ROLE_NAMES.get(role, role),
        curve.observed,
        f"{curve.at(0.5):.0f}",
        f"{curve.at(0.8):.0f}",
    )


def _names(system: System) -> dict[str, str]:
    with system.read() as connection:
        live = definition_list.processes(connection)
    return {
        key: element.name
        for each in live
        for key, element in system.executor.bundles.get(each.bundle_id).elements.items()
    }
