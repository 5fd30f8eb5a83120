"""Find loops that a case cannot leave."""

from collections.abc import Iterator
from typing import Final

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault

_SEVERITIES: Final = {False: Severity.ERROR, True: Severity.WARNING}
_MESSAGES: Final = {
    False: "From “{name}” no case can get to an end: it goes round for ever.",
    True: "From “{name}” a case goes round until an event subprocess ends it: no way leads to an end.",
}


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the loops that no way leads out of.

    It is a warning where an event subprocess may still end the process: a withdrawal is an exception, and not
    how a process is meant to end. Nothing is yielded where a boundary event ends the subprocess.

    Source: van der Aalst et al. (2011), option to complete.
    """
    for finding in analysis.analyse(diagram):
        if finding.fault is Fault.CANNOT_END:
            yield Problem(
                rule="cannot_end",
                severity=_SEVERITIES[finding.escapable],
                element=finding.element,
                line=finding.line,
                message=_MESSAGES[finding.escapable].format(name=finding.name),
                mend="Add an exclusive gateway to the loop, and from it a way that leads to an end event.",
                path=finding.path,
            )
