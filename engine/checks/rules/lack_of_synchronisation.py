"""Find where ways that run at the same time meet without waiting for each other."""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each element after which two tokens may follow each other on one flow.

    Source: van der Aalst et al. (2011), safeness and proper completion.
    """
    for finding in analysis.analyse(diagram):
        if finding.fault is Fault.LACK_OF_SYNCHRONISATION:
            yield Problem(
                rule="lack_of_synchronisation",
                severity=Severity.ERROR,
                element=finding.element,
                line=finding.line,
                message=(
                    f"What follows “{finding.name}” can be done twice: two ways that run at the "
                    "same time meet there, and neither waits for the other."
                ),
                mend=(
                    "Join the ways with a parallel gateway, or with an inclusive one where not all "
                    "are always taken. Let the branch of a boundary event that does not interrupt "
                    "end by itself."
                ),
                path=finding.path,
            )
