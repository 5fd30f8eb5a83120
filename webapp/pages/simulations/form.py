"""The form of a simulation: what it is filled with, and the runs that it becomes."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine import errors
from workflows.access.people import ROLE_NAMES
from workflows.simulation import setup as setups
from workflows.simulation.guesses import Beginning
from workflows.simulation.setup import Capacity, Setup, Spread
from workflows.simulation.sources import Source

NOTHING: Final = ""
MORE: Final = "more:"
_LONGEST: Final = 20  # characters of a number


def role_name(role: str) -> str:
    """Return what a role is called."""
    return ROLE_NAMES.get(role) or role.replace("_", " ").capitalize() or "Anybody"


def filled(beginning: Beginning, source: Source) -> dict[str, str]:
    """Return what the form is filled with at first, by the names of its fields."""
    setup = beginning.setup
    values = {
        "title": source.label,
        "cases": _text(setup.cases),
        "weekly": _text(setup.weekly),
        "weeks": _text(setup.weeks),
        "seed": _text(setup.seed),
        "arrivals": "even" if setup.even else "chance",
        "second": NOTHING,
    }
    for step in beginning.steps:
        name = f"duration:{step.element}:{step.role}"
        values[f"{name}:median"] = _text(step.spread.median)
        values[f"{name}:p80"] = _text(step.spread.p80)
    for choice in beginning.choices:
        for value, _, percent in choice.parts:
            values[f"share:{choice.element}:{choice.field}:{value}"] = _text(percent)
    return values


def second_choices(
    beginning: Beginning, sources: list[tuple[str, str]], source: Source
) -> list[tuple[str, str]]:
    """Return what a simulation can be compared with."""
    return [
        (NOTHING, "Nothing: one run"),
        *((f"{MORE}{role}", f"One more: {role_name(role)}") for role in beginning.roles),
        *((choice, label) for choice, label in sources if choice != source.choice),
    ]


@dataclass(slots=True)
class Posted:
    """What was posted, read field by field; what is wrong is gathered."""

    values: Mapping[str, str]
    wrong: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def number(self, name: str, what: str, fallback: float) -> float:
        """Return the number of a field; the fallback where it is none, which is noted."""
        text = self.values.get(name, "").strip().replace(",", "")
        try:
            if len(text) > _LONGEST:
                raise ValueError(text)  # noqa: TRY301 (as a text that is no number)
            found = float(text)
        except ValueError:
            found = math.nan
        if math.isfinite(found):
            return found
        self.wrong[name] = (f"{what} must be a number.",)
        return fallback

    def whole(self, name: str, what: str, fallback: int) -> int:
        """Return the whole number of a field; the fallback where it is none, which is noted."""
        found = self.number(name, what, fallback)
        if found == int(found):
            return int(found)
        self.wrong[name] = (f"{what} must be a whole number.",)
        return fallback

    def setup(self, beginning: Beginning) -> Setup:
        """Return the setup that was posted.

        Raises:
            setups.BadSetup: some numbers are none, or out of bounds.
        """
        made = dataclasses.replace(
            beginning.setup,
            cases=self.whole("cases", "The number of cases", 1),
            weekly=self.number("weekly", "The number of cases a week", 1),
            weeks=self.whole("weeks", "The number of weeks", 1),
            seed=self.whole("seed", "The number that chance begins with", 1),
            even=self.values.get("arrivals") == "even",
            durations={
                (s.element, s.role): self._spread(s.element, s.role) for s in beginning.steps
            },
            capacities=self._capacities(beginning),
            shares=self._shares(beginning),
        )
        try:
            setups.refuse_impossible(made)
        except setups.BadSetup as refusal:
            self.wrong = {**_at_inputs(refusal.errors), **self.wrong}
        if self.wrong:
            raise setups.BadSetup("Some numbers cannot be used.", errors=self.wrong)
        return made

    def _spread(self, element: str, role: str) -> Spread:
        name = f"duration:{element}:{role}"
        median = self.number(f"{name}:median", "The usual time", 1)
        return Spread(median, self.number(f"{name}:p80", "The time of four in five", median))

    def _capacities(self, beginning: Beginning) -> dict[str, Capacity]:
        found = {}
        for role in beginning.roles:
            if not self.values.get(f"people:{role}", "").strip():
                continue
            people = self.whole(f"people:{role}", "The number of people", 1)
            each = 1
            if self.values.get(f"each:{role}", "").strip():
                each = self.whole(f"each:{role}", "The pieces of work of each", 1)
            found[role] = Capacity(people, each)
        return found

    def _shares(self, beginning: Beginning) -> dict[tuple[str, str], dict[str, float]]:
        return {
            (choice.element, choice.field): {
                value: self.number(
                    f"share:{choice.element}:{choice.field}:{value}", "The share of an answer", 1
                )
                for value, _, _ in choice.parts
            }
            for choice in beginning.choices
        }


def with_one_more(setup: Setup, role: str) -> Setup:
    """Return a setup with one more person in a role.

    Raises:
        errors.Invalid: it was not said how many people the role has.
    """
    capacity = setup.capacities.get(role)
    if capacity is None:
        sentence = (
            f"Say how many people “{role_name(role)}” has, to see what one more would change."
        )
        raise errors.Invalid(sentence, errors={f"people:{role}": (sentence,)})
    more = dataclasses.replace(capacity, people=capacity.people + 1)
    return dataclasses.replace(setup, capacities={**setup.capacities, role: more})


def run(source: Source, setup: Setup, label: str = "") -> dict[str, Any]:
    """Return a run as it is kept."""
    return {
        "label": label or source.label,
        "process": source.process_key,
        "files": {key: data.decode() for key, data in source.files.items()},
        "setup": setup.as_json(),
    }


def error_list(refusal: errors.Refused | None) -> list[dict[str, str]]:
    """Return the refusal as the error summary lists it."""
    if refusal is None:
        return []
    found = [
        {"text": text, "href": f"#{name}"}
        for name, messages in refusal.errors.items()
        for text in messages
    ]
    return found or [{"text": refusal.message, "href": "#title"}]


def _at_inputs(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return messages by the name of the input that they are shown at."""
    return {
        f"{name}:median" if name.startswith("duration:") else name: messages
        for name, messages in found.items()
    }


def _text(number: float) -> str:
    return f"{number:g}"
