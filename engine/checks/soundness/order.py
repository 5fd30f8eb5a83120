"""In which order gates follow one another: what lies on a loop together, upstream first."""

from collections.abc import Iterator

from engine.checks.soundness.net import Gate, Net

_LAST = frozenset({Gate.FINAL, Gate.FAILURE})


def loops(net: Net) -> list[list[int]]:
    """Return the gates in groups, upstream first; gates on one loop are one group, entered first to last.

    Gates that end everything come last, and as one group: what else is under way goes first and loses
    nothing by it, but which of them ends it is a choice.
    Source: Tarjan (1972), Depth-first search and linear graph algorithms, without recursion.
    """
    groups = list(_components(net))[::-1]
    last = [number for group in groups for number in group if net.vertices[number].gate in _LAST]
    return [*(group for group in groups if net.vertices[group[0]].gate not in _LAST), last]


def _components(net: Net) -> Iterator[list[int]]:
    start = net.edges[net.initial].target
    found = {start: 0}
    low = {start: 0}
    left: dict[int, int] = {}
    path, done = [start], set()
    calls = [(start, _following(net, start))]
    while calls:
        number, following = calls[-1]
        nearby = next((each for each in following if each not in done), None)
        if nearby is None:
            calls.pop()
            left[number] = len(left)
            if calls:
                low[calls[-1][0]] = min(low[calls[-1][0]], low[number])
            if low[number] == found[number]:
                component = [path.pop()]
                while component[-1] != number:
                    component.append(path.pop())
                component.sort(key=left.__getitem__, reverse=True)
                done.update(component)
                yield component
        elif nearby in found:
            low[number] = min(low[number], found[nearby])
        else:
            found[nearby] = low[nearby] = len(found)
            path.append(nearby)
            calls.append((nearby, _following(net, nearby)))


def _following(net: Net, number: int) -> Iterator[int]:
    return iter([net.edges[edge].target for edge in net.vertices[number].outs])
