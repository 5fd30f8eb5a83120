"""Say of a decision table what each of its rules decides."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.definitions import xml
from workflows.comparison.describe import Described

RULE: Final = "rule"
_D: Final = f"{{{xml.DMN}}}"


def describe_table(root: etree._Element) -> dict[str, Described]:
    """Return the decisions of a DMN document and their rules, by identifier."""
    found: dict[str, Described] = {}
    for decision in root.iter(f"{_D}decision"):
        identifier = decision.get("id") or ""
        table = decision.find(f"{_D}decisionTable")
        policy = "" if table is None else table.get("hitPolicy") or "UNIQUE"
        found[identifier] = Described(
            identifier,
            "decision",
            decision.get("name") or identifier,
            aspects={"hit policy": policy},
        )
        if table is not None:
            found.update(_rules(table))
    return found


def _rules(table: etree._Element) -> Iterator[tuple[str, Described]]:
    asked = [
        each.get("label") or _text(each.find(f"{_D}inputExpression"))
        for each in table.findall(f"{_D}input")
    ]
    told = [each.get("label") or each.get("name") or "" for each in table.findall(f"{_D}output")]
    for number, rule in enumerate(table.findall(f"{_D}rule"), 1):
        given = [
            f"{label} is {_text(cell)}"
            for label, cell in zip(asked, rule.findall(f"{_D}inputEntry"), strict=False)
            if _text(cell) not in {"", "-"}
        ]
        results = [
            f"{label} {_text(cell)}"
            for label, cell in zip(told, rule.findall(f"{_D}outputEntry"), strict=False)
        ]
        says = f"{' and '.join(given) or 'in every other case'}: {', '.join(results)}"
        identifier = rule.get("id") or f"rule {number}"
        yield identifier, Described(identifier, RULE, says)


def _text(node: etree._Element | None) -> str:
    return "" if node is None else " ".join((node.findtext(f"{_D}text") or "").split())
