"""Where the ways through a process lead, and whether some way to an end keeps clear of some places.

Each place is looked at once for each thing that is known there, so the time is linear in the size of
the diagram. A way keeps clear only if all that runs beside it does: at a parallel gateway every branch
must keep clear, at an exclusive one any. It is the attractor of a game on an and-or graph.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workflows.lawful import conditions
from workflows.lawful.conditions import Known, Unknown, Value
from workflows.lawful.flow import Edge, Graph, Place

STATES_LIMIT: Final = 20_000  # beyond it, what is known of variables is forgotten

State = tuple[int, tuple[tuple[str, Value], ...]]
Stops = Callable[[int, Known], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """A way through places. `flows`: how each place but the first was reached, "" if undrawn."""

    places: tuple[int, ...]
    flows: tuple[str, ...]

    def ids(self, graph: Graph) -> tuple[str, ...]:
        """Return the ids of the elements and flows that it passes, in order."""
        found: list[str] = []
        for place, flow in zip(self.places, ("", *self.flows), strict=True):
            step = graph.places[place].step
            found += [each for each in (flow, step.id if step else "") if each]
        return tuple(
            one for number, one in enumerate(found) if not number or found[number - 1] != one
        )

    def __add__(self, other: "Way") -> "Way":
        """Return this way and, from its last place on, another."""
        return Way(self.places + other.places[1:], self.flows + other.flows)


def reached(
    graph: Graph, sources: Iterable[int], *, stops: Stops | None = None
) -> dict[int, tuple[int, str] | None]:
    """Return every place that can be reached, with whence; places where it stops are not left."""
    found: dict[int, tuple[int, str] | None] = dict.fromkeys(sources)
    waiting = deque(found)
    while waiting:
        place = waiting.popleft()
        if stops and stops(place, {}):
            continue
        for edge in graph.places[place].edges:
            if edge.target not in found:
                found[edge.target] = (place, edge.flow)
                waiting.append(edge.target)
    return found


def reached_clear(graph: Graph, stops: Stops) -> dict[int, tuple[int, str] | None]:
    """Return every place that a case can reach without having passed one where it stops.

    A parallel gateway that joins is passed once all that come in have come.
    """
    wanted: dict[int, int] = defaultdict(int)
    for each in graph.places:
        for edge in each.edges:
            wanted[edge.target] += 1
    come: dict[int, int] = defaultdict(int)
    found: dict[int, tuple[int, str] | None] = {graph.start: None}
    waiting = deque(found)
    while waiting:
        place = waiting.popleft()
        if stops(place, {}):
            continue
        for edge in graph.places[place].edges:
            come[edge.target] += 1
            joins = graph.places[edge.target].joins
            if edge.target not in found and (not joins or come[edge.target] == wanted[edge.target]):
                found[edge.target] = (place, edge.flow)
                waiting.append(edge.target)
    return found


def way_to(place: int, found: Mapping[int, tuple[int, str] | None]) -> Way:
    """Return the way by which a place was reached."""
    places, flows = [place], []
    while (before := found[places[-1]]) is not None:
        places.append(before[0])
        flows.append(before[1])
    return Way(tuple(reversed(places)), tuple(reversed(flows)))


def clear_way(graph: Graph, source: int, known: Known, stops: Stops) -> Way | None:
    """Return a way from a place to an end that keeps clear of where it stops; None if all do stop.

    Args:
        graph: The ways.
        source: Where it begins; its own facts are taken as recorded.
        known: What is known of variables there.
        stops: Tells of a place, and what is known there, whether it stops.
    """
    first = (source, _frozen(known))
    moves = _explored(graph, first, stops)
    rank = _ranked(graph, moves)
    if first not in rank:
        return None
    places, flows, state = [source], [], first
    while state[0] not in graph.ends:
        must, may = moves[state]
        edge, state = min(
            ((edge, to) for edge, to in must or may if to in rank), key=lambda each: rank[each[1]]
        )
        places.append(state[0])
        flows.append(edge.flow)
    return Way(tuple(places), tuple(flows))


_Move = tuple[Edge, State]


def _explored(
    graph: Graph, first: State, stops: Stops
) -> dict[State, tuple[list[_Move], list[_Move]]]:
    """Return each state with the moves that all happen, and those of which one may."""
    moves: dict[State, tuple[list[_Move], list[_Move]]] = {}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        if state in moves:
            continue
        place, known = state[0], dict(state[1])
        if state is not first and stops(place, known):
            moves[state] = ([], [])
            continue
        if state is not first:
            known = _forgotten(graph.places[place], known)
        then = () if len(moves) > STATES_LIMIT else _frozen(_after(graph.places[place], known))
        must, may = _open(graph.places[place], dict(then))
        moves[state] = ([(e, (e.target, then)) for e in must], [(e, (e.target, then)) for e in may])
        waiting += [to for _, to in (*moves[state][0], *moves[state][1])]
    return moves


def _ranked(
    graph: Graph, moves: Mapping[State, tuple[list[_Move], list[_Move]]]
) -> dict[State, int]:
    """Return the states from which a clear way leads to an end, with how far that is."""
    needed, leads_from = {}, defaultdict(list)
    for state, (must, may) in moves.items():
        needed[state] = len({to for _, to in must}) if must else 1
        for to in {to for _, to in must or may}:
            leads_from[to].append(state)
    rank = {state: 0 for state in moves if state[0] in graph.ends}
    waiting = deque(rank)
    while waiting:
        state = waiting.popleft()
        for before in leads_from[state]:
            needed[before] -= 1
            if not needed[before] and before not in rank:
                rank[before] = rank[state] + 1
                waiting.append(before)
    return rank


def _after(place: Place, known: dict[str, Value]) -> dict[str, Value]:
    """Return what is known once the script of a step ran."""
    found = dict(known)
    for name, expression in place.script:
        value = conditions.value_of(expression, found)
        if isinstance(value, Unknown):
            found.pop(name, None)
        else:
            found[name] = value
    return found


def _forgotten(place: Place, known: dict[str, Value]) -> dict[str, Value]:
    """Return what is known once the form of a step was answered anew."""
    asked = place.step.fields if place.done and place.step else ()
    return {name: value for name, value in known.items() if name not in asked}


def _open(place: Place, known: Known) -> tuple[list[Edge], list[Edge]]:
    """Return the ways on that are all taken, and those of which one may be."""
    edges = [edge for edge in place.edges if not edge.aside]
    if not place.done or place.mode == "all":
        return (edges, []) if place.mode == "all" and place.done else ([], edges)
    certain, possible, default = [], [], []
    for edge in edges:
        truth = True if edge.condition is None else conditions.value_of(edge.condition, known)
        if edge.is_default:
            default.append(edge)
        elif truth is True and (edge.condition is not None or place.mode == "some"):
            certain.append(edge)
        elif truth is not False:
            possible.append(edge)
    if place.mode == "some":
        return certain, [] if certain else [*possible, *default]
    return [], _first(edges, certain, possible, default)


def _first(
    edges: list[Edge], certain: list[Edge], possible: list[Edge], default: list[Edge]
) -> list[Edge]:
    """Return what an exclusive gateway may take: in the order drawn, up to one that must hold."""
    if not certain:
        return [*possible, *default]
    last = edges.index(certain[0])
    return [edge for edge in possible if edges.index(edge) < last] + certain[:1]


def _frozen(known: Known) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(known.items()))
