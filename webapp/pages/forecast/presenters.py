"""What the pages of forecasts print."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from webapp.presentation import charts, dates
from webapp.presentation.forecasts import ACTIONS, action_words, percent, standing
from workflows.queries.calibration import Week
from workflows.queries.forecast_list import ForecastFilter, ForecastRow, Sort
from workflows.queries.forecast_summary import ForecastSummary, Group
from workflows.queries.month_outlook import Month, MonthOutlook
from workflows.queries.rescue_list import RescueFilter, RescueRow

WEEKS: Final = (4, 8, 12)
_SORTS: Final = ((Sort.CHANCE.value, "Chance to be late"), (Sort.DATE.value, "Date due"))
HEADER: Final = (
    "Case", "Initials", "Time limit", "Due", "As likely as not by", "In four of five by",
    "Chance to be late", "At risk", "Lawful exception", "What takes the time", "Its share",
    "Area", "Team", "Agency", "Computed",
)  # fmt: skip
_BANDS: Final = ("0% to 20%", "20% to 40%", "40% to 60%", "60% to 80%", "80% to 100%")
_FULL: Final = 100.0
_LATE: Final = "late"


def filter_of(arguments: Mapping[str, str]) -> ForecastFilter:
    """Return the filter of an address; what is not known is passed over."""
    weeks = arguments.get("weeks", "")
    sort = arguments.get("sort", "")
    return ForecastFilter(
        area=arguments.get("area", "")[:60],
        team=arguments.get("team", "")[:36],
        driver=arguments.get("driver", "")[:120],
        weeks=int(weeks) if weeks in {str(each) for each in WEEKS} else 0,
        late=weeks == _LATE,
        at_risk=arguments.get("at_risk") == "yes",
        sort=Sort(sort) if sort in set(Sort) else Sort.CHANCE,
    )


def filters(
    chosen: ForecastFilter,
    teams: Sequence[tuple[str, str]],
    drivers: Sequence[str],
    areas: Sequence[tuple[str, str]],
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return name, label, value and choices of each filter."""
    every = ("", "All")
    return [
        ("weeks", "Due", _LATE if chosen.late else str(chosen.weeks or ""), [every, *_within()]),
        ("at_risk", "Standing", "yes" if chosen.at_risk else "", [every, ("yes", "At risk")]),
        ("area", "Area", chosen.area, [every, *areas]),
        ("team", "Team", chosen.team, [every, *teams]),
        ("driver", "What takes the time", chosen.driver, [every, *((one, one) for one in drivers)]),
        ("sort", "Sort by", chosen.sort.value, list(_SORTS)),
    ]


def kept(arguments: Mapping[str, str]) -> str:
    """Return what an address asks for, without the place in the list."""
    left = {key: value for key, value in arguments.items() if key != "cursor" and value}
    return f"?{urlencode(left)}" if left else ""


def next_link(arguments: Mapping[str, str], cursor: str | None) -> str:
    """Return the address of the next page, "" where there is none."""
    if not cursor:
        return ""
    left = {key: value for key, value in arguments.items() if key != "cursor" and value}
    return f"?{urlencode({**left, 'cursor': cursor})}"


def row(each: ForecastRow, today: dt.date) -> dict[str, Any]:
    """Return a forecast as the list prints it."""
    word, colour = standing(each, today)
    return {
        "row": each,
        "chance": "Lifted" if each.excused else percent(each.chance_late),
        "driver": f"{each.driver} {percent(each.driver_share)}" if each.driver_share else "–",
        "word": word,
        "colour": colour,
    }


