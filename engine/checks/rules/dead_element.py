"""Find steps that no case ever gets to."""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault, Finding


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each element that is never reached, the first of those that follow one another.

    Source: van der Aalst et al. (2011), no dead transitions.
    """
    for finding in analysis.analyse(diagram):
        if finding.fault is Fault.DEAD_ELEMENT:
            yield Problem(
                rule="dead_element",
                severity=Severity.ERROR,
                element=finding.element,
                line=finding.line,
                message=_message(finding),
                mend=(
                    "Draw a sequence flow to it from a step that is reached, see to it that what "
                    "it catches is thrown, or remove it."
                ),
            )


def _message(finding: Finding) -> str:
    if not finding.following:
        return f"No case ever gets to “{finding.name}”."
    elements = "the element" if finding.following == 1 else f"the {finding.following} elements"
    return f"No case ever gets to “{finding.name}”, nor to {elements} behind it."
