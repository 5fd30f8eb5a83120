"""Find processes whose states are too many to be explored entirely."""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis, exploration
from engine.checks.soundness.findings import Fault


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each process and subprocess of which only a part was looked at."""
    for finding in analysis.analyse(diagram):
        if finding.fault is Fault.TOO_LARGE:
            yield Problem(
                rule="too_large_to_explore",
                severity=Severity.WARNING,
                element=finding.element,
                line=finding.line,
                message=(
                    f"“{finding.name}” is too large to be explored entirely: after "
                    f"{exploration.BUDGET:,} steps there were further states. Deadlocks, work done "
                    "twice and steps never reached may have been missed."
                ),
                mend="Put what belongs together into a subprocess or a called process.",
            )
