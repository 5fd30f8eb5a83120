"""Propose where the tokens of each element go in another version of the diagram."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.definitions.cache import Bundle
from engine.runtime.moving.places import Place, places

SAME_ID: Final = "The same step"
SAME_NAME: Final = "The same name"
SAME_PLACE: Final = "The same place between other steps"
BY_HAND: Final = "Chosen by hand"
OTHER_KIND: Final = "It is now of another kind"
GONE: Final = "It is not in the new version"
# One step of a person's work in the place of another is not the same step for that.
_BY_PEOPLE: Final = frozenset({"userTask", "manualTask", "task", "callActivity", "subProcess"})


@dataclass(frozen=True, slots=True)
class Pair:
    """An element of the old version, and the one that its tokens go to ("" for none), with why."""

    old: str
    new: str
    why: str


def propose(old: Bundle, new: Bundle, by_hand: Mapping[str, str] | None = None) -> dict[str, Pair]:
    """Return a pair for each element of the old version.

    1. What a person chose stands.
    2. An element goes to the one of the same id, if that is of the same kind and in the same scope.
    3. Else to the only one of the same kind, name and scope that nothing else goes to.
    4. Else to the only such one between the same neighbours.
    5. Else nowhere: an instance with a token there is not moved.

    Scopes (processes and subprocesses) are matched first, outer ones before inner ones.
    """
    return _Proposal(places(old), places(new), by_hand or {}).pairs()


class _Proposal:
    def __init__(
        self, old: Mapping[str, Place], new: Mapping[str, Place], by_hand: Mapping[str, str]
    ) -> None:
        self._old, self._new = old, new
        self._pairs = {
            each: Pair(each, target, BY_HAND) for each, target in by_hand.items() if each in old
        }

    def pairs(self) -> dict[str, Pair]:
        # Each match may be the scope, or the neighbour, by which the next is known.
        while (
            self._match(self._same_id, SAME_ID)
            or self._match(self._same_name, SAME_NAME)
            or self._match(self._same_place, SAME_PLACE)
        ):
            pass
        return {each: self._pairs.get(each) or self._lost(each) for each in self._old}

    def _match(self, find: Callable[[Place], str], why: str) -> bool:
        """Match what can be matched so; tell whether anything was."""
        before = len(self._pairs)
        for each in self._outer_first():
            if each not in self._pairs and (found := find(self._old[each])):
                self._pairs[each] = Pair(each, found, why)
        return len(self._pairs) > before

    def _outer_first(self) -> Iterator[str]:
        def depth(name: str) -> int:
            scope = self._old[name].scope
            return 1 + depth(scope) if scope in self._old and scope != name else 0

        yield from sorted(self._old, key=depth)

    def _same_id(self, place: Place) -> str:
        found = self._new.get(place.element.id)
        return place.element.id if found and self._fits(place, found) else ""

    def _same_name(self, place: Place) -> str:
        return self._only(
            place, lambda other: other.element.name == place.element.name != place.element.id
        )

    def _same_place(self, place: Place) -> str:
        before, after = self._to(place.before), self._to(place.after)
        if place.element.type in _BY_PEOPLE or not (before or after):
            return ""
        return self._only(place, lambda other: before == other.before and after == other.after)

    def _only(self, place: Place, alike: Callable[[Place], bool]) -> str:
        taken = {pair.new for pair in self._pairs.values()}
        found = [
            name
            for name, other in self._new.items()
            if name not in taken
            and name not in self._old
            and self._fits(place, other)
            and alike(other)
        ]
        return found[0] if len(found) == 1 else ""

    def _fits(self, place: Place, other: Place) -> bool:
        return place.kind == other.kind and other.scope in {
            place.scope,
            *self._to(frozenset({place.scope})),
        }

    def _to(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset(self._pairs[each].new if each in self._pairs else each for each in names)

    def _lost(self, name: str) -> Pair:
        return Pair(name, "", OTHER_KIND if name in self._new else GONE)
