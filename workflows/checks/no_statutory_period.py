"""No diagram writes out a period that is a time limit of the law.

Source: the rulebook is the law as data; a written-out period would not follow a lawful exception, a
corrected date or a change of the law.
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import named, owed, periods, told, ways as paths
from workflows.lawful.owed import Studied, Ways
from workflows.lawful.periods import Written
from workflows.lawful.steps import Step
from workflows.rulebook.model import Duty


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the periods that stand for the limit of a duty which is owed there."""
    studied = owed.study(diagram)
    seen: set[tuple[str, str]] = set()
    for ways in studied.ways:
        for duty in ways.duties:
            for step, written in _in_place_of(studied, ways, duty):
                if (step.id, written.text) not in seen:
                    seen.add((step.id, written.text))
                    yield _problem(step, written, duty)


def _in_place_of(studied: Studied, ways: Ways, duty: Duty) -> Iterator[tuple[Step, Written]]:
    owing = _owing(ways, duty)
    for frame in studied.own.values():
        for step in frame.every_step():
            named_here = named.duties_in(step.properties.get("duty", ""), ways.rulebook)
            if duty.code in named_here or step.id in owing:
                for written in periods.written_in(step):
                    if written.equals(duty.limit):
                        yield step, written


def _owing(ways: Ways, duty: Duty) -> frozenset[str]:
    """Return the ids of the steps at which a duty can be open."""
    openings = [each.place for each in ways.openings(duty)]
    places = paths.reached(ways.graph, openings, stops=ways.stops(duty))
    steps = (ways.graph.places[each].step for each in places)
    return frozenset(step.id for step in steps if step)


def _problem(step: Step, written: Written, duty: Duty) -> Problem:
    qualified = "due_for('{}', …)" if duty.per_qualifier else "due('{}')"
    return Problem(
        "no_statutory_period",
        Severity.ERROR,
        step.id,
        step.line,
        f"“{step.title}” counts {written.text} itself, which is the time limit of "
        f"{told.duties([duty])}. It would not follow a lawful exception, a corrected date or a "
        f"change of {duty.source}.",
        f"Ask the rulebook: ${{{qualified.format(duty.code)}}}, with before(…) or after(…) around "
        "it for a reminder.",
    )
