"""Every gateway that chooses finds a way, whatever the answers are."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.checks import expressions, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem
from engine.checks.reading import B
from engine.definitions.expressions import Scope, ValueType, strip_wrapper

_CHOOSING: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})
_NAME = r"([A-Za-z_]\w*)"
_EQUALS: Final = re.compile(rf"""^{_NAME}\s*==\s*(?:"([^"]*)"|'([^']*)'|(true|false))$""")
_DIFFERS: Final = re.compile(rf"""^{_NAME}\s*!=\s*(?:"([^"]*)"|'([^']*)'|(true|false))$""")
_AMONG: Final = re.compile(rf"^{_NAME}\s+in\s+\[([^\]]*)\]$")
_SWITCH: Final = re.compile(rf"^(!?)\s*{_NAME}$")
_LITERAL: Final = re.compile(r"""["']([^"']*)["']""")


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield gateways that may find no way, and flows that leave it open whether they are taken."""
    scope = expressions.scope(diagram)
    leaving = reading.outgoing(diagram)
    for gateway in reading.flow_nodes(diagram):
        if reading.tag(gateway) not in _CHOOSING:
            continue
        chosen = [
            each
            for each in leaving.get(gateway.get("id", ""), ())
            if not _is_default(gateway, each)
        ]
        has_default = len(chosen) < len(leaving.get(gateway.get("id", ""), ()))
        texts = [_condition(each) for each in chosen]
        if not has_default and len(chosen) == 1 and not texts[0]:
            continue  # it joins, and chooses nothing
        for flow, text in zip(chosen, texts, strict=True):
            if not text:
                yield _unconditional(gateway, flow)
        if not has_default and all(texts):
            missing = _missing(texts, scope)
            if missing is None or missing:
                yield _incomplete(gateway, missing)


def _is_default(gateway: etree._Element, flow: etree._Element) -> bool:
    return bool(flow.get("id")) and gateway.get("default") == flow.get("id")


def _condition(flow: etree._Element) -> str:
    return strip_wrapper(flow.findtext(f"{B}conditionExpression") or "")


def _unconditional(gateway: etree._Element, flow: etree._Element) -> Problem:
    return reading.error(
        __name__,
        flow,
        f"The flow “{reading.title(flow)}” out of “{reading.title(gateway)}” has no condition and is "
        "not the default flow.",
        "Give it a condition, or make it the default flow of the gateway.",
    )


def _incomplete(gateway: etree._Element, missing: frozenset[str] | None) -> Problem:
    what = f": none is open for {', '.join(sorted(missing))}" if missing else ""
    return reading.error(
        __name__,
        gateway,
        f"“{reading.title(gateway)}” may find no way open{what}. A case would stop with a fault.",
        "Make one of its flows the default flow.",
    )


def _missing(conditions: list[str], scope: Scope) -> frozenset[str] | None:
    """Return the values of the one choice for which no way is open; None where nobody can tell."""
    parts = [part.strip() for each in conditions for part in each.split("||")]
    if "true" in parts:
        return frozenset()
    names = {name for part in parts if (name := _name(part))}
    if len(names) != 1 or any(not _name(part) for part in parts):
        return None
    (name,) = names
    values = frozenset(scope.enumerations.get(name, ()))
    if scope.variables.get(name) == ValueType.BOOLEAN:
        values = frozenset({"true", "false"})
    if not values:
        return None
    return values.difference(*(_covered(part, values) for part in parts))


def _name(part: str) -> str:
    for pattern in (_EQUALS, _DIFFERS, _AMONG):
        if found := pattern.match(part):
            return found[1]
    switch = _SWITCH.match(part)
    return switch[2] if switch else ""


def _covered(part: str, values: frozenset[str]) -> frozenset[str]:
    if found := _EQUALS.match(part):
        return frozenset({next(filter(None, found.groups()[1:]), "")})
    if found := _DIFFERS.match(part):
        return values - {next(filter(None, found.groups()[1:]), "")}
    if found := _AMONG.match(part):
        return frozenset(_LITERAL.findall(found[2]))
    return frozenset({"false" if part.startswith("!") else "true"})
