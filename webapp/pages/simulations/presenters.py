"""What a simulation found, as rows that stand side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from webapp.pages.simulations.form import role_name
from webapp.presentation import charts
from workflows.simulation import result as results, setup as setups
from workflows.simulation.result import DutyFound, EndFound, Result, RoleFound, StepFound
from workflows.store.simulations import Simulation, State

TAGS: Final = {
    State.WAITING: ("Waiting", "govuk-tag--grey"),
    State.RUNNING: ("Running", "govuk-tag--blue"),
    State.DONE: ("Done", "govuk-tag--green"),
    State.FAILED: ("Failed", "govuk-tag--red"),
    State.STOPPED: ("Stopped", "govuk-tag--grey"),
    State.INTERRUPTED: ("Interrupted", "govuk-tag--orange"),
}
LONGEST_LIST: Final = 8  # roles whose queue gets a chart
NONE: Final = "–"
_QUARTER_YEAR: Final = 13  # weeks between two rows of the table of queues
Number = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, the cells of each run, and how the second differs in the main one."""

    title: str
    runs: tuple[tuple[str, ...], ...]
    difference: str


@dataclass(frozen=True, slots=True)
class Queue:
    """How much work of a role waited, over the weeks."""

    role: str
    chart: charts.Lines
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All that the page of a result shows."""

    labels: tuple[str, ...]
    summary: tuple[Row, ...]
    duties: tuple[Row, ...]
    duties_chart: charts.Bars
    steps: tuple[Row, ...]
    roles: tuple[Row, ...]
    queues: tuple[Queue, ...]
    ends: tuple[Row, ...]
    ends_chart: charts.Lines | None
    main_end: str
    weeks: tuple[Row, ...]
    stuck: tuple[tuple[str, str, int], ...]


def found(simulation: Simulation) -> Found | None:
    """Return what was found, None where nothing was."""
    if not simulation.results:
        return None
    runs = [results.of_json(each) for each in simulation.results]
    labels = tuple(str(each["label"]) for each in simulation.runs)
    duties = _paired(runs, lambda each: each.duties, lambda each: (each.code,))
    steps = _paired(runs, lambda each: each.steps, lambda each: (each.element, each.role))
    roles = _paired(runs, lambda each: each.roles, lambda each: (each.role,))
    ends = _paired(runs, lambda each: each.ends, lambda each: (each.element,))
    main = _main_end(ends)
    return Found(
        labels,
        _summary(runs),
        tuple(_duty(each) for each in duties),
        charts.bars([(_any(each).title, [_late(one) for one in each]) for each in duties]),
        tuple(_step(each) for each in steps if any(one and one.longest for one in each)),
        tuple(_role(each) for each in roles),
        tuple(_queues(roles)),
        tuple(_end(each) for each in ends),
        charts.lines([_weeks(each) for each in main]) if main else None,
        _any(main).name if main else "",
        tuple(_weeks_rows(main)) if main else (),
        tuple(
            (label, why, count)
            for label, run in zip(labels, runs, strict=True)
            for why, count in run.stuck
        ),
    )


def given(simulation: Simulation) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each run its label and what it was given, in words."""
    shown = []
    for run in simulation.runs:
        setup = setups.of_json(run["setup"])
        rows = [
            ("Cases", f"{setup.cases:,}, {setup.weekly:g} a week"),
            ("They begin", "at even distances" if setup.even else "by chance"),
            ("Cut off after", f"{setup.weeks} weeks"),
            ("Chance begins with", str(setup.seed)),
        ]
        rows += [
            (
                role_name(role),
                f"{_count(each.people, 'person', 'people')}, {each.each} at the same time each",
            )
            for role, each in sorted(setup.capacities.items())
        ]
        shown.append((str(run["label"]), rows))
    return shown


def _summary(runs: Sequence[Result]) -> tuple[Row, ...]:
    counted: list[tuple[str, Callable[[Result], int]]] = [
        ("Cases that began", lambda each: each.cases),
        ("Came to their end", lambda each: each.finished),
        ("Not over when the simulation was cut off", lambda each: each.unfinished),
        ("Could not go on", lambda each: sum(count for _, count in each.stuck)),
        ("Reminders and other timers that fired", lambda each: each.timers),
    ]
    return tuple(
        _row(title, [(float(value(each)), f"{value(each):,}") for each in runs], ())
        for title, value in counted
    )


def _paired(
    runs: Sequence[Result],
    part: Callable[[Result], Sequence[Any]],
    key: Callable[[Any], tuple[str, ...]],
) -> list[tuple[Any | None, ...]]:
    """Return what several runs found of the same thing, in the order of the first that has it."""
    known: dict[tuple[str, ...], None] = {}
    by_run: list[Mapping[tuple[str, ...], Any]] = []
    for run in runs:
        found_here = {key(each): each for each in part(run)}
        by_run.append(found_here)
        known.update(dict.fromkeys(found_here))
    return [tuple(each.get(name) for each in by_run) for name in known]


