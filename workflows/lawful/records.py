"""Which facts the property `records` of an element tells, when, and with which outcome."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflows.lawful import conditions
from workflows.lawful.conditions import Known, Node, Value
from workflows.rulebook.model import Trigger

_PART = re.compile(r"(\$\{[^}]*\})")
Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that an element may record.

    Attributes:
        outcome: An expression for it, None for a fact without.
        guards: Conditions under which it does, each with whether it must hold.
    """

    code: str
    outcome: Node | None = None
    guards: tuple[tuple[Node, bool], ...] = ()

    def may_be(self, trigger: Trigger, known: Known) -> bool:
        """Tell whether it can be what a duty turns on, as far as one can know."""
        return bool(self.when(trigger, known))

    def when(
        self, trigger: Trigger, known: Known, choices: Choices | None = None
    ) -> list[dict[str, Value]]:
        """Return what is known, in each of the ways in which it is what a duty turns on.

        `choices`: what a form offers for a variable; an outcome it does not offer never comes.
        """
        if self.code != trigger.code:
            return []
        asked = list(self.guards)
        if trigger.outcome and self.outcome is None:
            return []
        if trigger.outcome and self.outcome is not None:
            wanted = Node("equal", (self.outcome, Node("value", value=trigger.outcome)))
            asked.append((wanted, True))
        found = [dict(known)]
        for guard, holds in asked:
            found = [then for each in found for then in conditions.assume(guard, each, holds=holds)]
        return [then for each in found for then in _settled(asked, each, choices or {})]


def _settled(
    asked: Sequence[tuple[Node, bool]], known: dict[str, Value], choices: Choices
) -> list[dict[str, Value]]:
    """Return what is known for each choice of the variables asked about that forms offer."""
    found = [known]
    for name in sorted(frozenset[str]().union(*(conditions.names_in(each) for each, _ in asked))):
        if name in choices:
            offered = choices[name]
            found = [
                {**each, name: value}
                for each in found
                for value in offered
                if each.get(name, value) == value
            ]
        if len(found) > conditions.ALTERNATIVES_LIMIT:
            return [known]
    return [
        each
        for each in found
        if not any(conditions.value_of(one, each) is (not holds) for one, holds in asked)
    ]


def read(text: str) -> tuple[Recorded, ...]:
    """Return the facts of a property, in its order; expressions are read as far as they tell."""
    return tuple(dict.fromkeys(each for segment in _segments(text) for each in _facts(segment)))


def _segments(text: str) -> list[list[str]]:
    """Return the parts, literal or `${…}`, of each text between semicolons."""
    segments: list[list[str]] = [[]]
    for part in _PART.split(text):
        if part.startswith("${"):
            segments[-1].append(part)
            continue
        first, *others = part.split(";")
        segments[-1].append(first)
        segments += [[each] for each in others]
    return segments


@dataclass(frozen=True, slots=True)
class _Said:
    """One of the texts that a segment can become: words and expressions, one after the other."""

    pieces: tuple[Node, ...] = ()
    guards: tuple[tuple[Node, bool], ...] = ()


def _facts(parts: list[str]) -> Iterator[Recorded]:
    said = [_Said()]
    for part in parts:
        node = conditions.parse(part) if part.startswith("${") else Node("value", value=part)
        said = [
            _Said(one.pieces + other.pieces, one.guards + other.guards)
            for one in said
            for other in _alternatives(node)
        ][: conditions.ALTERNATIVES_LIMIT]
    for each in said:
        if (found := _fact(each)) is not None:
            yield found


def _alternatives(node: Node) -> list[_Said]:
    if node.kind == "choice":
        condition, first, second = node.parts
        return [
            _Said(each.pieces, ((condition, holds), *each.guards))
            for branch, holds in ((first, True), (second, False))
            for each in _alternatives(branch)
        ]
    if node.kind == "sum":
        found = [_Said()]
        for part in node.parts:
            found = [
                _Said(one.pieces + other.pieces, one.guards + other.guards)
                for one in found
                for other in _alternatives(part)
            ][: conditions.ALTERNATIVES_LIMIT]
        return found
    return [_Said((node,) if node.value != "" else ())]


def _fact(said: _Said) -> Recorded | None:
    """Return the fact that a text tells; None where its code is not written out."""
    written = ""
    for position, piece in enumerate(said.pieces):
        if piece.kind == "value" and isinstance(piece.value, str):
            written += piece.value
            continue
        code, colon, rest = written.partition(":")
        if not colon:
            return None
        outcome = piece if not rest and position == len(said.pieces) - 1 else conditions.OTHER
        return Recorded(code.strip(), outcome, said.guards)
    code, colon, outcome_text = written.strip().partition(":")
    if not code:
        return None
    literal = Node("value", value=outcome_text.strip()) if colon else None
    return Recorded(code, literal, said.guards)
