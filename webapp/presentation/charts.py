"""Charts as numbers that a template draws: every one has its table beside it.

Series differ by pattern, dashes and the shape of their marks, never by colour alone. The templates
are in `components/charts.html`.
"""

import math
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
_INSIDE: Final = 34  # a narrower part of a bar has no room for its number
_LONGEST: Final = 42  # characters that fit beside the bars
_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: which series it is of, where it begins and ends, and what stands after it."""

    run: int
    top: int
    width: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one thing, one for each series."""

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
class Part:
    """A part of a stacked bar; `text` is "" where it would not fit."""

    run: int
    left: float
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Stack:
    """The bar of one thing, made of a part for each series."""

    title: str
    top: int
    middle: int
    parts: tuple[Part, ...]
    end: float
    total: str


@dataclass(frozen=True, slots=True)
class Stacked:
    """A chart of stacked bars."""

    left: int
    height: int
    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the chart, or a place under it, with its words."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: which series it is of, its stretches as SVG has points, and its single points."""

    run: int
    stretches: tuple[str, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart."""

    left: int
    right: int
    top: int
    bottom: int
    height: int
    across: tuple[Mark, ...]
    under: tuple[Mark, ...]
    lines: tuple[Line, ...]


def bars(rows: Sequence[tuple[str, Sequence[tuple[float, str]]]]) -> Bars:
    """Return a bar chart: for each thing its title, and for each series a value and its text."""
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


def stacked(rows: Sequence[tuple[str, Sequence[float]]]) -> Stacked:
    """Return stacked bars: for each thing its title, and a value for each series."""
    most = max((sum(values) for _, values in rows), default=0) or 1
    room = WIDTH - _LABELS - _NUMBERS
    stacks, top = [], 4
    for title, values in rows:
        parts, left = [], float(_LABELS)
        for run, value in enumerate(values):
            width = round(room * value / most, 1)
            if value:
                parts.append(Part(run, left, width, f"{value:g}" if width >= _INSIDE else ""))
            left = round(left + width, 1)
        total = f"{sum(values):g}"
        stacks.append(Stack(_short(title), top, top + _BAR // 2 + 6, tuple(parts), left, total))
        top += _BAR + _GAP
    return Stacked(_LABELS, top, tuple(stacks))


def lines(
    series: Sequence[Sequence[float | None]],
    labels: Sequence[str] | None = None,
    *,
    most: int = 260,
    ceiling: float | None = None,
    unit: str = "",
) -> Lines:
    """Return a line chart.

    Args:
        series: For each its values from left to right, None where there is none.
        labels: What stands under each place; counted from 0 where none are given.
        most: Places that are drawn.
        ceiling: What the axis ends at, such as 100 for shares; by the values where None.
        unit: What stands after the numbers of the axis.
    """
    count = max(2, min(most, max((len(each) for each in series), default=0)))
    step = _step(series, ceiling)
    right, bottom = WIDTH - _PLOT_RIGHT, _PLOT_TOP + _PLOT_HEIGHT

    def x(place: int) -> float:
        return round(_PLOT_LEFT + (right - _PLOT_LEFT) * place / (count - 1), 1)

    def y(value: float) -> float:
        return round(bottom - _PLOT_HEIGHT * value / (step * _STEPS), 1)

    shown = labels if labels is not None else [str(place) for place in range(count)]
    every = max(1, math.ceil(len(shown[:count]) / _TICKS))
    return Lines(
        _PLOT_LEFT,
        right,
        _PLOT_TOP,
        bottom,
        bottom + 50,
        tuple(Mark(y(number * step), f"{number * step:g}{unit}") for number in range(_STEPS + 1)),
        tuple(Mark(x(place), shown[place]) for place in range(0, min(count, len(shown)), every)),
        tuple(
            _line(run, [(x(at), None if v is None else y(v)) for at, v in enumerate(each[:count])])
            for run, each in enumerate(series)
        ),
    )


def _step(series: Sequence[Sequence[float | None]], ceiling: float | None) -> float:
    if ceiling is not None:
        return ceiling / _STEPS
    top = max((value for each in series for value in each if value is not None), default=0)
    return max(1, -(-math.ceil(top) // _STEPS))


def _line(run: int, points: Sequence[tuple[float, float | None]]) -> Line:
    stretches: list[list[str]] = [[]]
    known = []
    for x, y in points:
        if y is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{x},{y}")
            known.append((x, y))
    return Line(run, tuple(" ".join(each) for each in stretches if each), tuple(known))


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
