"""Read decision tables as they are shown to people, right or wrong."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.definitions import xml

_D: Final = f"{{{xml.DMN}}}"


@dataclass(frozen=True, slots=True)
class Column:
    """An input or an output; `expression` is what an input looks at, or the name of an output."""

    id: str
    label: str
    expression: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: its cells by column, as written; `note` is what somebody wrote beside it."""

    id: str
    number: int
    tests: tuple[str, ...]
    outcomes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision with its table; one without a table has no columns."""

    id: str
    name: str
    hit_policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]


def read(root: etree._Element) -> tuple[Table, ...]:
    """Return the decisions of a DMN document that has been parsed safely."""
    return tuple(_table(each) for each in root.findall(f"{_D}decision"))


def _table(decision: etree._Element) -> Table:
    found = decision.find(f"{_D}decisionTable")
    table = found if found is not None else etree.Element("nothing")
    return Table(
        decision.get("id", ""),
        " ".join((decision.get("name") or decision.get("id", "")).split()),
        table.get("hitPolicy", "UNIQUE"),
        tuple(_input(each) for each in table.findall(f"{_D}input")),
        tuple(_output(each) for each in table.findall(f"{_D}output")),
        tuple(_row(number, each) for number, each in enumerate(table.findall(f"{_D}rule"), 1)),
    )


def _input(node: etree._Element) -> Column:
    expression = _text(node.find(f"{_D}inputExpression"))
    return Column(node.get("id", ""), node.get("label") or expression, expression)


def _output(node: etree._Element) -> Column:
    name = node.get("name") or "result"
    return Column(node.get("id", ""), node.get("label") or name, name)


def _row(number: int, node: etree._Element) -> Row:
    notes = [_text(each) for each in node.findall(f"{_D}annotationEntry")]
    note = node.findtext(f"{_D}description") or ""
    return Row(
        node.get("id", ""),
        number,
        tuple(_text(each) for each in node.findall(f"{_D}inputEntry")),
        tuple(_text(each) for each in node.findall(f"{_D}outputEntry")),
        " ".join(filter(None, [*notes, note.strip()])),
    )


def _text(node: etree._Element | None) -> str:
    return "" if node is None else " ".join((node.findtext(f"{_D}text") or "").split())
