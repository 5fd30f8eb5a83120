"""What a simulation is given: arrivals, durations, capacities, answers."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine import errors

MOST_CASES: Final = 5_000
MOST_WEEKLY: Final = 1_000.0
MOST_DAYS: Final = 400.0  # working days of one step
MOST_PEOPLE: Final = 1_000
MOST_WEEKS: Final = 520
MONTHS: Final = 12


class BadSetup(errors.Invalid):
    """A simulation cannot run with these numbers."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long a step takes, in working days: half of them at most `median`, four in five `p80`."""

    median: float
    p80: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """Whom a role has: so many people, each with so many pieces of work at the same time."""

    people: int
    each: int = 1

    @property
    def places(self) -> int:
        """How many pieces of work are in hand at most."""
        return self.people * self.each


@dataclass(frozen=True, slots=True)
class Setup:
    """One run.

    Attributes:
        cases: How many cases begin.
        weekly: How many begin in a week, on average.
        begins: The first day.
        seed: The same seed, the same chances.
        even: Cases begin at even distances, not by chance.
        months: How busy each month is against an average one, January first; empty: all alike.
        weeks: When the simulation is cut off, counted from its first day.
        usual: How long a step takes of which nothing else is said.
        durations: Element and role to how long it takes; role "" for whichever.
        capacities: Role to whom it has; no limit for a role that is not there.
        shares: Element and field to how often each answer is given; equally often by default.
    """

    cases: int
    weekly: float
    begins: dt.date
    seed: int = 1
    even: bool = False
    months: tuple[float, ...] = ()
    weeks: int = 156
    usual: Spread = Spread(2, 5)
    durations: Mapping[tuple[str, str], Spread] = field(default_factory=dict)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)

    def duration(self, element: str, role: str) -> Spread:
        """Return how long a step takes where a role does it."""
        found = self.durations.get((element, role)) or self.durations.get((element, ""))
        return found or self.usual

    def as_json(self) -> dict[str, Any]:
        """Return the setup as JSON has it."""
        return {
            "cases": self.cases,
            "weekly": self.weekly,
            "begins": self.begins.isoformat(),
            "seed": self.seed,
            "even": self.even,
            "months": list(self.months),
            "weeks": self.weeks,
            "usual": [self.usual.median, self.usual.p80],
            "durations": [[*key, each.median, each.p80] for key, each in self.durations.items()],
            "capacities": [
                [role, each.people, each.each] for role, each in self.capacities.items()
            ],
            "shares": [[*key, dict(each)] for key, each in self.shares.items()],
        }


def of_json(document: Mapping[str, Any]) -> Setup:
    """Return a setup from JSON.

    Raises:
        BadSetup: a number is out of bounds, or something is missing or of another kind.
    """
    try:
        setup = _read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSetup("The numbers of the simulation cannot be read.") from error
    refuse_impossible(setup)
    return setup


def _read(document: Mapping[str, Any]) -> Setup:
    return Setup(
        cases=int(document["cases"]),
        weekly=float(document["weekly"]),
        begins=dt.date.fromisoformat(document["begins"]),
        seed=int(document["seed"]),
        even=bool(document["even"]),
        months=tuple(float(each) for each in document["months"]),
        weeks=int(document["weeks"]),
        usual=Spread(*map(float, document["usual"])),
        durations={
            (str(element), str(role)): Spread(float(median), float(p80))
            for element, role, median, p80 in document["durations"]
        },
        capacities={
            str(role): Capacity(int(people), int(each))
            for role, people, each in document["capacities"]
        },
        shares={
            (str(element), str(name)): {str(value): float(part) for value, part in parts.items()}
            for element, name, parts in document["shares"]
        },
    )


def refuse_impossible(setup: Setup) -> None:
    """Refuse numbers that no simulation can run with.

    Raises:
        BadSetup: naming the field.
    """
    _within("cases", setup.cases, 1, MOST_CASES, "The number of cases")
    _within("weekly", setup.weekly, 0.1, MOST_WEEKLY, "The number of cases a week")
    _within("weeks", setup.weeks, 1, MOST_WEEKS, "The number of weeks")
    _within("seed", setup.seed, 0, 10**9, "The number that chance begins with")
    for (element, role), each in [(("usual", ""), setup.usual), *setup.durations.items()]:
        _refuse_duration(f"duration:{element}:{role}", each)
    for role, capacity in setup.capacities.items():
        _within(f"people:{role}", capacity.people, 1, MOST_PEOPLE, "The number of people")
        _within(f"each:{role}", capacity.each, 1, MOST_PEOPLE, "The pieces of work of each person")
    if setup.months:
        _refuse_months(setup.months)
    for (element, name), parts in setup.shares.items():
        _refuse_shares(f"share:{element}:{name}", parts)


def _refuse_duration(name: str, spread: Spread) -> None:
    _within(name, spread.median, 0, MOST_DAYS, "The usual time in working days")
    _within(name, spread.p80, 0, MOST_DAYS, "The time of four in five")
    if spread.p80 < spread.median:
        raise _bad(name, "The time of four in five cannot be less than the usual time.")


def _refuse_months(months: tuple[float, ...]) -> None:
    if len(months) != MONTHS or not all(0 <= each < math.inf for each in months):
        raise _bad("months", "Give a number for each of the twelve months.")
    if not sum(months):
        raise _bad("months", "At least one month needs cases.")


def _refuse_shares(name: str, parts: Mapping[str, float]) -> None:
    for part in parts.values():
        _within(name, part, 0, 100, "The share of each answer, in percent,")
    if parts and sum(parts.values()) <= 0:
        raise _bad(name, "At least one answer needs a share above 0.")


def _within(name: str, value: float, least: float, most: float, what: str) -> None:
    if not least <= value <= most:  # a number that is none is refused as well
        raise _bad(name, f"{what} must be between {least:,g} and {most:,.0f}.")


def _bad(name: str, sentence: str) -> BadSetup:
    return BadSetup(sentence, errors={name: (sentence,)})
