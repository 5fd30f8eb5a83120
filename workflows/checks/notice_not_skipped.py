"""No way passes by the notice that tells the family of its right of appeal.

Source: Children and Families Act 2014, section 51(2); SEND Regulations 2014, regulations 5(3), 10(2),
14, 20(7), 22(5), 31(2) and 32, on what the notice of each decision says.
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import notice, owed, told, ways as paths
from workflows.lawful.owed import Studied, Ways
from workflows.lawful.steps import Step

_MEND = (
    "Put a task of the topic “issue_notice” on the way, with a notice that has the right of appeal "
    "and “family” among its recipients."
)


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the decisions without such a notice, and the ways to an end that pass it by."""
    studied = owed.study(diagram)
    for ways in studied.ways:
        yield from _decisions_untold(studied, ways)
        yield from _ends_untold(studied, ways)


def _decisions_untold(studied: Studied, ways: Ways) -> Iterator[Problem]:
    """Yield the steps that record a decision and neither are nor always lead to its notice."""
    for number, way in notice.untold(ways):
        step = ways.graph.places[number].step
        if step is None or not studied.step(step.id):
            continue
        given = notice.appealable(ways.graph.places[number], ways.rulebook)
        yield Problem(
            "notice_not_skipped",
            Severity.ERROR,
            step.id,
            step.line,
            f"“{step.title}” records {told.facts(given, ways.rulebook)}, a decision that can be "
            f"appealed against, and {_why(step)}.",
            _MEND,
            way.ids(ways.graph),
        )


def _why(step: Step) -> str:
    sent = notice.sent_by(step)
    if step.topic == notice.TOPIC and not sent:
        return "sends no notice: its property “notice” is missing"
    if sent:
        return f"the notice “{sent}” does not tell the family of its right of appeal"
    return "on the way shown the family is never told of its right of appeal"


def _ends_untold(studied: Studied, ways: Ways) -> Iterator[Problem]:
    """Yield the ends after a decision that a case reaches without the notice."""
    clear = paths.reached_clear(ways.graph, notice.telling(ways))
    for number in sorted(clear):
        step = ways.graph.places[number].step
        if step is None or not ways.graph.places[number].done or not studied.step(step.id):
            continue
        if step.properties.get("outcome") in notice.APPEALABLE_ENDS:
            yield Problem(
                "notice_not_skipped",
                Severity.ERROR,
                step.id,
                step.line,
                f"A case can reach “{step.title}” without the notice that tells the family of the "
                "decision and of its right of appeal: the way shown passes it by.",
                _MEND,
                paths.way_to(number, clear).ids(ways.graph),
            )