def cells(each: ForecastRow, areas: Mapping[str, str]) -> list[Any]:
    """Return a forecast as a row for a spreadsheet."""
    return [
        each.case_reference, each.child_initials, each.title, each.due, each.p50, each.p80,
        round(each.chance_late, 3), each.at_risk, each.excused, each.driver,
        round(each.driver_share, 3), areas.get(each.area, each.area), each.team_name,
        each.agency_name, each.computed_at,
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the summary: words, the list behind it, and its numbers."""

    text: str
    href: str
    group: Group

    @property
    def expected(self) -> str:
        """How many will be late, to the nearest whole case."""
        return f"{self.group.expected_late:.0f}"


def summary(found: ForecastSummary) -> dict[str, Any]:
    """Return open cases by their dates and drivers."""
    windows = [
        Line(f"Due within {each.key} weeks", f"?weeks={each.key}", each) for each in found.windows
    ]
    drivers = [
        Line(each.key, "?" + urlencode({"driver": each.key}), each) for each in found.drivers
    ]
    return {
        "whole": found.whole,
        "windows": [
            Line("All open cases", "?sort=chance", found.whole),
            Line("Late already", f"?weeks={_LATE}", found.late),
            *windows,
        ],
        "drivers": drivers[:8],
        "chart": charts.bars(
            [(each.text, [(each.group.expected_late, each.expected)]) for each in drivers[:8]]
        ),
    }


def outlook(found: MonthOutlook) -> dict[str, Any]:
    """Return the share in time of months that are over and to come, and how this month's moved."""
    months = [*found.past, *found.coming]
    coming = {each.first for each in found.coming}
    shares = [None if each.share is None else _FULL * each.share for each in months]
    last = max(0, len(found.past) - 1)  # the line of what is expected begins where the other ends
    nothing: list[float | None] = [None] * last
    over, ahead = shares[: len(found.past)], nothing + shares[last:]
    moved = [(dates.long_date(each.on), _share(each.month)) for each in found.seen[-31:]]
    return {
        "rows": [(_month(each), each, _share(each), each.first in coming) for each in months],
        "chart": charts.lines(
            [over, ahead], [f"{each.first:%b %y}" for each in months], ceiling=_FULL, unit="%"
        )
        if len(months) > 1
        else None,
        "this": next((each for each in found.coming), None),
        "this_name": _month(found.coming[0]) if found.coming else "",
        "this_share": _share(found.coming[0]) if found.coming else "",
        "moved": moved,
        "moved_chart": charts.lines(
            [[None if m.month.share is None else _FULL * m.month.share for m in found.seen[-31:]]],
            [f"{each.on.day} {each.on:%b}" for each in found.seen[-31:]],
            ceiling=_FULL,
            unit="%",
        )
        if len(moved) > 1
        else None,
    }


def rescue_filter(arguments: Mapping[str, str]) -> RescueFilter:
    """Return the filter of an address; what is not known is passed over."""
    action = arguments.get("action", "")
    return RescueFilter(
        action=action if action in ACTIONS else "", area=arguments.get("area", "")[:60]
    )


def rescue_filters(
    chosen: RescueFilter, areas: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return name, label, value and choices of each filter."""
    every = ("", "All")
    return [
        ("action", "Action", chosen.action, [every, *ACTIONS.items()]),
        ("area", "Area", chosen.area, [every, *areas]),
    ]


def rescue(each: RescueRow, today: dt.date) -> dict[str, Any]:
    """Return an action as the list prints it."""
    return {
        "row": each,
        "words": action_words(each.action, each.step),
        "before": percent(each.before),
        "after": percent(each.after),
        "gain": f"{_FULL * each.gain:.0f} points",
        "due": dates.days_to_go(each.due, today),
    }


def calibration(weeks: Sequence[Week], whole: Week | None) -> dict[str, Any] | None:
    """Return how forecasts turned out, in words, as chart and as table."""
    if whole is None or not whole.cases:
        return None
    bands = [
        (name, many, late, percent(late / many) if many else "–")
        for name, (many, late) in zip(_BANDS, whole.bands, strict=True)
    ]
    oldest_first = list(reversed(weeks))
    return {
        "cases": whole.cases,
        "p50": _kept(whole.p50),
        "p80": _kept(whole.p80),
        "bands": bands,
        "chart": charts.bars(
            [
                (f"Said {name}", [(_FULL * late / many if many else 0.0, text)])
                for name, many, late, text in bands
            ]
        ),
        "trend": charts.lines(
            [
                [_percent_of(each.p50) for each in oldest_first],
                [_percent_of(each.p80) for each in oldest_first],
            ],
            [f"{each.monday.day} {each.monday:%b}" for each in oldest_first],
            ceiling=_FULL,
            unit="%",
        )
        if len(weeks) > 1
        else None,
        "weeks": [
            (dates.long_date(each.monday), each.cases, _kept(each.p50), _kept(each.p80))
            for each in weeks
        ],
    }


def _within() -> list[tuple[str, str]]:
    within = [(str(each), f"Within {each} weeks") for each in WEEKS]
    return [(_LATE, "Late already"), *within]


def _month(month: Month) -> str:
    return f"{month.first:%B %Y}"


def _share(month: Month) -> str:
    return "–" if month.share is None else percent(month.share)


def _kept(pair: tuple[int, int]) -> str:
    return percent(pair[1] / pair[0]) if pair[0] else "–"


def _percent_of(pair: tuple[int, int]) -> float | None:
    return _FULL * pair[1] / pair[0] if pair[0] else None
