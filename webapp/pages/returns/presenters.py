"""The return as its pages print it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from webapp.pages.returns import mending
from webapp.presentation import charts, dates
from workflows.calendar import london
from workflows.queries.return_overview import FrozenReturn, Overview
from workflows.queries.return_problem_list import ProblemItem
from workflows.queries.return_record import ReturnRecord
from workflows.returns import codes, details, fields, measures
from workflows.returns.fields import Field, Format
from workflows.returns.model import Module, Value
from workflows.returns.rules import book
from workflows.rulebook import load

TAGS: Final = {"error": ("Error", "govuk-tag--red"), "query": ("Query", "govuk-tag--yellow")}
COLUMNS: Final = (
    "Case",
    "Severity",
    "Rule",
    "Module",
    "Item",
    "Value",
    "What is wrong",
    "How to mend it",
    "Team",
    "Area",
)
LAST_YEAR: Final = "last-"
_SHOWN_RULES: Final = 12


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the return: how many cases, how many of them ready, in per cent as well."""

    key: str
    title: str
    cases: int
    ready: int

    @property
    def per_cent(self) -> str:
        """The share that is ready."""
        return per_cent(self.ready, self.cases)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with how often it is broken."""

    code: str
    severity: str
    module: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a record: number, name, what is sent, what that means, where it comes from."""

    number: str
    title: str
    text: str
    meaning: str
    source: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleTable:
    """A module of a record with its items."""

    title: str
    level: int
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem in a list: what is wrong, what to do, and where."""

    case_id: UUID
    reference: str
    initials: str
    tag: tuple[str, str]
    item: str
    words: str
    value: str
    mend: str
    link: tuple[str, str]
    team: str


def per_cent(ready: int, cases: int) -> str:
    """Return a share in per cent; never 100% where something is left."""
    if not cases:
        return "–"
    share = 100 * ready / cases
    return "99.9%" if ready < cases and share > 99.9 else f"{share:.1f}".removesuffix(".0") + "%"  # noqa: PLR2004


def teams(overview: Overview) -> list[Share]:
    """Return the readiness of each team."""
    totals = overview.latest.totals if overview.latest else None
    found = (totals or {}).get("teams", {})
    rows = [
        Share(key, overview.teams.get(key, "No team yet"), cases, ready)
        for key, (cases, ready) in found.items()
    ]
    return sorted(rows, key=lambda each: (each.title, each.key))


def rules(totals: Mapping[str, Any], *, last_year: bool = False) -> list[RuleRow]:
    """Return the rules that are broken, errors and the most frequent first."""
    rows = [
        RuleRow(code, rule.severity, fields.kinds()[rule.module].title, rule.words, count)
        for code, count in totals.get("rules", {}).items()
        if (rule := book.BY_CODE.get(code)) and code.startswith(LAST_YEAR) == last_year
    ]
    return sorted(rows, key=lambda each: (each.severity, -each.count, each.code))


def rules_chart(rows: list[RuleRow]) -> charts.Bars:
    """Return the most frequent errors as bars."""
    errors = [each for each in rows if each.severity == "error"][:_SHOWN_RULES]
    return charts.bars([(each.words, [(each.count, f"{each.count:,}")]) for each in errors])


def trend_chart(overview: Overview) -> charts.Lines | None:
    """Return readiness by night as a line; None where there are no two nights to compare."""
    if len(overview.trend) < 2:  # noqa: PLR2004 (points of a line)
        return None
    days = [london.local_date(each.at) for each in overview.trend]
    labels = [f"{each.day} {each:%b}" for each in days]
    return charts.lines([[each.per_cent for each in overview.trend]], labels, ceiling=100, unit="%")


def measured(totals: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the published measures by group: words and number."""
    found = totals.get("measures", {})
    return [
        (group, [(words, found.get(code, 0)) for code, words in listed.items()])
        for group, listed in measures.GROUPS.items()
    ]


