"""Which way a case takes: by answers drawn as often as they are given here, and by what is known."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.definitions.elements import Element
from engine.definitions.following import Way
from workflows.forecast import chance, tokens
from workflows.forecast.ahead import Ahead
from workflows.forecast.items import Item
from workflows.forecast.lessons import Lessons
from workflows.forecast.prepare import Prepared, Question
from workflows.forecast.situation import Situation
from workflows.forecast.tokens import Token

Drawn = tuple[Question, NDArray[np.int64]]


class Answers:
    """The answers drawn so far; where a question is asked again, the newest."""

    def __init__(
        self, prepared: Prepared, situation: Situation, lessons: Lessons, ahead: Ahead
    ) -> None:
        """Begin with what is known of the case."""
        self._prepared = prepared
        self._situation = situation
        self._lessons = lessons
        self._ahead = ahead
        self._drawn: dict[str, Drawn] = {}
        self._known: dict[tuple[str, tuple[tuple[str, object], ...]], str] = {}

    def give(self, element: Element, number: int, item: Item) -> None:
        """Draw the answers that are given at an element, the `number`th time it is come to."""
        for each in self._prepared.asks.get(element.id, ()):
            shares = self._lessons.shares(element.id, each.field, each.values)
            bounds = np.cumsum([shares[value] for value in each.values])
            chances = chance.uniform(
                self._situation.case_id, element.id, each.field, item.label, number
            )
            found = np.searchsorted(bounds, chances, side="right")
            self._drawn[each.field] = (each, np.minimum(found, len(each.values) - 1))

    def part(self, element: Element, token: Token) -> Iterable[tuple[str, Token]]:
        """Part a token at a question: each way out gets the draws whose answers lead there."""
        ways = self._prepared.graph.bundle.flows.ways[element.id]
        conditions = self._prepared.graph.bundle.conditions
        asked = {
            name
            for way in ways
            if way.condition in conditions
            for name in conditions[way.condition].names
        }
        drawn = [self._drawn[name] for name in sorted(asked & self._drawn.keys())]
        codes = np.zeros(chance.DRAWS, dtype=np.int64)
        for question, numbers in drawn:
            codes = codes * len(question.values) + numbers
        taken: dict[str, NDArray[np.bool_]] = {}
        comes = np.isfinite(token.at)
        for code in np.unique(codes[comes]):
            target = self._target(element.id, ways, _values(drawn, int(code)))
            mask = comes & (codes == code)
            if target:
                taken[target] = taken[target] | mask if target in taken else mask
        for target, mask in taken.items():
            yield target, tokens.only(token, mask)

    def _target(self, gateway: str, ways: Sequence[Way], answers: dict[str, object]) -> str:
        key = (gateway, tuple(answers.items()))
        if key not in self._known:
            self._known[key] = self._chosen(ways, answers)
        return self._known[key]

    def _chosen(self, ways: Sequence[Way], answers: dict[str, object]) -> str:
        conditions = self._prepared.graph.bundle.conditions
        for way in ways:
            condition = conditions.get(way.condition)
            if condition is None or self._ahead.value(condition, answers) is True:
                return way.target
        return ways[-1].target


def _values(drawn: Sequence[Drawn], code: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for question, _ in reversed(drawn):
        code, number = divmod(code, len(question.values))
        found[question.field] = question.value(number)
    return found
