"""The routing table as rows that people read and change, and as the DMN file that is live."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine import errors
from engine.definitions import decisions, xml
from workflows.agencies.routing import INPUTS, KEY

SETTING: Final = "setting"  # the team of the setting that the case or the task is about
COLUMNS: Final = ("role", "area", "phase", "setting")
RULES_LIMIT: Final = 300
_QUOTED: Final = re.compile(r'"([^"]*)"')
_LIST: Final = re.compile(r'\s*"[^"]*"(\s*,\s*"[^"]*")*\s*')
_TAGS: Final = {name: f"{{{xml.DMN}}}{name}" for name in ("inputEntry", "outputEntry", "rule")}


class NoRoutingTable(errors.NotFound):
    """No routing table is live. A process owner publishes one."""


class NotPlain(errors.Conflict):
    """This table has tests that only the table editor can show. Ask a process owner to change it."""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """A row: each test is a value, several parted by commas, or "" for any.

    `plain` is False where a test is an expression; it is then shown as it stands.
    """

    role: str
    area: str
    phase: str
    setting: str
    team: str
    plain: bool = True

    def tests(self) -> dict[str, str]:
        """Return the tests by column."""
        return {name: getattr(self, name) for name in COLUMNS}


def read(data: bytes) -> tuple[RoutingRule, ...]:
    """Return the rows of a routing table, as far as its columns are the usual ones.

    Raises:
        NoRoutingTable: the file has no such table.
    """
    table = _table(xml.parse(data, name="routing.dmn"))
    names = [_text(each) for each in table.iter(f"{{{xml.DMN}}}inputExpression")]
    return tuple(_rule(row, names) for row in table.findall(_TAGS["rule"]))


def write(data: bytes, rules: Sequence[RoutingRule]) -> bytes:
    """Return the file with other rows; what else it has stays.

    Raises:
        NotPlain: it has columns or tests that rows cannot say.
    """
    root = xml.parse(data, name="routing.dmn")
    table = _table(root)
    names = [_text(each) for each in table.iter(f"{{{xml.DMN}}}inputExpression")]
    if tuple(names) != COLUMNS or not all(each.plain for each in rules):
        raise NotPlain
    for row in table.findall(_TAGS["rule"]):
        table.remove(row)
    for number, rule in enumerate(rules, start=1):
        table.append(_element(number, rule))
    etree.indent(root, space="  ")
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def decided_by(data: bytes, values: Mapping[str, str]) -> int:
    """Return the number of the first rule that takes a combination, from 1; 0 where none does."""
    found = decisions.parse_decisions(xml.parse(data, name="routing.dmn"), INPUTS)
    table = next(each for each in found if each.key == KEY)
    given = {name: values.get(name) or None for name in COLUMNS}
    for rule in table.rules:
        alone = decisions.DecisionTable(
            table.key, table.name, table.hit_policy, table.inputs, table.outputs, (rule,)
        )
        if decisions.evaluate(alone, given, {}) is not None:
            return rule.number
    return 0


def _table(root: etree._Element) -> etree._Element:
    for decision in root.findall(f"{{{xml.DMN}}}decision"):
        table = decision.find(f"{{{xml.DMN}}}decisionTable")
        if decision.get("id") == KEY and table is not None:
            return table
    raise NoRoutingTable


def _rule(row: etree._Element, names: Sequence[str]) -> RoutingRule:
    cells = [_text(each) for each in row.findall(_TAGS["inputEntry"])]
    tests = dict(zip(names, cells, strict=False))
    team = _text(row.find(_TAGS["outputEntry"]))
    plain = set(names) <= set(COLUMNS) and all(
        cell in {"", "-"} or _LIST.fullmatch(cell) for cell in cells
    )
    return RoutingRule(
        **{name: _shown(tests.get(name, "")) for name in COLUMNS},
        team=_shown(team),
        plain=plain and bool(_LIST.fullmatch(team)),
    )


def _shown(cell: str) -> str:
    if cell == "-":
        return ""
    return ", ".join(_QUOTED.findall(cell)) if _LIST.fullmatch(cell) else cell


def _element(number: int, rule: RoutingRule) -> etree._Element:
    made = etree.Element(_TAGS["rule"], id=f"rule_{number}")
    for column, name in enumerate(COLUMNS, start=1):
        cell = etree.SubElement(made, _TAGS["inputEntry"], id=f"rule_{number}_{column}")
        values = [each.strip() for each in getattr(rule, name).split(",") if each.strip()]
        text = etree.SubElement(cell, f"{{{xml.DMN}}}text")
        text.text = ", ".join(f'"{each}"' for each in values) or None
    team = etree.SubElement(made, _TAGS["outputEntry"], id=f"rule_{number}_team")
    etree.SubElement(team, f"{{{xml.DMN}}}text").text = f'"{rule.team}"'
    return made


def _text(element: etree._Element | None) -> str:
    found = element.find(f"{{{xml.DMN}}}text") if element is not None else None
    return (found.text or "").strip() if found is not None else ""