def line(each: ProblemItem) -> ProblemLine:
    """Return a problem as the list prints it."""
    rule = book.BY_CODE[each.rule]
    return ProblemLine(
        each.case_id,
        each.reference,
        each.initials,
        TAGS[each.severity],
        item_name(each.module, each.element),
        rule.words,
        each.value,
        rule.mend,
        mending.address(each.case_id, each.rule, each.source, each.value),
        each.team_name,
    )


def cells(items: Iterator[ProblemItem]) -> Iterator[tuple[str, ...]]:
    """Yield problems as rows of a spreadsheet, in the order of `COLUMNS`."""
    for each in items:
        rule = book.BY_CODE[each.rule]
        yield (
            each.reference,
            each.severity,
            each.rule,
            each.module,
            each.element,
            each.value,
            rule.words,
            rule.mend,
            each.team_name,
            each.area,
        )


def item_name(module: str, element: str) -> str:
    """Return an item by its number and title."""
    field = fields.kinds()[module].fields[element]
    return f"{field.number} {field.title}"


def tables(found: ReturnRecord) -> list[ModuleTable]:
    """Return a record module by module, in the order in which it is sent."""
    if found.record is None:
        return []
    wrong: dict[tuple[str, str], list[str]] = {}
    for each in found.problems:
        wrong.setdefault((each.module, each.element), []).append(book.BY_CODE[each.rule].words)
    return [_table(path[-1], len(path), wrong) for path in found.record.walk()]


def _table(module: Module, level: int, wrong: Mapping[tuple[str, str], list[str]]) -> ModuleTable:
    kind = fields.kinds()[module.element]
    rows = tuple(
        _item(each, module.values[name], tuple(wrong.get((module.element, name), ())))
        for name, each in kind.fields.items()
        if name in module.values
    )
    return ModuleTable(kind.title, level, rows)


def _item(field: Field, value: Value, problems: tuple[str, ...]) -> ItemRow:
    return ItemRow(
        field.number,
        field.title,
        value.text,
        _meaning(field, value.text),
        source(value.source),
        problems,
    )


def _meaning(field: Field, text: str) -> str:
    if not text:
        return "not sent"
    if field.format is Format.CODE:
        return codes.words(field.codes, text)
    if field.format is Format.FLAG:
        return {"1": "yes", "0": "no"}.get(text, "")
    if field.format is Format.DATE:
        return dates.long_date(text)
    return ""


def source(text: str) -> str:
    """Return in words where a value comes from."""
    kind, _, name = text.partition(":")
    if kind == "fact":
        known = load.current().facts.get(name)
        return f"Fact: {known.title if known else name}"
    if kind == "detail":
        return f"Detail: {details.BY_KEY[name].label}" if name in details.BY_KEY else "Detail"
    return {
        "case": "The case",
        "party": "The family’s address",
        "withheld": "Withheld",
        "setting": "The setting of the case",
        "exception": "Lawful exceptions of the case",
        "deadline": "The time limit of the review",
        "form": "The request",
        "counted": "Follows from the rest",
    }.get(kind, text)


def compared(overview: Overview, totals: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the rows of each module last year and this: title and the two numbers."""
    this = _counts(overview.frozen) or _made(overview)
    last = _counts(overview.last)
    if not this and totals:
        this = {"Person": totals["persons"]}
    return [
        (kind.title, _number(last, name), _number(this, name))
        for name, kind in fields.kinds().items()
    ]


def _made(overview: Overview) -> Mapping[str, int]:
    files = overview.files[0].files if overview.files else None
    return dict(files["counts"]) if files else {}


def _counts(frozen: FrozenReturn | None) -> Mapping[str, int]:
    return frozen.counts if frozen else {}


def _number(counts: Mapping[str, int], name: str) -> str:
    return f"{counts[name]:,}" if name in counts else "–"


def size(number: int) -> str:
    """Return the size of a file in words."""
    for unit, bytes_ in (("MB", 1_000_000), ("kB", 1_000)):
        if number >= bytes_:
            return f"{number / bytes_:.1f} {unit}"
    return f"{number} bytes"
