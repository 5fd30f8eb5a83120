"""A naive interpreter of BPMN, against which the clever one is held: every order of every step.

It knows start and end events, tasks, gateways, interrupting boundary events and terminate ends of
one process, reads them straight from the XML, counts tokens, and follows BPMN 2.0.2, chapter 13, to
the letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from lxml import etree

from engine.definitions import xml

State = tuple[tuple[str, int], ...]
_B = f"{{{xml.BPMN}}}"


@dataclass
class Verdict:
    """What the interpreter saw."""

    deadlocks: bool
    collides: bool
    endless: bool
    dead: set[str]


class TooMany(Exception):
    """There are more states than a naive reading can bear."""


class Interpreter:
    def __init__(self, process: etree._Element) -> None:
        self.tags = {}
        self.flows = {}
        self.boundaries: dict[str, list[str]] = {}
        self.terminates = set()
        for element in process:
            tag = element.tag.removeprefix(_B)
            if tag == "sequenceFlow":
                self.flows[element.get("id")] = (element.get("sourceRef"), element.get("targetRef"))
                continue
            self.tags[element.get("id")] = tag
            if tag == "boundaryEvent":
                self.boundaries.setdefault(element.get("attachedToRef"), []).append(
                    element.get("id")
                )
            if element.find(f"{_B}terminateEventDefinition") is not None:
                self.terminates.add(element.get("id"))

    def into(self, name: str) -> list[str]:
        return [flow for flow, (_, target) in self.flows.items() if target == name]

    def out(self, name: str) -> list[str]:
        return [flow for flow, (source, _) in self.flows.items() if source == name]

    def judge(self, most: int) -> Verdict:
        start = next(name for name, tag in self.tags.items() if tag == "startEvent")
        initial = _state(dict.fromkeys(self.out(start), 1))
        following: dict[State, list[State]] = {}
        reached, collides = {start}, False
        waiting = [initial]
        while waiting:
            state = waiting.pop()
            if state in following:
                continue
            if len(following) > most:
                raise TooMany
            steps = list(self.steps(dict(state)))
            reached |= {name for names, _ in steps for name in names}
            after = [_state(tokens) for _, tokens in steps]
            collides |= any(count > 1 for each in after for _, count in each)
            following[state] = [each for each in after if all(count < 3 for _, count in each)]
            waiting += following[state]
        return Verdict(
            deadlocks=any(state and not after for state, after in following.items()),
            collides=collides,
            endless=_endless(following),
            dead=set(self.tags) - reached,
        )

    def steps(self, tokens: dict[str, int]) -> Iterator[tuple[list[str], dict[str, int]]]:
        for name, tag in self.tags.items():
            for taken in self.takes(name, tag, tokens):
                left = {flow: count - (flow in taken) for flow, count in tokens.items()}
                if name in self.terminates:
                    yield [name], {}
                    continue
                for given in self.gives(name, tag):
                    yield [name], _plus(left, given)
                for event in self.boundaries.get(name, []):
                    yield [name, event], _plus(left, self.out(event))

    def takes(self, name: str, tag: str, tokens: dict[str, int]) -> Iterator[set[str]]:
        there = {flow for flow in self.into(name) if tokens.get(flow)}
        if not there:
            return
        if tag == "parallelGateway":
            if there == set(self.into(name)):
                yield there
        elif tag == "inclusiveGateway":
            if not self.held_up(name, there, tokens):
                yield there
        else:
            yield from ({flow} for flow in there)

    def gives(self, name: str, tag: str) -> Iterator[list[str]]:
        out = self.out(name)
        if tag == "exclusiveGateway" and out:
            yield from ([flow] for flow in out)
        elif tag == "inclusiveGateway" and out:
            sizes = (combinations(out, size) for size in range(1, len(out) + 1))
            yield from (list(some) for some in chain.from_iterable(sizes))
        else:
            yield out

    def held_up(self, name: str, there: set[str], tokens: dict[str, int]) -> bool:
        for flow, count in tokens.items():
            if count:
                goals = self.goals(flow, name)
                if goals - there and not goals & there:
                    return True
        return False

    def goals(self, flow: str, name: str) -> set[str]:
        """Return the ways into a gateway that lead on from a flow without visiting it before."""
        seen, waiting = set(), [flow]
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            target = self.flows[at][1]
            if target != name:
                waiting += self.out(target)
                waiting += chain.from_iterable(self.out(e) for e in self.boundaries.get(target, []))
        return {at for at in seen if self.flows[at][1] == name}


def _state(tokens: dict[str, int]) -> State:
    return tuple(sorted((flow, count) for flow, count in tokens.items() if count))


def _plus(tokens: dict[str, int], given: list[str]) -> dict[str, int]:
    return {
        flow: tokens.get(flow, 0) + given.count(flow) for flow in dict.fromkeys([*tokens, *given])
    }


def _endless(following: dict[State, list[State]]) -> bool:
    """Return whether from some state nothing comes to rest."""
    resting = {state for state, after in following.items() if not after}
    grown = True
    while grown:
        fresh = {
            state
            for state, after in following.items()
            if state not in resting and any(each in resting for each in after)
        }
        resting |= fresh
        grown = bool(fresh)
    return len(resting) < len(following)
