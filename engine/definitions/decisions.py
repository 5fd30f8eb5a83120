"""Decision tables of DMN 1.3, with cells in CEL.

Source: DMN 1.3, section 8 (decision tables), section 7.3.3 (unary tests).
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from engine import errors
from engine.changes import JsonValue
from engine.definitions import expressions, xml

RULE_LIMIT: Final = 2_000
INPUT: Final = "input_value"  # the name of an input expression's value inside a cell
_COMPARED = re.compile(r"^(<=|>=|<|>)\s*(.+)$", re.DOTALL)
_RANGE = re.compile(r"^([\[\]\(])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\]\)])$", re.DOTALL)
_LITERALS = re.compile(
    r"""^\s*("[^"]*"|-?\d+(\.\d+)?|true|false)(\s*,\s*("[^"]*"|-?\d+(\.\d+)?|true|false))*\s*$"""
)


class HitPolicy(StrEnum):
    """How many rules may match, and what then."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"


class MalformedDecision(errors.Invalid):
    """The decision table cannot be understood."""


class AmbiguousDecision(errors.Invalid):
    """More rules match than the hit policy allows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test for each input (None: any), a value for each output."""

    number: int
    tests: tuple[expressions.Expression | None, ...]
    values: tuple[expressions.Expression | None, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision by table."""

    key: str
    name: str
    hit_policy: HitPolicy
    inputs: tuple[expressions.Expression, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]


def parse_decisions(root: etree._Element, scope: expressions.Scope) -> tuple[DecisionTable, ...]:
    """Parse the decision tables of a DMN document.

    Args:
        root: What `xml.parse` returned.
        scope: What input and output expressions may name.

    Raises:
        MalformedDecision: naming the table, the rule and the column.
    """
    found = root.findall(f"{{{xml.DMN}}}decision")
    if not found:
        raise MalformedDecision("The file has no decision. Draw one with a decision table.")
    return tuple(_parse(each, scope) for each in found)


def faults(
    decision: etree._Element, scope: expressions.Scope
) -> Iterator[tuple[etree._Element, MalformedDecision]]:
    """Yield all that is wrong with a decision: the part that it is about, and the refusal."""
    table = decision.find(f"{{{xml.DMN}}}decisionTable")
    rows = [] if table is None else table.findall(f"{{{xml.DMN}}}rule")[:RULE_LIMIT]
    name = decision.get("name") or decision.get("id", "")
    wrong = False
    for number, row in enumerate(rows, start=1):
        try:
            _rule(number, row, name, scope)
        except MalformedDecision as refusal:
            wrong = True
            yield row, refusal
    try:
        _parse(decision, scope)
    except MalformedDecision as refusal:
        if not wrong:
            yield decision, refusal


def evaluate(
    table: DecisionTable, values: Mapping[str, JsonValue], functions: expressions.Functions
) -> JsonValue:
    """Decide.

    Returns:
        The output (a map of outputs where there are several), None when no rule matches, or a
        list of them for COLLECT and RULE ORDER.

    Raises:
        AmbiguousDecision: several rules match where one may.
        expressions.ExpressionFailed: a cell has no value.
    """
    given = [_stored(each.evaluate(values, functions)) for each in table.inputs]
    matching = [rule for rule in table.rules if _matches(rule, given, functions)]
    if table.hit_policy in {HitPolicy.COLLECT, HitPolicy.RULE_ORDER}:
        return [_outcome(table, rule, values, functions) for rule in matching]
    if not matching:
        return None
    if table.hit_policy == HitPolicy.UNIQUE and len(matching) > 1:
        numbers = ", ".join(str(rule.number) for rule in matching)
        raise AmbiguousDecision(
            f"Decision “{table.name}”: rules {numbers} all match, but only one may (UNIQUE)."
        )
    outcomes = [_outcome(table, rule, values, functions) for rule in matching]
    if table.hit_policy == HitPolicy.ANY and any(each != outcomes[0] for each in outcomes):
        raise AmbiguousDecision(f"Decision “{table.name}”: matching rules disagree (ANY).")
    return outcomes[0]


def _parse(decision: etree._Element, scope: expressions.Scope) -> DecisionTable:
    key, name = decision.get("id", ""), decision.get("name") or decision.get("id", "")
    table = decision.find(f"{{{xml.DMN}}}decisionTable")
    if table is None:
        raise MalformedDecision(f"Decision “{name}” has no decision table.")
    try:
        policy = HitPolicy(table.get("hitPolicy", "UNIQUE"))
    except ValueError as error:
        raise MalformedDecision(
            f"Decision “{name}”: hit policy {table.get('hitPolicy')} is not run here; "
            f"use one of {', '.join(HitPolicy)}."
        ) from error
    if table.get("aggregation"):
        raise MalformedDecision(f"Decision “{name}”: COLLECT with an aggregation is not run here.")
    inputs = table.findall(f"{{{xml.DMN}}}input")
    outputs = table.findall(f"{{{xml.DMN}}}output")
    rows = table.findall(f"{{{xml.DMN}}}rule")
    if len(rows) > RULE_LIMIT:
        raise MalformedDecision(f"Decision “{name}” has more than {RULE_LIMIT} rules.")
    names = tuple(each.get("name") or "result" for each in outputs)
    if not names or len(set(names)) < len(names):
        raise MalformedDecision(f"Decision “{name}”: name each output, by a name of its own.")
    return DecisionTable(
        key=key,
        name=name,
        hit_policy=policy,
        inputs=tuple(
            _compile(
                _text(each.find(f"{{{xml.DMN}}}inputExpression")), scope, name, each.sourceline
            )
            for each in inputs
        ),
        outputs=names,
        rules=tuple(
            _whole(_rule(number, row, name, scope), name, len(inputs), len(names))
            for number, row in enumerate(rows, start=1)
        ),
    )


def _rule(number: int, row: etree._Element, name: str, scope: expressions.Scope) -> Rule:
    cell_scope = expressions.Scope({INPUT: expressions.ValueType.ANY})
    where = f"{name}, rule {number}"
    tests = []
    for cell in row.findall(f"{{{xml.DMN}}}inputEntry"):
        test = _unary(_text(cell))
        tests.append(_compile(test, cell_scope, where, cell.sourceline) if test else None)
    values = []
    for cell in row.findall(f"{{{xml.DMN}}}outputEntry"):
        text = _text(cell)
        values.append(_compile(text, scope, where, cell.sourceline) if text else None)
    return Rule(number, tuple(tests), tuple(values))


def _whole(rule: Rule, name: str, inputs: int, outputs: int) -> Rule:
    """Refuse a row with a cell too many or too few."""
    tests, values = len(rule.tests), len(rule.values)
    if (tests, values) != (inputs, outputs):
        raise MalformedDecision(
            f"Decision “{name}, rule {rule.number}”: there are {tests} tests and {values} values; "
            f"the table has {inputs} inputs and {outputs} outputs."
        )
    return rule


def _text(element: etree._Element | None) -> str:
    found = element.find(f"{{{xml.DMN}}}text") if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def _unary(cell: str) -> str:  # noqa: PLR0911 (one answer a form of test)
    """Translate a unary test, as dmn-js writes it, into CEL; what is not set lies in no range."""
    if cell in {"", "-"}:
        return ""
    if cell.startswith("not(") and cell.endswith(")"):
        return f"!({_unary(cell[4:-1].strip())})"
    if _LITERALS.match(cell):
        return f"{INPUT} in [{cell}]"
    if compared := _COMPARED.match(cell):
        return f"{INPUT} != null && {INPUT} {compared[1]} ({compared[2]})"
    if ranged := _RANGE.match(cell):
        low = ">=" if ranged[1] == "[" else ">"
        high = "<=" if ranged[4] == "]" else "<"
        within = f"{INPUT} {low} ({ranged[2]}) && {INPUT} {high} ({ranged[3]})"
        return f"{INPUT} != null && {within}"
    return cell


def _compile(
    text: str, scope: expressions.Scope, where: str, line: int | None
) -> expressions.Expression:
    try:
        return expressions.compile_expression(text, scope)
    except expressions.BadExpression as error:
        raise MalformedDecision(f"Decision “{where}” (line {line}): {error.message}") from error


def _stored(value: Any) -> JsonValue:  # noqa: ANN401 (what an expression gave)
    """Return a value as it is stored: a date as its ISO text."""
    stored: JsonValue = value.isoformat() if isinstance(value, dt.date) else value
    return stored


def _matches(rule: Rule, given: list[JsonValue], functions: expressions.Functions) -> bool:
    return all(
        test is None or test.evaluate({INPUT: value}, functions) is True
        for test, value in zip(rule.tests, given, strict=True)
    )


def _outcome(
    table: DecisionTable,
    rule: Rule,
    values: Mapping[str, JsonValue],
    functions: expressions.Functions,
) -> JsonValue:
    results = {
        name: _stored(cell.evaluate(values, functions)) if cell else None
        for name, cell in zip(table.outputs, rule.values, strict=True)
    }
    return next(iter(results.values())) if len(results) == 1 else results
