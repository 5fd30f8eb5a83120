"""Every duty that the rulebook ties to a process is opened by one of its steps.

Source: the rulebook, `opens_on` and `opened_in` of each duty.
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import owed, told
from workflows.lawful.owed import Studied, Ways
from workflows.rulebook.model import Duty


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the duties that no step opens: their clock would never start."""
    studied = owed.study(diagram)
    for ways in studied.ways:
        if ways.graph.unknown:
            continue  # what is called may open it; that it is not there is another rule's to say
        for duty in ways.duties:
            if ways.key in duty.opened_in and not ways.openings(duty):
                yield _problem(studied, ways, duty)


def _problem(studied: Studied, ways: Ways, duty: Duty) -> Problem:
    element, line = studied.place_of(ways.graph.process.id)
    return Problem(
        "duty_opened",
        Severity.ERROR,
        element,
        line,
        f"No step of “{ways.name}” opens {told.duties([duty])}, so its time limit of "
        f"{duty.source} would never run.",
        f"Let the step where it happens record {told.facts(duty.opens_on, ways.rulebook)}.",
    )
