"""The variables that a diagram brings into being, so that expressions can be checked against them."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.definitions import forms, xml
from engine.definitions.expressions import ValueType
from engine.definitions.malformed import MalformedDiagram

_C = f"{{{xml.CAMUNDA}}}"
_B = f"{{{xml.BPMN}}}"


def refuse_faults(process: etree._Element) -> None:
    """Refuse a declaration or an assignment that is none.

    Raises:
        MalformedDiagram: the first one.
    """
    for node, words in faults(process):
        raise MalformedDiagram(f"“{_title(node)}” (line {node.sourceline}): {words}")


def faults(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield every declaration and every script task that is wrong, with what is."""
    for each in process.iter(f"{_C}property"):
        is_declared = (each.get("name") or "").startswith("variable.")
        if is_declared and each.get("value", "any") not in set(ValueType):
            yield (
                each,
                f"“{each.get('value')}” is no type; a variable is one of {', '.join(ValueType)}.",
            )
    for each in process.iter(f"{_B}scriptTask"):
        if each.get("scriptFormat", "cel") == "cel":  # others are refused with a better reason
            for line in _lines(each):
                if _assignment(line) is None:
                    yield (
                        each,
                        f"“{line[:80]}” is not an assignment. Write one “name = expression” a line.",
                    )


def declared_names(
    process: etree._Element,
) -> tuple[dict[str, ValueType], dict[str, tuple[str, ...]]]:
    """Return the variables that a process brings into being, and the values of its choices."""
    names: dict[str, ValueType] = {}
    for name, kind in _declarations(process):
        if name:
            names[name] = kind if names.get(name, kind) == kind else ValueType.ANY
    choices: dict[str, tuple[str, ...]] = {}
    for each in process.iter(f"{_C}formField"):
        values = tuple(value.get("id", "") for value in each.findall(f"{_C}value"))
        if each.get("type") == "enum" and values:
            known = choices.get(each.get("id", ""), ())
            choices[each.get("id", "")] = tuple(dict.fromkeys((*known, *values)))
    return names, choices


def _declarations(process: etree._Element) -> Iterator[tuple[str, ValueType]]:
    for each in process.iter(f"{_C}formField"):
        yield each.get("id", ""), _value_type(each.get("type", "string"))
    for each in process.iter(f"{_B}multiInstanceLoopCharacteristics"):
        yield each.get(f"{_C}elementVariable", ""), ValueType.MAP
    for each in process.iter(f"{_B}businessRuleTask"):
        yield each.get(f"{_C}resultVariable", ""), ValueType.ANY
    for each in process.iter(f"{_C}property"):
        name = each.get("name") or ""
        if name.startswith("variable."):
            yield name.removeprefix("variable."), _declared_type(each)
    for each in process.iter(f"{_B}scriptTask"):
        yield from _assigned(each)


def _declared_type(node: etree._Element) -> ValueType:
    value = node.get("value", "any")
    return ValueType(value) if value in set(ValueType) else ValueType.ANY


def _assigned(node: etree._Element) -> Iterator[tuple[str, ValueType]]:
    if node.get("scriptFormat", "cel") == "cel":
        for name, _ in assignments(node):
            yield name, ValueType.ANY


def _value_type(kind: str) -> ValueType:
    try:
        return forms.VALUE_TYPES.get(forms.FieldType(kind), ValueType.STRING)
    except ValueError:
        return ValueType.STRING


def assignments(node: etree._Element) -> list[tuple[str, str]]:
    """Return the assignments of a script task: name and expression of each line that is one."""
    return [found for line in _lines(node) if (found := _assignment(line))]


def _lines(node: etree._Element) -> list[str]:
    script = node.findtext(f"{_B}script") or ""
    return [line for each in script.splitlines() if (line := each.strip())]


def _assignment(line: str) -> tuple[str, str] | None:
    name, equals, text = line.partition("=")
    if not equals or not re.fullmatch(r"[a-z_][a-z0-9_]*", name.strip()):
        return None
    return name.strip(), text.strip()


def _title(node: etree._Element) -> str:
    return node.get("name") or node.get("id") or ""
