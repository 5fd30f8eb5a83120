"""In which order gates follow one another: what lies on a loop together, upstream first."""

from collections.abc import Iterator

from engine.checks.soundness.net import Gate, Net

_LAST = frozenset({Gate.FINAL, Gate.FAILURE})


def loops(net: Net) -> list[list[int]]:
    """Return the gates in groups, upstream first; gates on one loop are one group.

    Gates that end everything come last: what else is under way goes first, and loses nothing by it.
    Source: Tarjan (1972), Depth-first search and linear graph algorithms, without recursion.
    """
    groups = list(_components(net))[::-1]
    return sorted(groups, key=lambda group: net.vertices[group[0]].gate in _LAST)


def _components(net: Net) -> Iterator[list[int]]:
    found: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []
    done: set[int] = set()
    start = net.edges[net.initial].target
    calls = [(start, _following(net, start))]
    found[start] = low[start] = 0
    path.append(start)
    while calls:
        number, following = calls[-1]
        for nearby in following:
            if nearby not in found:
                found[nearby] = low[nearby] = len(found)
                path.append(nearby)
                calls.append((nearby, _following(net, nearby)))
                break
            if nearby not in done:
                low[number] = min(low[number], found[nearby])
        else:
            calls.pop()
            if calls:
                low[calls[-1][0]] = min(low[calls[-1][0]], low[number])
            if low[number] == found[number]:
                component = [path.pop()]
                while component[-1] != number:
                    component.append(path.pop())
                done.update(component)
                yield component


def _following(net: Net, number: int) -> Iterator[int]:
    return iter([net.edges[edge].target for edge in net.vertices[number].outs])
