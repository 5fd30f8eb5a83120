"""Each time limit that the authority must keep has a timer that reminds of it before it ends.

Source: the rulebook; product rule that no limit passes unseen.
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import owed, told, watched
from workflows.lawful.owed import Studied, Ways
from workflows.rulebook.model import Duty


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the limits before which nothing reminds anybody."""
    studied = owed.study(diagram)
    for ways in studied.ways:
        for duty, reminded, _ in watched.unwatched(studied, ways):
            if not reminded:
                yield _problem(studied, ways, duty)


def _problem(studied: Studied, ways: Ways, duty: Duty) -> Problem:
    element, line = watched.where_due(studied, ways, duty)
    due = f"due_for('{duty.code}', …)" if duty.per_qualifier else f"due('{duty.code}')"
    return Problem(
        "limit_has_reminder",
        Severity.ERROR,
        element,
        line,
        f"The limit of {told.duties([duty])} in “{ways.name}” can pass unseen: nothing reminds "
        "anybody before it ends.",
        "Add a timer on the task, or an event subprocess, with a date such as "
        f"${{before({due}, 'P1W')}}, that does not interrupt and leads to a task of the topic "
        "“remind” or “chase”.",
    )
