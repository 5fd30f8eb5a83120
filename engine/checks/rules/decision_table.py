"""A decision table is one that the engine can decide by."""

import re
from collections.abc import Iterator
from typing import Final

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.definitions import decisions, parser, xml
from engine.definitions.expressions import Scope, ValueType

# What the table of teams decides by, beside the names of the processes that ask a table.
ROUTED_BY: Final = dict.fromkeys(("role", "area", "phase", "setting"), ValueType.ANY)
_LINE: Final = re.compile(r"line (\d+)")


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each cell, row and table that cannot be read. Source: DMN 1.3, section 8."""
    if xml.kind_of(diagram.root) != "dmn":
        return
    found = diagram.root.findall(f"{{{xml.DMN}}}decision")
    if not found:
        yield reading.error(
            __name__,
            diagram.root,
            "The file has no decision.",
            "Draw one with a decision table.",
        )
    for decision in found:
        for place, refusal in decisions.faults(decision, _scope(diagram)):
            line = _LINE.search(refusal.message)
            yield Problem(
                "decision_table",
                Severity.ERROR,
                place.get("id") or decision.get("id") or "",
                int(line[1]) if line else place.sourceline or 0,
                refusal.message,
            )


def _scope(diagram: Diagram) -> Scope:
    """Return the names that the processes know which ask this table."""
    files = calls.live(diagram)
    asking = calls.callers(calls.key_of(diagram.root), files)
    known = parser.names_of(calls.processes(asking, files), diagram.signatures)
    return Scope({**ROUTED_BY, **known.variables}, known.functions, known.enumerations)
