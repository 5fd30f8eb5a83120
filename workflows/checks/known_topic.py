"""Every service task calls a topic that is offered here, and gives it what it needs."""

from collections.abc import Iterator, Mapping
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import C

# Each with the properties that it cannot do without.
TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "issue_notice": ("notice",),
    "check_previous_assessment": (),
    "select_advisers": (),
    "select_settings": (),
    "select_funders": (),
    "collect_costs": (),
    "remind": (),
    "chase": (),
    "escalate": (),
    "schedule_review": (),
}


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each service task whose topic nobody performs, or which lacks a property."""
    for node in reading.flow_nodes(diagram):
        topic = node.get(f"{C}topic")
        if reading.tag(node) != "serviceTask" or not topic:
            continue
        if topic not in TOPICS:
            yield reading.error(
                __name__,
                node,
                f"“{reading.title(node)}” calls “{topic}”, which nothing here performs.",
                f"Choose one of {', '.join(TOPICS)}.",
            )
        given = reading.properties(node)
        for name in TOPICS.get(topic, ()):
            if not given.get(name, "").strip():
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}” calls “{topic}” without its property “{name}”.",
                    f"Add the property {name}.",
                )
