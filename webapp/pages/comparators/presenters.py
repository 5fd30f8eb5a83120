"""What the pages of comparators print."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine import errors
from webapp.presentation import charts
from workflows.bootstrap import System
from workflows.queries.comparator_lines import OF_ENGLAND, ComparatorLine, comparator_lines
from workflows.queries.statistics_areas import Authority
from workflows.simulation.guesses import PUBLISHED_SHARES, SHARES
from workflows.statistics.measures import ACADEMIC, KIND_OF, KINDS, MEASURES, Measure, Unit

FIRST: Final = "in_20_weeks"
KINDS_OF_LINE: Final = {
    "england": "England",
    "region": "Region",
    "neighbour": "Neighbour",
    "own": "Your authority, as published",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines of a measure, and the same numbers as a table."""

    lines: charts.Lines
    names: tuple[str, ...]
    years: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]  # name, kind, a figure for each year


def measure_of(arguments: MultiDict[str, str]) -> Measure:
    """Return the measure that an address asks for; the share in 20 weeks where it names none."""
    return MEASURES.get(arguments.get("measure", ""), MEASURES[FIRST])


def measures(chosen: Measure) -> list[dict[str, Any]]:
    """Return the measures to choose from, those of a file one after the other."""
    return [
        {"value": each.code, "text": each.title, "selected": each == chosen}
        for kind in KINDS
        for each in kind.measures
    ]


def chart(found: Sequence[ComparatorLine], measure: Measure) -> Chart | None:
    """Return the chart of a measure, None where nothing of it is loaded."""
    years = sorted({year for line in found for year, _ in line.points})
    if not years:
        return None
    shown = tuple(_year(year, measure) for year in years)
    values = [[dict(line.points).get(year) for year in years] for line in found]
    percent = measure.unit == Unit.PERCENT
    return Chart(
        charts.lines(
            values, shown, ceiling=_ceiling(values, percent=percent), unit="%" if percent else ""
        ),
        tuple(line.name for line in found),
        shown,
        tuple(
            (line.name, KINDS_OF_LINE[line.kind], tuple(_figure(each, measure) for each in row))
            for line, row in zip(found, values, strict=True)
        ),
    )


def guesses(system: System) -> list[tuple[str, str, str, str]]:
    """Return what a simulation begins with: the question, England's share, its year, and the guess."""
    found = []
    with system.read() as connection:
        for (element, field), (answer, measure) in PUBLISHED_SHARES.items():
            guess = f"{SHARES[element, field][answer]:g} %"
            lines = comparator_lines(connection, measure)
            points = next((each.points for each in lines if each.kind == OF_ENGLAND), ())
            year, value = points[-1] if points else (0, 0.0)
            title = MEASURES[measure].title
            found.append(
                (title, f"{value:g} %" if points else "Not loaded", str(year or ""), guess)
            )
    return found


def own_items(areas: Sequence[Authority], chosen: str) -> list[dict[str, Any]]:
    """Return the authorities as choices for one's own."""
    first = {"value": "", "text": "Select your authority", "selected": not chosen}
    return [
        first,
        *(
            {"value": each.code, "text": each.name, "selected": each.code == chosen}
            for each in areas
        ),
    ]


def neighbour_items(
    areas: Sequence[Authority], chosen: Collection[str]
) -> Mapping[str, list[dict[str, Any]]]:
    """Return the authorities as choices for neighbours, by region."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(areas, key=lambda one: (one.region, one.name)):
        item = {"value": each.code, "text": each.name, "checked": each.code in chosen}
        found.setdefault(each.region, []).append(item)
    return found


def error_list(refusal: errors.Refused | None) -> list[dict[str, str]]:
    """Return the error summary of the choice."""
    if refusal is None:
        return []
    return [
        {"text": message, "href": f"#{field}"}
        for field, messages in refusal.errors.items()
        for message in messages
    ]


def _year(year: int, measure: Measure) -> str:
    if KIND_OF[measure.code].by == ACADEMIC:
        return f"{year - 1}/{year % 100:02d}"
    return str(year)


def _ceiling(values: Sequence[Sequence[float | None]], *, percent: bool) -> float | None:
    """Return 100 for shares that reach half of it; small shares fill the chart."""
    top = max((each for row in values for each in row if each is not None), default=0)
    return 100 if percent and top > 50 else None  # noqa: PLR2004 (half of the whole)


def _figure(value: float | None, measure: Measure) -> str:
    if value is None:
        return "Not available"
    return f"{value:.1f} %" if measure.unit == Unit.PERCENT else f"{value:,.0f}"
