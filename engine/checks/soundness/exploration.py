"""Explore all states that a net can get into, within a budget."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from engine.checks.soundness.net import Gate
from engine.checks.soundness.tokens import ENDED, Firing, Tokens

# Firings, of all processes of a diagram together: bounds time and memory alike, and says the same
# on every machine. Diagrams of people need some hundreds.
BUDGET: Final = 100_000
# A state of so many edges more costs one firing more.
EDGES_A_FIRING: Final = 200
FOLLOWING_UP: Final = 5_000


@dataclass(slots=True)
class Budget:
    """How many firings may still be looked at."""

    left: int = BUDGET

    def spend(self, cost: int) -> bool:
        """Take some; return whether there were as many."""
        self.left -= cost
        return self.left >= 0


@dataclass(slots=True)
class Exploration:
    """What was found.

    Attributes:
        before: Every state that was got into, in that order, with how: the state before it and what fired.
        collisions: For each gate that gave a second token to an edge: the state it was in, and how it fired.
        deadlocks: States in which tokens lie and nothing can fire.
        endless: States from which no end is reached, and no deadlock either.
        marked: The edges that ever held a token.
        fired: The gates that ever fired.
        ends_normally: Whether the last token may be gone without a failure.
        complete: Whether the budget was enough for all that tells of faults.
        thorough: Whether it was also enough for what follows once two tokens have met.
    """

    before: dict[int, tuple[int, Firing] | None]
    collisions: dict[int, tuple[int, Firing]] = field(default_factory=dict)
    deadlocks: list[int] = field(default_factory=list)
    endless: list[int] = field(default_factory=list)
    marked: int = 0
    fired: set[int] = field(default_factory=set)
    ends_normally: bool = False
    complete: bool = True
    thorough: bool = True


class _Explorer:
    """A state space that is being walked through, nearest states first.

    Where a token meets another, what follows is told apart by one more bit: it still shows what
    can be reached, but a deadlock there would be no more than a consequence.
    """

    def __init__(self, tokens: Tokens, budget: Budget) -> None:
        self.tokens = tokens
        self.budget = budget
        self.after_collision = 1 << len(tokens.edges)
        self.cost = 1 + len(tokens.edges) // EDGES_A_FIRING
        self.found = Exploration({tokens.initial: None}, marked=tokens.initial)
        self.came_from: dict[int, list[int]] = {tokens.initial: []}
        self.ends: set[int] = set()

    def explore(self) -> Exploration:
        """Walk through all states, and once more through those that seem not to end.

        To leave out orders of firing is right as long as what was put off comes at last. On a loop without
        a way out it never would: there, every order is tried.
        """
        self._walk(deque(self.found.before), every=False)
        self.found.thorough = self.found.complete and self._follow_up()
        tried: set[int] = set()
        while self.found.complete and not self.found.collisions:
            endless = self._endless()
            fresh = [state for state in endless if state not in tried]
            if not fresh:
                self.found.endless = endless
                break
            tried.update(fresh)
            self._walk(deque(fresh), every=True)
        return self.found

    def _follow_up(self) -> bool:
        """Try every order, for what is reached where tokens meet; return whether all was seen."""
        if not self.found.collisions:
            return True
        waiting = deque(self.found.before)
        most = FOLLOWING_UP // self.cost
        while waiting:
            state = waiting.popleft()
            for firing in self.tokens.firings(state & ~self.after_collision, every=True):
                most -= 1
                if most < 0 or not self.budget.spend(self.cost + self.tokens.effort()):
                    return False
                self._fire(state, firing, waiting)
        return True

    def _walk(self, waiting: deque[int], *, every: bool) -> None:
        while waiting and self.found.complete:
            state = waiting.popleft()
            moved = False
            for firing in self.tokens.firings(state, every=every):
                moved = True
                if not self.budget.spend(self.cost + self.tokens.effort()):
                    self.found.complete = False
                    return
                self._fire(state, firing, waiting)
            if not moved:
                self.ends.add(state)
                if state != ENDED:
                    self.found.deadlocks.append(state)

    def _fire(self, state: int, firing: Firing, waiting: deque[int]) -> None:
        kept = state & ~firing.taken
        following = kept | firing.given
        if kept & firing.given:
            following |= self.after_collision
            if state < self.after_collision:
                self.found.collisions.setdefault(firing.gate, (state, firing))
        self.found.fired.add(firing.gate)
        self.found.marked |= firing.given
        gate = self.tokens.places[firing.gate].gate
        if following & ~self.after_collision == ENDED and gate is not Gate.FAILURE:
            self.found.ends_normally = True
        if following not in self.found.before:
            self.found.before[following] = (state, firing)
            self.came_from[following] = []
            if following < self.after_collision or state >= self.after_collision:
                waiting.append(following)
        self.came_from[following].append(state)

    def _endless(self) -> list[int]:
        """Return the states from which neither an end nor a deadlock is reached."""
        ending = set(self.ends)
        waiting = list(ending)
        for state in waiting:
            fresh = [each for each in self.came_from[state] if each not in ending]
            ending.update(fresh)
            waiting += fresh
        return [state for state in self.found.before if state not in ending]


def explore(tokens: Tokens, budget: Budget) -> Exploration:
    """Explore the states of a net until all are known or the budget is used up."""
    return _Explorer(tokens, budget).explore()


def history(found: Exploration, state: int) -> Iterator[Firing]:
    """Yield what fired on the shortest way to a state, in order."""
    fired = []
    step = found.before[state]
    while step is not None:
        fired.append(step[1])
        step = found.before[step[0]]
    yield from reversed(fired)
