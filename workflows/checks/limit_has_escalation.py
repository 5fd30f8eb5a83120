"""Each time limit that the authority must keep has a timer that tells the manager once it has passed.

Source: the rulebook; product rule that no limit passes unseen.
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import owed, told, watched
from workflows.lawful.owed import Studied, Ways
from workflows.rulebook.model import Duty


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the limits of which nobody is told once they have passed."""
    studied = owed.study(diagram)
    for ways in studied.ways:
        for duty, _, escalated in watched.unwatched(studied, ways):
            if not escalated:
                yield _problem(studied, ways, duty)


def _problem(studied: Studied, ways: Ways, duty: Duty) -> Problem:
    element, line = watched.where_due(studied, ways, duty)
    due = f"due_for('{duty.code}', …)" if duty.per_qualifier else f"due('{duty.code}')"
    return Problem(
        "limit_has_escalation",
        Severity.ERROR,
        element,
        line,
        f"The limit of {told.duties([duty])} in “{ways.name}” can pass unseen: nobody is told once "
        "it has passed.",
        f"Add a timer on the task, or an event subprocess, with the date ${{after({due}, 'P1D')}}, "
        "that does not interrupt and leads to a task of the topic “escalate”.",
    )
