"""Every duty is met, or taken away by law, on every way to an end on which it is owed.

Source: the rulebook, `met_by` and `void_by` of each duty.
"""

from collections import defaultdict
from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import owed, told
from workflows.lawful.owed import Studied, Ways
from workflows.rulebook.model import Duty


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the duties that no step meets, and the ways on which a case ends while one is owed."""
    studied = owed.study(diagram)
    for ways in studied.ways:
        yield from _never_met(studied, ways)
        yield from _left_owed(studied, ways)


def _never_met(studied: Studied, ways: Ways) -> Iterator[Problem]:
    if ways.graph.unknown:
        return  # what is called may meet it; that it is not there is another rule's to say
    for duty in ways.duties:
        if ways.key in duty.met_in and not duty.right and not any(ways.places_with(*duty.met_by)):
            element, line = studied.place_of(ways.key)
            yield Problem(
                "duty_met",
                Severity.ERROR,
                element,
                line,
                f"No step of “{ways.name}” meets {told.duties([duty])}, which {duty.source} "
                "demands.",
                f"Let the step that does it record {told.facts(duty.met_by, ways.rulebook)}.",
            )


def _left_owed(studied: Studied, ways: Ways) -> Iterator[Problem]:
    """Yield a problem for each step at which a case leaves duties behind, with the first way there."""
    left: dict[str, list[tuple[Duty, tuple[str, ...]]]] = defaultdict(list)
    for duty in ways.duties:
        met = duty.right or ways.key not in duty.met_in or not any(ways.places_with(*duty.met_by))
        for _, way in () if met else ways.ways_left_owed(duty):
            path = way.ids(ways.graph)
            own = [each for each in path if studied.step(each)]
            if own and duty not in [each for each, _ in left[own[-1]]]:
                left[own[-1]].append((duty, path))
    for element, found in left.items():
        duties, mends = [duty for duty, _ in found], found[0][0].met_by
        yield Problem(
            "duty_met",
            Severity.ERROR,
            element,
            studied.place_of(element)[1],
            f"A case can end “{ways.name}” while it still owes {told.duties(duties)}: on the way "
            f"shown no step meets it, against {duties[0].source}.",
            "Lead every way through a step that records "
            f"{told.facts(mends, ways.rulebook)}, or through what takes the duty away.",
            found[0][1],
        )
