"""Where an instance is in its diagrams: each element's state, and the same as an ordered outline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.definitions.cache import Bundle
from engine.queries.instance import Instance

SHOWN: Final = frozenset(
    {"userTask", "serviceTask", "callActivity", "startEvent", "endEvent", "businessRuleTask"}
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the outline. `state`: done, now or ahead."""

    element_id: str
    name: str
    type: str
    role: str
    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A process of an instance: `states` for its diagram, `steps` for those who read."""

    process_key: str
    states: Mapping[str, str]
    steps: tuple[Step, ...]


def progress(found: Instance, bundle: Bundle, process_key: str) -> Progress:
    """Return where the tokens of an instance are within one of its processes."""
    marking: Mapping[str, Any] = found.marking.get(process_key, {"done": [], "active": {}})
    states = {
        element.id: _state(element.id, marking)
        for element in bundle.elements.values()
        if element.process_key == process_key
    }
    steps = tuple(
        Step(
            element.id,
            element.name,
            element.type,
            element.role.literal.replace("_", " "),
            states[element.id],
        )
        for element in sorted(bundle.elements.values(), key=lambda each: each.line)
        if element.process_key == process_key
        and element.type in SHOWN
        and _named(element.name, element.id)
    )
    return Progress(process_key, states, steps)


def processes_of(found: Instance, bundle: Bundle) -> list[str]:
    """Return the processes of an instance that tokens have reached, its own first."""
    others = sorted(key for key in found.marking if key != bundle.process_key)
    return [bundle.process_key, *others]


def _state(element_id: str, marking: Mapping[str, Any]) -> str:
    if element_id in marking["active"]:
        return "now"
    return "done" if element_id in marking["done"] else "ahead"


def _named(name: str, element_id: str) -> bool:
    return name != element_id