def _any(each: Sequence[Any | None]) -> Any:  # noqa: ANN401 (whichever kind it is)
    return next(one for one in each if one is not None)


def _late(found_here: DutyFound | None) -> Number:
    if found_here is None:
        return 0.0, NONE
    return 100 * found_here.share, f"{100 * found_here.share:.1f}%"


def _duty(each: Sequence[DutyFound | None]) -> Row:
    cells = [
        (f"{one.owed:,}", f"{one.late:,}", _days(one.days_late)) if one else (NONE, NONE, NONE)
        for one in each
    ]
    return _row(_any(each).title, [_late(one) for one in each], cells, unit=" points")


def _step(each: Sequence[StepFound | None]) -> Row:
    first: StepFound = _any(each)
    main = [(one.mean, _days(one.mean)) if one else (0.0, NONE) for one in each]
    cells = [
        (_days(one.p80), _days(one.longest), f"{one.most_waiting:,}") if one else (NONE, NONE, NONE)
        for one in each
    ]
    return _row(f"{first.name} ({role_name(first.role)})", main, cells, unit=" days")


def _role(each: Sequence[RoleFound | None]) -> Row:
    first: RoleFound = _any(each)
    main = [_busy(one) for one in each]
    cells = [
        (f"{one.done:,}", str(one.places or "no limit")) if one else (NONE, NONE) for one in each
    ]
    limited = all(one and one.places for one in each)
    return _row(role_name(first.role), main, cells, unit=" points" if limited else "")


def _busy(one: RoleFound | None) -> Number:
    if one is None:
        return 0.0, NONE
    if one.places is None:
        return one.busy, f"{one.busy:.1f} in hand"
    return 100 * one.busy, f"{100 * one.busy:.0f}% of places"


def _queues(roles: Sequence[Sequence[RoleFound | None]]) -> list[Queue]:
    """Return the roles whose work waited, those with the longest queues first."""
    waited = [each for each in roles if any(one and any(one.waiting) for one in each)]
    waited.sort(key=lambda each: -max(max(one.waiting) for one in each if one and one.waiting))
    return [_queue(each) for each in waited[:LONGEST_LIST]]


def _queue(each: Sequence[RoleFound | None]) -> Queue:
    runs = [one.waiting if one else () for one in each]
    last = max(len(one) for one in runs)
    rows = [
        _row(
            f"Week {week}",
            [
                (float(one[week]), f"{one[week]:,}") if week < len(one) else (0.0, "0")
                for one in runs
            ],
            (),
        )
        for week in range(0, last, _QUARTER_YEAR)
    ]
    return Queue(role_name(_any(each).role), charts.lines(runs), tuple(rows))


def _end(each: Sequence[EndFound | None]) -> Row:
    main = [(one.median, _weeks_text(one.median)) if one else (0.0, NONE) for one in each]
    cells = [(f"{one.cases:,}", _weeks_text(one.p80)) if one else (NONE, NONE) for one in each]
    return _row(_any(each).name, main, cells, unit=" weeks")


def _main_end(ends: Sequence[tuple[EndFound | None, ...]]) -> tuple[EndFound | None, ...]:
    """Return the end that most cases came to."""
    return max(ends, key=lambda each: sum(one.cases for one in each if one), default=())


def _weeks(one: EndFound | None) -> tuple[int, ...]:
    return one.weeks if one else ()


def _weeks_rows(each: Sequence[EndFound | None]) -> list[Row]:
    runs = [_weeks(one) for one in each]
    last = max(len(one) for one in runs)
    return [
        _row(
            f"{week} to {week + 1} weeks",
            [(float(n), f"{n:,}") for n in (one[week] if week < len(one) else 0 for one in runs)],
            (),
        )
        for week in range(last)
        if any(week < len(one) and one[week] for one in runs)
    ]


def _row(
    title: str,
    main: Sequence[Number],
    cells: Sequence[tuple[str, ...]],
    *,
    unit: str = "",
) -> Row:
    filled = [(text, *(cells[number] if cells else ())) for number, (_, text) in enumerate(main)]
    return Row(title, tuple(filled), _difference(main, unit))


def _difference(main: Sequence[Number], unit: str) -> str:
    if len(main) < 2 or any(text == NONE for _, text in main):  # noqa: PLR2004 (two runs)
        return ""
    by = round(main[1][0] - main[0][0], 1)
    if not by:
        return "the same"
    sign = "+" if by > 0 else "−"
    return f"{sign}{abs(by):,g}{unit}"


def _days(number: float) -> str:
    return f"{number:.1f} days"


def _weeks_text(number: float) -> str:
    return f"{number:.1f} weeks"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
