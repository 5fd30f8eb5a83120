"""What was learned from this authority's history, as it is kept and used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.forecast import curves
from workflows.forecast.curves import Curve
from workflows.forecast.queue import QUEUED, Throughput
from workflows.simulation.guesses import GUESSED, SHARES, USUAL

GUESS_WEIGHS = curves.GUESS_WEIGHS
_REPORT = "from taking"
_OPENING = "from opening"


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learned.

    Attributes:
        opening: Element and role to how long it takes from when the task opens.
        taking: The same from when somebody takes it.
        answers: Element and field to how much each answer weighs.
        items: Element and role to how many such tasks a case has side by side, on average.
        queues: Role and team ("" for all together) to what is worked off.
    """

    opening: Mapping[tuple[str, str], Curve] = field(default_factory=dict)
    taking: Mapping[tuple[str, str], Curve] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    queues: Mapping[tuple[str, str], Throughput] = field(default_factory=dict)

    def duration(self, element: str, role: str) -> Curve:
        """Return how long a step takes from its opening; a guess where nothing is known."""
        found = self.opening.get((element, role))
        return found or curves.guessed(GUESSED.get(element, USUAL))

    def report(self, element: str, role: str) -> Curve:
        """Return how long it takes from when somebody takes it."""
        found = self.taking.get((element, role))
        return found or self.duration(element, role)

    def queue(self, role: str, team: str) -> Throughput | None:
        """Return what is worked off of a role's queue; None where it is no queue, or not known."""
        if role not in QUEUED:
            return None
        for known in (self.queues.get((role, team)), self.queues.get((role, ""))):
            if known is not None and known.is_known:
                return known
        return None

    def shares(self, element: str, name: str, values: tuple[str, ...]) -> dict[str, float]:
        """Return how often each answer to a question is given: seen and guessed together, sum 1."""
        guess = SHARES.get((element, name), dict.fromkeys(values, 1.0))
        whole = sum(guess.get(value, 0.0) for value in values) or 1.0
        seen = self.answers.get((element, name), {})
        weighed = {
            value: seen.get(value, 0.0) + GUESS_WEIGHS * guess.get(value, 0.0) / whole
            for value in values
        }
        total = sum(weighed.values()) or 1.0
        return {value: weight / total for value, weight in weighed.items()}

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            _OPENING: [[*key, *_listed(curve)] for key, curve in sorted(self.opening.items())],
            _REPORT: [[*key, *_listed(curve)] for key, curve in sorted(self.taking.items())],
            "answers": [[*key, dict(shares)] for key, shares in sorted(self.answers.items())],
            "items": [[key, dict(roles)] for key, roles in sorted(self.items.items())],
            "queues": [
                [*key, each.weekly, each.weight, each.taken, each.waiting]
                for key, each in sorted(self.queues.items())
            ],
        }


def of_json(document: Mapping[str, Any]) -> Lessons:
    """Return what was kept."""
    return Lessons(
        {(row[0], row[1]): _curve(row[2:]) for row in document[_OPENING]},
        {(row[0], row[1]): _curve(row[2:]) for row in document[_REPORT]},
        {(row[0], row[1]): row[2] for row in document["answers"]},
        {row[0]: row[1] for row in document["items"]},
        {(row[0], row[1]): Throughput(*row[2:]) for row in document["queues"]},
    )


def _listed(curve: Curve) -> list[object]:
    return [list(curve.days), list(curve.shares), curve.observed, curve.weight]


def _curve(row: list[Any]) -> Curve:
    return Curve(tuple(row[0]), tuple(row[1]), row[2], row[3])
