"""The diagrams of a bundle as they are walked: scopes, in the order in which their steps follow."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from workflows.rulebook.model import Trigger

_WORD: Final = re.compile(r"[a-z_0-9]+(?::[a-z_0-9]+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that are walked together: one, or those of a loop.

    Attributes:
        steps: In their order; in a loop, without the flows that lead back.
        back: The flows that lead back, from and to.
    """

    steps: tuple[str, ...]
    back: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """A process, or what is within a call activity or subprocess.

    Attributes:
        start: Its start event.
        parts: In the order in which they are walked.
        steps: Its elements.
        within: Call activity or subprocess of it to all elements inside, however deep.
    """

    start: str
    parts: tuple[Part, ...]
    steps: frozenset[str]
    within: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Graph:
    """All scopes of a bundle.

    Attributes:
        scopes: By their start event.
        main: The start event of the process itself.
        attached: Element to the boundary timers that interrupt it.
        records: Element to the facts that it records.
    """

    bundle: Bundle
    scopes: Mapping[str, Scope]
    main: str
    attached: Mapping[str, tuple[Element, ...]]
    records: Mapping[str, tuple[Trigger, ...]]

    def scope_within(self, element_id: str) -> Scope | None:
        """Return what is within a call activity or subprocess."""
        return self.scopes.get(self.bundle.flows.entered.get(element_id, ""))


def graph_of(bundle: Bundle, start: str) -> Graph:
    """Return the graph of a bundle whose process begins with a start event."""
    attached: dict[str, tuple[Element, ...]] = {}
    for each in bundle.elements.values():
        if each.type == "boundaryEvent" and each.interrupting and each.timer:
            attached[each.attached_to] = (*attached.get(each.attached_to, ()), each)
    onward = dict(bundle.flows.onward)
    for host, events in attached.items():
        onward[host] = (*onward.get(host, ()), *(each.id for each in events))
    scopes: dict[str, Scope] = {}
    _add(bundle, onward, start, scopes)
    records = {key: tuple(_recorded(each)) for key, each in bundle.elements.items()}
    return Graph(
        bundle, scopes, start, attached, {key: each for key, each in records.items() if each}
    )


def _add(
    bundle: Bundle, onward: Mapping[str, Sequence[str]], start: str, scopes: dict[str, Scope]
) -> frozenset[str]:
    """Add a scope and those within it; return all its elements and theirs."""
    if start in scopes:
        known = scopes[start]
        return known.steps.union(*known.within.values())
    steps = _reached(onward, start)
    parts = tuple(_parts(onward, start))
    within = {
        each: _add(bundle, onward, bundle.flows.entered[each], scopes)
        for each in steps
        if each in bundle.flows.entered
    }
    scopes[start] = Scope(start, parts, steps, within)
    return steps.union(*within.values())


def _reached(onward: Mapping[str, Sequence[str]], start: str) -> frozenset[str]:
    found, ahead = {start}, [start]
    while ahead:
        for each in onward.get(ahead.pop(), ()):
            if each not in found:
                found.add(each)
                ahead.append(each)
    return frozenset(found)


def _parts(onward: Mapping[str, Sequence[str]], start: str) -> Iterator[Part]:
    """Yield the parts in an order in which what leads to a step comes before it (Tarjan, 1972)."""
    finder = _Loops(onward)
    finder.visit(start)
    for loop in reversed(finder.found):
        members = frozenset(loop)
        if len(loop) == 1 and loop[0] not in onward.get(loop[0], ()):
            yield Part((loop[0],))
        else:
            order, back = _unrolled(onward, members, finder.first[members])
            yield Part(order, back)


class _Loops:
    """Finds the strongly connected parts below a step, those that follow first."""

    def __init__(self, onward: Mapping[str, Sequence[str]]) -> None:
        self._onward = onward
        self._number: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self.found: list[tuple[str, ...]] = []
        self.first: dict[frozenset[str], str] = {}

    def visit(self, step: str) -> None:
        self._number[step] = self._low[step] = len(self._number)
        self._stack.append(step)
        for each in self._onward.get(step, ()):
            if each not in self._number:
                self.visit(each)
                self._low[step] = min(self._low[step], self._low[each])
            elif each in self._stack:
                self._low[step] = min(self._low[step], self._number[each])
        if self._low[step] == self._number[step]:
            at = self._stack.index(step)
            loop = tuple(self._stack[at:])
            del self._stack[at:]
            self.found.append(loop)
            self.first[frozenset(loop)] = step


def _unrolled(
    onward: Mapping[str, Sequence[str]], members: frozenset[str], first: str
) -> tuple[tuple[str, ...], frozenset[tuple[str, str]]]:
    """Return the steps of a loop from where it is entered, and the flows that lead back."""
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    open_: set[str] = set()
    done: set[str] = set()

    def visit(step: str) -> None:
        open_.add(step)
        for each in onward.get(step, ()):
            if each in open_:
                back.add((step, each))
            elif each in members and each not in done:
                visit(each)
        open_.discard(step)
        done.add(step)
        order.append(step)

    visit(first)
    return tuple(reversed(order)), frozenset(back)


def _recorded(element: Element) -> Iterator[Trigger]:
    """Yield the facts that an element records, as far as the diagram tells before it happens."""
    text = element.properties.get("records")
    if text is None:
        return
    for part in (text, *text.parts):
        for entry in filter(None, part.literal.split(";")):
            code, _, outcome = entry.strip().partition(":")
            yield Trigger(code, outcome)
        if part.expression is not None:
            for word in _WORD.findall(part.expression.text):
                yield Trigger(*word.split(":")) if ":" in word else Trigger(word)
