"""A record of the return: modules of items, each value with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

PERSON: Final = "Person"
REQUEST: Final = "Requests"
ASSESSMENT: Final = "Assessment"
NAMED_PLAN: Final = "NamedPlan"
PLAN_DETAIL: Final = "PlanDetail"
ACTIVE_PLAN: Final = "ActivePlans"
PLACEMENT: Final = "PlacementDetail"
NEED: Final = "SENneed"
PRIMARY, SECONDARY = "1", "2"


@dataclass(frozen=True, slots=True)
class Value:
    """What is sent for an item ("" for nothing), and where it comes from.

    `source` is "case", "fact:CODE", "detail:KEY", "setting", "exception", "deadline:DUTY" or
    "counted".
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module: items by element, and the modules inside it in their order."""

    element: str
    values: Mapping[str, Value]
    parts: tuple[Module, ...] = ()

    def text(self, name: str) -> str:
        """Return the text of an item, "" where it is empty."""
        value = self.values.get(name)
        return value.text if value else ""

    def of(self, element: str) -> tuple[Module, ...]:
        """Return the modules of a kind inside this one."""
        return tuple(each for each in self.parts if each.element == element)

    def one(self, element: str) -> Module | None:
        """Return the first module of a kind inside this one, None where there is none."""
        return next((each for each in self.parts if each.element == element), None)

    def walk(self, above: tuple[Module, ...] = ()) -> Iterator[tuple[Module, ...]]:
        """Yield each module with those that it stands in: outermost first, itself last."""
        here = (*above, self)
        yield here
        for each in self.parts:
            yield from each.walk(here)

    def with_text(self, name: str, text: str, source: str = "case") -> Module:
        """Return the module with an item changed."""
        return replace(self, values={**self.values, name: Value(text, source)})

    def with_parts(self, *parts: Module) -> Module:
        """Return the module with other modules inside it."""
        return replace(self, parts=parts)


def dump(module: Module) -> dict[str, Any]:
    """Return a module as JSON."""
    kept: dict[str, Any] = {
        "e": module.element,
        "v": {name: [each.text, each.source] for name, each in module.values.items()},
    }
    return kept | ({"p": [dump(each) for each in module.parts]} if module.parts else {})


def load(kept: Mapping[str, Any]) -> Module:
    """Return what `dump` wrote."""
    return Module(
        kept["e"],
        {name: Value(*each) for name, each in kept["v"].items()},
        tuple(load(each) for each in kept.get("p", ())),
    )
