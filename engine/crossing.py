"""Where the cases of a migration stand, and where they go: for a person to look at and to change."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from engine.definitions.cache import Bundle
from engine.executor import Executor
from engine.runtime.moving.places import Place, places
from engine.runtime.moving.propose import Pair, propose
from engine.store import moving
from engine.store.database import reading

_NO_REST: Final = frozenset(
    {"startEvent", "endEvent", "exclusiveGateway", "intermediateThrowEvent", "scriptTask"}
)


@dataclass(frozen=True, slots=True)
class Way:
    """An element of the old version, and where the cases there go.

    Attributes:
        kind: What kind of element it is, in words.
        standing: How many cases are there now.
        new: The element of the new version, "" for none; `why` it is that one.
        choices: Elements of the new version that it could be: id and name.
    """

    old: str
    name: str
    kind: str
    process_key: str
    standing: int
    new: str
    new_name: str
    why: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The ways of a migration, and what to mark on the diagrams of both versions.

    Attributes:
        ways: Of elements where cases stand, and of those that lead nowhere.
        old_states, new_states: Process key to element to how the viewer marks it.
    """

    ways: tuple[Way, ...]
    old_states: Mapping[str, Mapping[str, str]]
    new_states: Mapping[str, Mapping[str, str]]


def crossing(executor: Executor, migration_id: UUID) -> Crossing:
    """Return where the cases of a migration stand, and where they go.

    Raises:
        moving.NoSuchMigration: there is none.
    """
    with reading(executor.engine) as connection:
        planned = moving.migration(connection, migration_id)
        rows = moving.standing(connection, migration_id)
    standing: dict[str, Counter[str]] = {}
    for row in rows:
        counter = standing.setdefault(row.bundle_id, Counter())
        for entry in row.marking.values():
            counter.update(dict.fromkeys(entry["active"], 1))
    new = executor.bundles.get(planned.to_bundle)
    return _crossing(planned, standing, new, executor)


def _crossing(
    planned: Any,  # noqa: ANN401 (a row of `migrations`)
    standing: Mapping[str, Counter[str]],
    new: Bundle,
    executor: Executor,
) -> Crossing:
    ways: dict[str, Way] = {}
    there = places(new)
    old_states: dict[str, dict[str, str]] = {}
    reached: set[str] = set()
    for bundle_id, counts in standing.items():
        old = executor.bundles.get(bundle_id)
        pairs, here = propose(old, new, planned.by_hand), places(old)
        reached |= {pair.new for pair in pairs.values()}
        for pair in pairs.values():
            place, count = here[pair.old], counts[pair.old]
            state = _state(pair, count)
            if state:
                key = place.element.process_key
                old_states.setdefault(key, {})[pair.old] = state
            if count or (not pair.new and place.element.type not in _NO_REST):
                before = ways[pair.old].standing if pair.old in ways else 0
                ways[pair.old] = _way(pair, place, there, before + count)
    ordered = sorted(ways.values(), key=lambda each: (bool(each.new), -each.standing, each.name))
    return Crossing(tuple(ordered), old_states, _new_states(there, reached, ways))


def _state(pair: Pair, standing: int) -> str:
    if not pair.new:
        return "removed"
    if pair.new != pair.old:
        return "changed"
    return "now" if standing else ""


def _new_states(
    there: Mapping[str, Place], reached: set[str], ways: Mapping[str, Way]
) -> dict[str, dict[str, str]]:
    targets = {way.new: way for way in ways.values() if way.new}
    found: dict[str, dict[str, str]] = {}
    for name, place in there.items():
        way = targets.get(name)
        state = "" if name in reached else "added"
        if way is not None:
            state = "now" if way.old == way.new else "changed"
        if state:
            found.setdefault(place.element.process_key, {})[name] = state
    return found


def _way(pair: Pair, place: Place, there: Mapping[str, Place], standing: int) -> Way:
    target = there.get(pair.new)
    return Way(
        old=pair.old,
        name=place.element.name,
        kind=place.kind,
        process_key=place.element.process_key,
        standing=standing,
        new=pair.new,
        new_name=target.element.name if target else "",
        why=pair.why,
        choices=tuple(sorted(_choices(place, there), key=lambda each: each[1])),
    )


def _choices(place: Place, there: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    for name, other in there.items():
        if other.kind == place.kind:
            yield name, other.element.name
