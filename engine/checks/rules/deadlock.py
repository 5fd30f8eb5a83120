"""Find joins at which a case may wait for ever."""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each join that waits for a token which cannot come.

    Source: BPMN 2.0.2, 13.4 (gateways); van der Aalst et al. (2011), option to complete.
    """
    for finding in analysis.analyse(diagram):
        if finding.fault is Fault.DEADLOCK:
            yield Problem(
                rule="deadlock",
                severity=Severity.ERROR,
                element=finding.element,
                line=finding.line,
                message=(
                    f"A case can wait for ever at “{finding.name}”: it goes on once every way in "
                    "has been taken, and on the path shown one of them never is."
                ),
                mend=(
                    "Join as you split: exclusive with exclusive, parallel with parallel. Where not "
                    "all ways are always taken, join with an inclusive gateway."
                ),
                path=finding.path,
            )
