"""What a simulation begins with: what was measured here, and guesses where too little was."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.definitions.elements import Element
from workflows.duties.advisers import ADVISERS
from workflows.queries.comparator_lines import OF_ENGLAND, comparator_lines
from workflows.queries.measured_durations import ENOUGH, Measured, MeasuredStep
from workflows.simulation.process import Process
from workflows.simulation.setup import Setup, Spread
from workflows.topics.select_funders import FUNDERS

CASES: Final = 1_000
WEEKLY: Final = 20.0
USUAL: Final = Spread(2, 5)
# Working days of the steps that take longer than usual, where nothing was measured.
GUESSED: Final[Mapping[str, Spread]] = {
    "give_views": Spread(8, 13),
    "give_setting_information": Spread(8, 12),
    "decide_to_assess": Spread(4, 7),
    "give_advice": Spread(20, 29),
    "hold_meeting": Spread(4, 7),
    "decide_on_plan": Spread(4, 7),
    "draft_plan": Spread(6, 10),
    "comment_on_draft": Spread(8, 11),
    "respond_to_consultation": Spread(9, 13),
    "decide_placement": Spread(4, 7),
}
# In England about a quarter of requests is refused, and 6 % of assessments end without a plan (SEN2).
# That advice is returned, health does not agree or a budget is wanted is a guess.
Shares = Mapping[tuple[str, str], Mapping[str, float]]
SHARES: Final[Shares] = {
    ("decide_to_assess", "decision_to_assess"): {"assess": 75, "refuse": 25},
    ("decide_on_plan", "plan_necessary"): {"yes": 94, "no": 6},
    ("check_advice", "advice_accepted"): {"yes": 95, "no": 5},
    ("agree_health_provision", "health_agrees"): {"yes": 95, "no": 5},
    ("comment_on_draft", "budget_wanted"): {"yes": 5, "no": 95},
}
# Of these, one answer has its share among the published statistics: which, and in which measure.
PUBLISHED_SHARES: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("decide_to_assess", "decision_to_assess"): ("refuse", "refused"),
    ("decide_on_plan", "plan_necessary"): ("no", "no_plan"),
}
# Whom the items of lists have as their role: `${adviser.role}`.
ITEM_ROLES: Final[Mapping[str, set[str]]] = {
    "adviser": {role for _, role in ADVISERS.values()},
    "funder": {role for _, role in FUNDERS.values()},
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the form of a simulation. `observed`: from how many tasks its time was measured."""

    element: str
    name: str
    role: str
    spread: Spread
    observed: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that decides, in the form: percent of each answer, and from how many."""

    element: str
    element_name: str
    field: str
    label: str
    parts: tuple[tuple[str, str, float], ...]  # value, label, percent
    observed: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the form of a simulation is filled with at first."""

    setup: Setup
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...]
    roles: tuple[str, ...]
    arrivals_observed: int


def published_shares(connection: sa.Connection) -> Shares:
    """Return England's shares of the newest published year, of the answers that have some."""
    found: dict[tuple[str, str], Mapping[str, float]] = {}
    for key, (answer, measure) in PUBLISHED_SHARES.items():
        lines = comparator_lines(connection, measure)
        points = next((each.points for each in lines if each.kind == OF_ENGLAND), ())
        if points:
            (other,) = (each for each in SHARES[key] if each != answer)
            share = points[-1][1]
            found[key] = {answer: share, other: 100 - share}
    return found


def beginning(
    process: Process, measured: Measured, today: dt.date, published: Shares = SHARES
) -> Beginning:
    """Return what is known or guessed of a process.

    Args:
        process: Whose steps and questions.
        measured: What was measured here.
        today: The simulation begins with its week.
        published: Shares that go before the guesses, as `published_shares` gives them.
    """
    steps = tuple(_steps(process, measured))
    choices = tuple(_choices(process, measured, {**SHARES, **published}))
    monday = today - dt.timedelta(days=today.weekday())
    setup = Setup(
        cases=CASES,
        weekly=measured.weekly or WEEKLY,
        begins=monday,
        usual=USUAL,
        durations={(each.element, each.role): each.spread for each in steps},
        shares={
            (each.element, each.field): {value: part for value, _, part in each.parts}
            for each in choices
        },
    )
    roles = tuple(sorted({each.role for each in steps if each.role}))
    return Beginning(setup, steps, choices, roles, measured.began if measured.weekly else 0)


def _steps(process: Process, measured: Measured) -> list[Step]:
    known = {(each.element, each.role): each for each in measured.steps}
    return [
        Step(task.id, task.name or task.id, role, *_spread(task.id, known.get((task.id, role))))
        for task in process.tasks
        for role in sorted(_roles(task, known) or {""})
    ]


def _roles(task: Element, known: Mapping[tuple[str, str], MeasuredStep]) -> set[str]:
    """Return who may do a task: its lane's role, or those that its expression can come to."""
    if task.role.expression is None:
        return {task.role.literal}
    item = task.role.expression.text.partition(".")[0]
    return ITEM_ROLES.get(item, set()) | {role for element, role in known if element == task.id}


def _spread(element: str, measured: MeasuredStep | None) -> tuple[Spread, int]:
    if measured is None:
        return _guess(element), 0
    for each in (measured.from_taking, measured.from_opening):
        if each.observed >= ENOUGH:
            return Spread(each.median, each.p80), each.observed
    return _guess(element), 0


def _guess(element: str) -> Spread:
    return GUESSED.get(element, USUAL)


def _choices(process: Process, measured: Measured, usual: Shares) -> list[Choice]:
    found = []
    for each in process.deciders:
        key = (each.element_id, each.field.id)
        counted = measured.shares.get(key, {})
        observed = sum(counted.get(value, 0) for value, _ in each.values)
        even = dict.fromkeys((value for value, _ in each.values), 1.0)
        parts: Mapping[str, float] = counted if observed >= ENOUGH else usual.get(key, even)
        total = sum(parts.get(value, 0.0) for value, _ in each.values) or 1.0
        found.append(
            Choice(
                each.element_id,
                each.element_name,
                each.field.id,
                each.field.label,
                tuple(
                    (value, label, round(100 * parts.get(value, 0.0) / total, 1))
                    for value, label in each.values
                ),
                observed if observed >= ENOUGH else 0,
            )
        )
    return found
