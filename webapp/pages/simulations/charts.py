"""Charts as numbers that a template draws: every one has its table beside it.

Two runs differ by pattern and by the shape of their marks, never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 800
_LABELS: Final = 330
_BAR: Final = 20
_GAP: Final = 14
_PLOT_LEFT: Final = 60
_PLOT_TOP: Final = 20
_PLOT_HEIGHT: Final = 220
_PLOT_RIGHT: Final = 20
_STEPS: Final = 4
_NUMBERS: Final = 60  # room for the number after a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: which run it is of, where it begins and ends, and what stands after it."""

    run: int
    top: int
    width: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one thing, one for each run."""

    title: str
    middle: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart."""

    left: int
    height: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the chart, or under it, with its number."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its points as SVG has them, and where its name stands."""

    run: int
    points: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart over weeks."""

    left: int
    right: int
    top: int
    bottom: int
    height: int
    across: tuple[Mark, ...]
    weeks: tuple[Mark, ...]
    lines: tuple[Line, ...]


def bars(rows: Sequence[tuple[str, Sequence[tuple[float, str]]]]) -> Bars:
    """Return a bar chart: for each thing its title, and for each run a value and its text."""
    most = max((value for _, values in rows for value, _ in values), default=0) or 1
    room = WIDTH - _LABELS - _NUMBERS
    groups, top = [], 4
    for title, values in rows:
        made = tuple(
            Bar(run, top + run * _BAR, round(room * value / most), text)
            for run, (value, text) in enumerate(values)
        )
        height = len(values) * _BAR
        groups.append(Group(_short(title), top + height // 2 + 5, made))
        top += height + _GAP
    return Bars(_LABELS, top, tuple(groups))


def lines(runs: Sequence[Sequence[float]], *, most_weeks: int = 260) -> Lines:
    """Return a line chart: for each run a value a week."""
    weeks = max(2, min(most_weeks, max((len(each) for each in runs), default=0)))
    top_value = max((value for each in runs for value in each), default=0)
    step = max(1, -(-int(top_value) // _STEPS))
    ceiling = step * _STEPS
    right, bottom = WIDTH - _PLOT_RIGHT, _PLOT_TOP + _PLOT_HEIGHT

    def x(week: int) -> float:
        return round(_PLOT_LEFT + (right - _PLOT_LEFT) * week / (weeks - 1), 1)

    def y(value: float) -> float:
        return round(bottom - _PLOT_HEIGHT * value / ceiling, 1)

    every = max(1, weeks // 8)
    return Lines(
        _PLOT_LEFT,
        right,
        _PLOT_TOP,
        bottom,
        bottom + 50,
        tuple(Mark(y(number * step), str(number * step)) for number in range(_STEPS + 1)),
        tuple(Mark(x(week), str(week)) for week in range(0, weeks, every)),
        tuple(
            Line(
                run,
                " ".join(f"{x(week)},{y(value)}" for week, value in enumerate(each[:weeks])),
            )
            for run, each in enumerate(runs)
        ),
    )


def _short(title: str) -> str:
    return title if len(title) <= 42 else f"{title[:41]}…"  # noqa: PLR2004 (fits beside the bars)
