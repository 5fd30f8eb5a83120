"""Check a diagram or decision table: does it read, and would it run as it is drawn?"""

import re
from dataclasses import dataclass
from typing import Final

from engine import errors
from engine.definitions import decisions, parser, xml
from engine.definitions.expressions import Scope, ValueType
from workflows.context import SIGNATURES

FREE: Final = Scope(dict.fromkeys(("role", "area", "phase", "setting"), ValueType.ANY), SIGNATURES)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a file from being published. `element` may be ""."""

    rule: str
    severity: str
    element: str
    line: int
    message: str


def check(data: bytes, name: str) -> tuple[Problem, ...]:
    """Return the problems of a file; none when it can be published."""
    try:
        root = xml.parse(data, name=name)
        if xml.kind_of(root) == "dmn":
            decisions.parse_decisions(root, FREE)
            return ()
        process = parser.process_of(root, name)
        scope = parser.scope_of([process], SIGNATURES)
        elements = parser.read_elements(root, scope, name)
        list(parser.conditions([process], scope))
        if not parser.called_keys(process)[0]:
            parser.parse_specs({process.get("id", ""): root}, elements, process.get("id", ""))
    except errors.Invalid as refusal:
        return tuple(_problems(refusal))
    return ()


def as_json(problem: Problem) -> dict[str, str | int]:
    """Return a problem as the API and the command line show it."""
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "element": problem.element,
        "line": problem.line,
        "message": problem.message,
        "help": f"docs/diagrams.md#{problem.rule}",
    }


def _problems(refusal: errors.Invalid) -> list[Problem]:
    rule = re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()
    found = refusal.errors or {"": (refusal.message,)}
    return [
        Problem(rule, "error", element, _line(text, refusal.message), text)
        for element, texts in found.items()
        for text in texts
    ]


def _line(*texts: str) -> int:
    for text in texts:
        if found := _LINE.search(text.lower()):
            return int(found[1])
    return 0
