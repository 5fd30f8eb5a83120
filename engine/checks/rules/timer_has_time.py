"""Every timer has one date, duration or cycle, which can be read."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B
from engine.definitions import expressions, periods


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each timer that would never fire, or fail when a case gets there. Source: ISO 8601."""
    for node in reading.flow_nodes(diagram):
        for definition in node.findall(f"{B}timerEventDefinition"):
            for message, mend in _faults(definition):
                text = f"Timer “{reading.title(node)}” {message}"
                yield reading.error(__name__, node, text, mend, at=definition)


def _faults(definition: etree._Element) -> Iterator[tuple[str, str]]:
    given = {
        kind: text
        for kind in ("timeDate", "timeDuration", "timeCycle")
        if (text := (definition.findtext(f"{B}{kind}") or "").strip())
    }
    if len(given) != 1:
        yield (
            "has no date, duration or cycle." if not given else "has more than one time.",
            "Give it one date, duration or cycle.",
        )
    for kind, text in given.items():
        parts = re.split(r"/(?![^{]*\})", text) if kind == "timeCycle" else [text]
        if any(expressions.is_wrapped(part) for part in parts):
            continue
        try:
            periods.refuse(kind, parts)
        except periods.BadPeriod as refusal:
            yield f"cannot be read: {refusal.message}", "Correct it, or ask for a date with ${…}."
