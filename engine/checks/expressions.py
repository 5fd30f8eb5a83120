"""Every expression of a file: where it stands, and what it may name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.reading import B, C
from engine.definitions import declarations, expressions, parser
from engine.definitions.expressions import Scope, ValueType

_WITHIN: Final = re.compile(r"\$\{[^}]*\}")
_CALL: Final = re.compile(r"\b(\w+)\s*\(")
_FIRST: Final = re.compile(r"""\b(\w+)\s*\(\s*(?:"([^"]*)"|'([^']*)')""")
_LAST: Final = re.compile(r""",\s*(?:"([^"]*)"|'([^']*)')\s*\)$""")
_CONDITIONS: Final = (f"{B}conditionExpression", f"{B}completionCondition")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression.

    Attributes:
        element: The element of the canvas that it belongs to.
        place: The part of it that it stands in.
        text: The expression, without what is around it.
        expects: The type that its value must have.
        has_functions: It may call functions; what shows a question may not.
    """

    element: etree._Element
    place: etree._Element
    text: str
    expects: ValueType = ValueType.ANY
    has_functions: bool = True


def written(root: etree._Element) -> Iterator[Written]:
    """Yield the expressions of a file's processes, in no particular order."""
    for process in root.findall(f"{B}process"):
        yield from _conditions(process)
        for node in process.iter():
            if reading.tag(node) in reading.FLOW_NODES:
                yield from _of_node(node)


def scope(diagram: Diagram) -> Scope:
    """Return what expressions of a diagram may name: what it and all that it calls declare."""
    files = calls.live(diagram)
    keys = calls.reached(calls.key_of(diagram.root), files)
    return parser.names_of(calls.processes(keys, files), diagram.signatures)


def mistake(each: Written, scope: Scope) -> expressions.BadExpression | None:
    """Return what is wrong with an expression, None where nothing is."""
    within = scope if each.has_functions else replace(scope, functions=())
    try:
        expressions.compile_expression(each.text, within, expects=each.expects)
    except expressions.BadExpression as found:
        return found
    return None


def _conditions(process: etree._Element) -> Iterator[Written]:
    for tag in _CONDITIONS:
        for node in process.iter(tag):
            text = expressions.strip_wrapper(node.text or "")
            yield Written(reading.owner(node), node, text, ValueType.BOOLEAN)


def _of_node(node: etree._Element) -> Iterator[Written]:
    for name in ("candidateGroups", "assignee"):
        if expressions.is_wrapped(text := node.get(f"{C}{name}")):
            yield Written(node, node, expressions.strip_wrapper(text or ""))
    if text := node.get(f"{C}dueDate"):
        yield Written(node, node, expressions.strip_wrapper(text), ValueType.DATE)
    loop = node.find(f"{B}multiInstanceLoopCharacteristics")
    if loop is not None and (text := loop.get(f"{C}collection")):
        yield Written(node, loop, expressions.strip_wrapper(text), ValueType.LIST)
    if reading.tag(node) == "scriptTask" and node.get("scriptFormat", "cel") == "cel":
        for _, text in declarations.assignments(node):
            yield Written(node, node, expressions.strip_wrapper(text))
    yield from _of_properties(node)
    yield from _of_form(node)
    yield from _of_timer(node)


def _of_properties(node: etree._Element) -> Iterator[Written]:
    for each in node.findall(f"{B}extensionElements/{C}properties/{C}property"):
        value = each.get("value") or ""
        if expressions.is_wrapped(value) and value.count("${") == 1:
            yield Written(node, each, expressions.strip_wrapper(value))
        else:
            for part in _WITHIN.findall(value):
                yield Written(node, each, expressions.strip_wrapper(part))
        if each.get("name") == "correlate":
            _, _, text = value.partition("=")
            yield Written(node, each, expressions.strip_wrapper(text))


def _of_form(node: etree._Element) -> Iterator[Written]:
    for field in reading.form_fields(node):
        if text := reading.field_properties(field).get("shown_if"):
            plain = expressions.strip_wrapper(text)
            yield Written(node, field, plain, ValueType.BOOLEAN, has_functions=False)


def _of_timer(node: etree._Element) -> Iterator[Written]:
    for definition in node.findall(f"{B}timerEventDefinition"):
        for each in definition:
            text = (each.text or "").strip() if isinstance(each.tag, str) else ""
            is_cycle = each.tag == f"{B}timeCycle"
            for part in re.split(r"/(?![^{]*\})", text) if is_cycle else [text]:
                if expressions.is_wrapped(part):
                    yield Written(node, each, expressions.strip_wrapper(part))


def literals(text: str, *functions: str) -> list[str]:
    """Return the texts that an expression gives to functions as their first argument."""
    return [
        found[2] if found[2] is not None else found[3]
        for found in _FIRST.finditer(text)
        if found[1] in functions
    ]


def last_literals(text: str, *functions: str) -> list[str]:
    """Return the texts that an expression gives to functions of two arguments as the second."""
    found = []
    for call in _CALL.finditer(text):
        if call[1] not in functions:
            continue
        depth, end = 1, call.end()
        while end < len(text) and depth:
            depth += (text[end] in "([{") - (text[end] in ")]}")
            end += 1
        if last := _LAST.search(text[call.end() : end]):
            found.append(last[1] if last[1] is not None else last[2])
    return found
