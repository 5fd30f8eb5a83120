"""The check of a diagram: the assessment with all that is live, and a process of 200 elements."""

from collections.abc import Iterator
from typing import Final

from bench.measure import Count, Figure, seconds
from engine.definitions import xml
from tests.support.diagrams import diagram, flows
from workflows import bootstrap, diagram_check

KEY: Final = "ehc_assessment"
MOST: Final = 2.0  # seconds, for the assessment
LARGE: Final = 200  # elements
MOST_LARGE: Final = 10.0  # seconds, for these


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Check both, each for the first time; the reference is reading the file alone."""
    del url
    files = bootstrap.delivered()
    others = {key: data for key, data in files.items() if key != KEY}
    for what, data, beside, most in (
        ("check of the assessment", files[KEY], others, MOST),
        (f"check of {LARGE} elements", _large(), {}, MOST_LARGE),
    ):
        ours = seconds(lambda data=data, beside=beside: diagram_check.check(data, name, beside))
        yield Figure(f"{what} ({name})", ours, seconds(lambda data=data: xml.parse(data)))
        yield Count(f"{what} ({name})", round(ours, 2), "s", most)


def _large() -> bytes:
    """Return a process with choices, ways back, forms and timers."""
    body, ids = '<startEvent id="asked" name="Asked"/>', ["asked"]
    for number in range(LARGE // 4):
        work, which, late, tell = (f"{each}_{number}" for each in ("work", "which", "late", "tell"))
        body += (
            f'<userTask id="{work}" name="Work" camunda:candidateGroups="health">'
            "<extensionElements><camunda:formData>"
            f'<camunda:formField id="answer_{number}" label="Answer" type="boolean"/>'
            "</camunda:formData></extensionElements></userTask>"
            f'<exclusiveGateway id="{which}" name="Enough?" default="{which}_no"/>'
            f'<sequenceFlow id="{which}_no" name="No" sourceRef="{which}" targetRef="{work}"/>'
            f'<boundaryEvent id="{late}" name="Late" attachedToRef="{work}" cancelActivity="false">'
            "<timerEventDefinition><timeDuration>P1W</timeDuration></timerEventDefinition>"
            f'</boundaryEvent><endEvent id="{tell}" name="Told"/>'
        ) + flows(late, tell)
        body += flows(ids[-1], work) if number == 0 else _on(ids[-1], work, number - 1)
        body += flows(work, which)
        ids.append(which)
    body += '<endEvent id="done" name="Done"/>' + _on(ids[-1], "done", LARGE // 4 - 1)
    return diagram(body)


def _on(source: str, target: str, number: int) -> str:
    return (
        f'<sequenceFlow id="{source}_yes" name="Yes" sourceRef="{source}" targetRef="{target}">'
        f"<conditionExpression>${{answer_{number}}}</conditionExpression></sequenceFlow>"
    )
