"""The share of plans issued within the time limit, beside target, England and others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, per_cent
from webapp.presentation import charts
from workflows.queries.board_target import board_target
from workflows.queries.board_timeliness import Month, board_timeliness
from workflows.queries.comparator_lines import OWN, ComparatorLine, comparator_lines
from workflows.rulebook import load

MEASURE: Final = "plans_in_20_weeks"
PUBLISHED: Final = "in_20_weeks"  # as the Department for Education's statistics have it
CEILING: Final = 100.0


@dataclass(frozen=True, slots=True)
class Plans:
    """What is read for it. `others`: name, and the share of each month."""

    months: tuple[Month, ...]
    target: float | None
    others: tuple[tuple[str, tuple[float | None, ...]], ...] = ()


def read(connection: Any, looked: Looked) -> Plans:  # noqa: ANN401 (a connection)
    """Read the plans, and what they are held against."""
    months = board_timeliness(connection, looked.chosen, now=looked.now)
    others = tuple(
        (f"{each.name}, year", _by_year(each, months))
        for each in comparator_lines(connection, PUBLISHED)
        if each.kind != OWN
    )
    return Plans(months, board_target(connection, MEASURE), others)


def _by_year(line: ComparatorLine, months: Sequence[Month]) -> tuple[float | None, ...]:
    """Return for each month the newest published figure of its year or one before."""
    return tuple(
        next((value for year, value in reversed(line.points) if year <= each.begins.year), None)
        for each in months
    )


def weeks() -> int:
    """Return the number of weeks that the law gives."""
    rulebook = load.current()
    return rulebook.newest(rulebook.headline).limit.count


def section(plans: Plans) -> Section:
    """Return the section."""
    newest = plans.months[-1].year
    target = "" if plans.target is None else f" The target is {plans.target:g}%."
    return Section(
        f"Plans issued within {weeks()} weeks",
        (
            (
                f"In the last twelve months {per_cent(newest.share)} of {newest.issued:,} plans, and "
                f"{per_cent(newest.share_unexcused)} where those with a lawful exception are left "
                f"out.{target}"
            ),
            f"Later: {newest.to_a_year:,} up to a year, {newest.over_a_year:,} over a year.",
        ),
        _drawing(plans),
        half=True,
    )


def by_month(plans: Plans, looked: Looked) -> Section:
    """Return the numbers of the chart."""
    return Section("Plans issued, by month", tables=(_table(plans.months, looked),))


def _drawing(plans: Plans) -> Drawing:
    months = plans.months
    series: list[tuple[str, Sequence[float | None]]] = [
        ("Month", [each.plans.share for each in months]),
        ("Twelve months", [each.year.share for each in months]),
        ("Twelve months, without exceptions", [each.year.share_unexcused for each in months]),
    ]
    if plans.target is not None:
        series.append(("Target", [plans.target] * len(months)))
    series += plans.others
    drawn = charts.lines(
        [values for _, values in series],
        [f"{each.begins:%b}" for each in months],
        ceiling=CEILING,
        unit="%",
    )
    labels = tuple(name for name, _ in series)
    title = f"Share of plans issued within {weeks()} weeks"
    return Drawing("lines", drawn, labels, title, "timeliness", "Month of issue")


def _table(months: Sequence[Month], looked: Looked) -> Table:
    headline = load.current().headline
    rows = []
    for each in reversed(months):
        month = f"{each.begins:%Y-%m}"

        def plans(standing: str, month: str = month, exception: str = "") -> str:
            return looked.timers(duty=headline, standing=standing, month=month, exception=exception)

        rows.append(
            (
                Cell(f"{each.begins:%B %Y}"),
                linked(each.plans.issued, plans("done")),
                linked(each.plans.in_time, plans("done_on_time")),
                Cell(per_cent(each.plans.share)),
                linked(each.plans.issued_unexcused, plans("done", exception="without")),
                Cell(per_cent(each.plans.share_unexcused)),
                Cell(per_cent(each.year.share)),
                Cell(per_cent(each.year.share_unexcused)),
            )
        )
    columns = (
        "Month",
        "Issued",
        "In time",
        "Share",
        "Issued without an exception",
        "Share without exceptions",
        "Share of twelve months",
        "The same without exceptions",
    )
    return Table("Plans issued, by month", columns, tuple(rows))
