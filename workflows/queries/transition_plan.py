"""The transition plan: each learner with cohort, dates and how the move stands, and the counts."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.calendar import london
from workflows.rulebook import load as rulebook
from workflows.store import search
from workflows.store.learners import NOT_DONE
from workflows.store.tables import agencies, cases
from workflows.store.transition_tables import learners
from workflows.transition import load, schedule
from workflows.transition.details import LearnerDetails
from workflows.transition.model import Kind
from workflows.transition.schedule import Progress, Standing, State

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which learners to list; "" is any. `text` is part of a name, `setting` of a setting's name."""

    text: str = ""
    cohort: str = ""
    setting: str = ""
    state: str = ""
    misses_final: bool = False


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner. The case is that of the transfer review, None before one has begun."""

    id: UUID
    details: LearnerDetails
    setting: str
    progress: Progress
    standing: Standing
    month_reason: str
    case_id: UUID | None
    case_reference: str
    revision: int


@dataclass(frozen=True, slots=True)
class TransitionPlan:
    """A page of the plan.

    Attributes:
        rows: The learners chosen, the earliest last day first.
        total: How many were chosen.
        following: Where the next page begins, None at the end.
        by_cohort: How many learners each cohort has, and how many of them are not placed.
        by_state: How many learners are in each state.
        misses_final: How many of each kind will pass, or have passed, the day that none may.
        learners: How many there are in all.
    """

    rows: tuple[LearnerRow, ...]
    total: int
    following: int | None
    by_cohort: Mapping[str, tuple[int, int]]
    by_state: Mapping[State, int]
    misses_final: Mapping[Kind, int]
    learners: int


def transition_plan(
    connection: sa.Connection,
    chosen: PlanFilter,
    *,
    today: dt.date,
    limit: int = PAGE,
    offset: int = 0,
    hidden: Collection[UUID] = (),
) -> TransitionPlan:
    """Return a page of the plan; learners whose case is one of `hidden` are not listed.

    The cohort of a learner and how the move stands follow from dates and are kept nowhere, so that
    they are never out of date. The price is that all learners are looked at for each page: a county
    has a few thousand, which takes a tenth of a second.
    """
    everyone = [_row(row, today) for row in connection.execute(_select())]
    found = [row for row in everyone if row.case_id not in hidden and _is_chosen(row, chosen)]
    found.sort(key=_order)
    placed = Counter(row.standing.cohort.code for row in everyone)
    open_ = Counter(
        row.standing.cohort.code for row in everyone if row.standing.state == State.NOT_PLACED
    )
    states = Counter(row.standing.state for row in everyone)
    late = Counter(Kind(row.details.kind) for row in everyone if row.standing.misses_final)
    more = offset + limit
    return TransitionPlan(
        rows=tuple(found[offset:more]),
        total=len(found),
        following=more if more < len(found) else None,
        by_cohort={
            each.code: (placed[each.code], open_[each.code]) for each in load.current().cohorts
        },
        by_state={state: states[state] for state in State},
        misses_final={kind: late[kind] for kind in Kind},
        learners=len(everyone),
    )


def learner_row(
    connection: sa.Connection, learner_id: UUID, *, today: dt.date
) -> LearnerRow | None:
    """Return one learner, None where there is none."""
    row = connection.execute(_select().where(learners.c.id == learner_id)).one_or_none()
    return _row(row, today) if row else None


def _select() -> sa.Select[Any]:
    return (
        sa.select(
            *learners.c,
            agencies.c.name.label("agency_name"),
            cases.c.reference,
            cases.c.outcome,
            cases.c.opened_at,
            cases.c.closed_at,
        )
        .outerjoin(agencies, agencies.c.id == learners.c.setting_id)
        .outerjoin(cases, cases.c.id == learners.c.case_id)
        .order_by(learners.c.last_name, learners.c.first_name, learners.c.id)
    )


def _row(row: Any, today: dt.date) -> LearnerRow:  # noqa: ANN401 (a row)
    details = LearnerDetails(
        row.first_name,
        row.last_name,
        row.date_of_birth,
        row.kind,
        row.year_group,
        row.school_year,
        row.setting_kind,
        row.setting_id,
        row.setting_name,
        row.leaves_in,
        row.statement_date,
    )
    progress = _progress(row)
    standing = schedule.standing(
        details.learner,
        progress,
        load.current(),
        limit=schedule.review_limit(rulebook.current(), Kind(row.kind)),
        today=today,
    )
    return LearnerRow(
        row.id,
        details,
        row.agency_name or row.setting_name,
        progress,
        standing,
        row.month_reason,
        row.case_id,
        row.reference or "",
        row.revision,
    )


def _progress(row: Any) -> Progress:  # noqa: ANN401 (a row)
    """Return what has happened; a review that was withdrawn or cancelled is still to be done."""
    if row.case_id is None or row.outcome in NOT_DONE:
        return Progress(row.month)
    return Progress(
        row.month,
        london.local_date(row.opened_at),
        london.local_date(row.closed_at) if row.closed_at else None,
    )


def _is_chosen(row: LearnerRow, chosen: PlanFilter) -> bool:
    standing = row.standing
    return (
        chosen.cohort in {"", standing.cohort.code}
        and chosen.state in {"", standing.state}
        and (standing.misses_final or not chosen.misses_final)
        and _has(f"{row.details.first_name} {row.details.last_name}", chosen.text)
        and _has(row.setting, chosen.setting)
    )


def _has(text: str, wanted: str) -> bool:
    return not wanted or search.fold(wanted) in search.fold(text)


def _order(row: LearnerRow) -> tuple[dt.date, str, str, str]:
    details = row.details
    names = details.last_name.casefold(), details.first_name.casefold()
    return (row.standing.cohort.last_day, *names, str(row.id))
