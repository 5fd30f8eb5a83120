"""Walk what is left of a case's diagrams, a thousand draws at once.

1. Begin where the tokens are: with the tasks that are open, and what else is waited for.
2. Go through each scope part by part, so that whatever leads to a step is known before it.
3. At a task add the time that it takes; at a join wait for the last; at a question part the draws by
   their answers; at a date wait for it; within a call or subprocess do the same, for each item.
4. Take note of when the facts are recorded that meet the time limit, or take it away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from engine.definitions.elements import Element
from workflows.forecast import chance, items, prepare, tokens
from workflows.forecast.ahead import Ahead
from workflows.forecast.answers import Answers
from workflows.forecast.days import Numbers
from workflows.forecast.graph import Part, Scope
from workflows.forecast.items import Item
from workflows.forecast.prepare import Prepared
from workflows.forecast.situation import OpenTask, Situation
from workflows.forecast.tokens import Token, Trails
from workflows.forecast.work import Worker

ROUNDS: Final = 6  # of a loop; what is not through by then goes on
FEW: Final = 10  # draws; as few as that are not sent round again
PEOPLE: Final = frozenset({"userTask", "manualTask"})
CATCHES: Final = frozenset({"intermediateCatchEvent", "receiveTask"})
Out = tuple[str, Token]
Arrivals = dict[str, dict[str, list[Token]]]


class Walk:
    """One case, walked to its end.

    Attributes:
        met, void: Tokens at the elements that meet the time limit, or take it away.
    """

    def __init__(
        self, prepared: Prepared, situation: Situation, worker: Worker, ahead: Ahead
    ) -> None:
        """Take the diagrams, where the case is, how long people take, and what dates there are."""
        self._graph = prepared.graph
        self._bundle = prepared.graph.bundle
        self._situation = situation
        self._worker = worker
        self._ahead = ahead
        self._answers = Answers(prepared, situation, worker.lessons, ahead)
        self._now = float(worker.days.place(situation.today))
        self._rounds: dict[tuple[str, str], int] = {}
        self.trails = Trails()
        self.met: list[Token] = []
        self.void: list[Token] = []

    def run(self) -> None:
        """Walk from where the tokens are."""
        scope = self._graph.scopes[self._graph.main]
        self._scope(scope, {}, self._situation.tasks, self._situation.others, Item())

    def _scope(
        self,
        scope: Scope,
        entries: Arrivals,
        tasks: Sequence[OpenTask],
        others: Sequence[str],
        item: Item,
    ) -> Token | None:
        """Walk a scope; return the token that leaves it, None where none does."""
        arrivals, ends = entries, []
        here = _Here(scope, tasks, others, item)
        for part in scope.parts:
            for source, target, token in self._part(here, part, arrivals):
                if not target:
                    ends.append(token)
                elif tokens.comes(token):
                    arrivals.setdefault(target, {}).setdefault(source, []).append(token)
        return self.trails.last(ends) if ends else None

    def _part(
        self, here: "_Here", part: Part, arrivals: Arrivals
    ) -> Iterable[tuple[str, str, Token]]:
        """Yield what leaves a part: from where, whereto ("" out of the scope), and the token."""
        inside = frozenset(part.steps) if part.back else frozenset()
        pending: Arrivals = {each: arrivals.pop(each) for each in part.steps if each in arrivals}
        for number in range(ROUNDS):
            again: Arrivals = {}
            for step in part.steps:
                for target, token in self._step(
                    here, step, pending.pop(step, {}), first=not number
                ):
                    if (step, target) in part.back:
                        again.setdefault(target, {}).setdefault(step, []).append(token)
                    elif target in inside:
                        pending.setdefault(target, {}).setdefault(step, []).append(token)
                    else:
                        yield step, target, token
            pending = again
            if _count(pending) <= FEW:
                break
        yield from self._out_of(part, pending)

    def _out_of(self, part: Part, pending: Arrivals) -> Iterable[tuple[str, str, Token]]:
        """Let what still goes round after many rounds leave by the first way out."""
        exits = [
            (step, target)
            for step in part.steps
            for target in self._bundle.flows.onward.get(step, ())
            if target not in part.steps
        ]
        for each in pending.values():
            for token in _flat(each):
                if exits and tokens.comes(token):
                    yield *exits[0], token

    def _step(
        self, here: "_Here", step: str, arriving: Mapping[str, list[Token]], *, first: bool
    ) -> Iterable[Out]:
        element = self._bundle.elements[step]
        if first:
            yield from self._resumed(here, element)
        by_source = [self.trails.first(each) for each in arriving.values()]
        coming = [each for each in by_source if tokens.comes(each)]
        if not coming:
            return
        join = self.trails.last if element.type == "parallelGateway" else self.trails.first
        yield from self._visit(here, element, join(coming))

    # Where the case is now

    def _resumed(self, here: "_Here", element: Element) -> Iterable[Out]:
        """Go on from what waits at an element, or within it."""
        tasks = here.tasks_at(element.id)
        inner, others = here.within(element.id)
        if not tasks and not inner and not others and element.id not in here.others:
            return
        begin = self.trails.begin(self._now)
        if tasks:
            done = [self._rest(element, each, here.item) for each in tasks]
            yield from self._done(here, element, self.trails.last(done), begin)
        elif element.id in here.others:
            yield from self._visit(here, element, begin)
        if inner or others:
            done = list(self._inside(element, inner, others, here.item))
            if done:
                yield from self._done(here, element, self.trails.last(done), begin)

    def _rest(self, element: Element, task: OpenTask, item: Item) -> Token:
        first, second = self._chances(element.id, task.label)
        until = self._now + self._worker.rest(task, first, second)
        key = self._key(element, task.role, task.label or item.label)
        return self.trails.spend(self.trails.begin(self._now), until, key)

    def _inside(
        self, element: Element, tasks: Sequence[OpenTask], others: Sequence[str], item: Item
    ) -> Iterable[Token]:
        """Yield the token of each item that goes on within a call activity or subprocess."""
        scope = self._graph.scope_within(element.id)
        if scope is None:
            return
        for each in items.groups(element, tasks, others, item):
            token = self._scope(scope, {}, each.tasks, each.others, each.item)
            if token is not None:
                yield token

    # What is ahead

    def _visit(self, here: "_Here", element: Element, token: Token) -> Iterable[Out]:
        if element.type in PEOPLE:
            yield from self._done(here, element, self._worked(here, element, token), token)
        elif element.id in here.scope.within:
            yield from self._done(here, element, self._entered(here, element, token), token)
        elif element.type in CATCHES:
            yield from self._done(here, element, self._caught(element, token), token)
        elif element.type == "eventBasedGateway":
            yield from self._whichever(here, element, token)
        elif element.id in self._bundle.flows.ways and element.type == "exclusiveGateway":
            yield from self._answers.part(element, token)
        else:
            yield from self._done(here, element, token, token)

    def _worked(self, here: "_Here", element: Element, token: Token) -> Token:
        """Return a token after people's work, of several items the last."""
        found = [here.item]
        if element.collection is not None:
            found = self._items(element)
        done = []
        for each in found:
            role = element.role.literal or each.role
            first, second = self._chances(element.id, each.label)
            until = token.at + self._worker.whole(element.id, role, first, second)
            key = self._key(element, role, each.label)
            done.append(self.trails.spend(each.of(token), until, key))
        return self.trails.last(done)

    def _entered(self, here: "_Here", element: Element, token: Token) -> Token:
        """Return a token after a call activity or subprocess, of several items the last."""
        scope = self._graph.scope_within(element.id)
        if scope is None:
            return token
        if element.collection is None:
            inside = self._scope(scope, {scope.start: {"": [token]}}, (), (), here.item)
            return inside or tokens.only(token, np.zeros(chance.DRAWS, dtype=bool))
        done, before = [token], token
        for each in self._items(element):
            begins = each.of(before)
            inside = self._scope(scope, {scope.start: {"": [begins]}}, (), (), each)
            if inside is not None:
                done.append(inside)
                before = self.trails.last([before, inside]) if element.sequential else before
        return self.trails.last(done)

    def _caught(self, element: Element, token: Token) -> Token:
        """Return a token after what is waited for: a date, or a message at its usual distance."""
        if element.timer is not None:
            until = self._ahead.timer(element, token.at)
            return token if until is None else self._waited(token, until, element)
        first, second = self._chances(element.id, "")
        return self._waited(
            token, token.at + self._worker.whole(element.id, "", first, second), element
        )

    def _whichever(self, here: "_Here", element: Element, token: Token) -> Iterable[Out]:
        """Go on from whichever of several events comes first."""
        targets = [self._bundle.elements[key] for key in self._bundle.flows.onward[element.id]]
        caught = [self._caught(each, token) for each in targets]
        which = np.argmin([each.at for each in caught], axis=0)
        for place, (target, each) in enumerate(zip(targets, caught, strict=True)):
            yield from self._done(here, target, tokens.only(each, which == place), token)

    # What follows

    def _done(self, here: "_Here", element: Element, done: Token, begun: Token) -> Iterable[Out]:
        """Leave an element: by a date that interrupts it, or as drawn; take note of its facts."""
        for event in self._graph.attached.get(element.id, ()):
            until = self._ahead.timer(event, begun.at)
            if until is not None:
                over = np.isfinite(done.at) & (until <= done.at)
                yield event.id, tokens.only(self._waited(begun, until, element), over)
                done = tokens.only(done, ~over)
        if not tokens.comes(done):
            return
        self._answers.give(element, self._rounds.get((element.id, here.item.label), 0), here.item)
        self._record(element, done)
        attached = {each.id for each in self._graph.attached.get(element.id, ())}
        onward = [
            each for each in self._bundle.flows.onward.get(element.id, ()) if each not in attached
        ]
        for target in onward or [""]:
            yield target, done

    def _waited(self, token: Token, until: Numbers, element: Element) -> Token:
        later = np.where(np.isfinite(token.at), np.maximum(until, token.at), np.inf)
        return self.trails.spend(token, later, element.name)

    def _record(self, element: Element, token: Token) -> None:
        duty = self._situation.limit.duty
        for fact in self._graph.records.get(element.id, ()):
            self._ahead.happens(fact, token.at)
            for triggers, kept in ((duty.met_by, self.met), (duty.void_by, self.void)):
                if any(
                    each.code == fact.code and each.outcome in {"", fact.outcome}
                    for each in triggers
                ):
                    kept.append(token)

    def _items(self, element: Element) -> list[Item]:
        known: Callable[[], Any] = lambda: self._ahead.collection(element)  # noqa: E731
        inside = self._graph.scope_within(element.id)
        steps = [each for part in inside.parts for each in part.steps] if inside else [element.id]
        return items.expected(
            element, known(), self._worker.lessons, steps, self._situation.case_id
        )

    def _chances(self, element: str, label: str) -> tuple[Numbers, Numbers]:
        number = self._rounds.get((element, label), 0)
        self._rounds[element, label] = number + 1
        case = self._situation.case_id
        return (
            chance.uniform(case, element, label, number),
            chance.uniform(case, element, label, number, "report"),
        )

    @staticmethod
    def _key(element: Element, role: str, label: str) -> str:
        of_several = element.role.expression is not None or bool(label)
        return prepare.name_of(element.name, role, is_of_several=of_several)


class _Here:
    """A scope with what is open in it."""

    def __init__(
        self, scope: Scope, tasks: Sequence[OpenTask], others: Sequence[str], item: Item
    ) -> None:
        self.scope = scope
        self.item = item
        self.others = frozenset(others) & scope.steps
        self._tasks = tasks
        self._others = others

    def tasks_at(self, step: str) -> list[OpenTask]:
        return [each for each in self._tasks if each.element == step]

    def within(self, step: str) -> tuple[list[OpenTask], list[str]]:
        inside = self.scope.within.get(step, frozenset())
        return (
            [each for each in self._tasks if each.element in inside],
            [each for each in self._others if each in inside],
        )


def _count(pending: Arrivals) -> int:
    """Return in how many draws something is still to be done."""
    return sum(int(np.isfinite(each.at).sum()) for one in pending.values() for each in _flat(one))


def _flat(by_source: Mapping[str, list[Token]]) -> list[Token]:
    return [token for each in by_source.values() for token in each]
