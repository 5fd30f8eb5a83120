"""What the templates of the transition plan print."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from werkzeug.datastructures import MultiDict

from engine.store import definitions
from webapp.presentation import dates
from workflows.bootstrap import System
from workflows.queries.learner_page import Entry
from workflows.queries.transition_plan import LearnerRow, PlanFilter, TransitionPlan
from workflows.transition import load
from workflows.transition.model import (
    KIND_NAMES,
    Kind,
    school_year_name,
    school_year_of,
    year_group_name,
)
from workflows.transition.schedule import STATE_NAMES, State

PROCESS: Final = "statement_transfer"
KINDS: Final = KIND_NAMES
STATES: Final = STATE_NAMES
STATE_TAGS: Final = {
    State.NOT_PLACED: "govuk-tag--grey",
    State.PLACED: "govuk-tag--light-blue",
    State.STARTED: "govuk-tag--blue",
    State.WILL_MISS: "govuk-tag--orange",
    State.MISSED: "govuk-tag--red",
    State.DONE: "govuk-tag--green",
}
KIND_WORDS: Final = {
    "added": "Added",
    "imported": "Imported",
    "corrected": "Corrected",
    "placed": "Placed",
    "started": "Transfer review started",
    "removed": "Taken out",
}
BAR_ROOM: Final = 400  # units of the drawing that the longest bar takes
BAR_STEP: Final = 34
DEEPEST: Final = 1_000_000  # rows: an offset beyond is no page of ours


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart: its cohort, how many learners, and where it is drawn."""

    code: str
    title: str
    count: int
    unplaced: int
    last_day: dt.date
    top: int
    width: int


def filter_of(arguments: MultiDict[str, str]) -> PlanFilter:
    """Return the filter of an address; what is not known is passed over."""
    cohorts = {each.code for each in load.current().cohorts}
    cohort, state = arguments.get("cohort", ""), arguments.get("state", "")
    return PlanFilter(
        arguments.get("q", "").strip()[:100],
        cohort if cohort in cohorts else "",
        arguments.get("setting", "").strip()[:100],
        state if state in set(State) else "",
        arguments.get("final", "") == "yes",
    )


def offset_of(arguments: MultiDict[str, str]) -> int:
    """Return where a page begins."""
    text = arguments.get("from", "")
    return min(int(text), DEEPEST) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 (digits of a number that is no page any more)


def next_link(arguments: MultiDict[str, str], following: int | None) -> str:
    """Return the address of the next page, "" at the end."""
    if following is None:
        return ""
    kept = {key: value for key, value in arguments.items() if key != "from" and value}
    return f"?{urlencode({**kept, 'from': following})}"


def bars(plan: TransitionPlan) -> list[Bar]:
    """Return the counts by cohort, in the order of the plan."""
    most = max((count for count, _ in plan.by_cohort.values()), default=0) or 1
    return [
        Bar(
            each.code,
            each.title,
            plan.by_cohort[each.code][0],
            plan.by_cohort[each.code][1],
            each.last_day,
            position * BAR_STEP,
            round(BAR_ROOM * plan.by_cohort[each.code][0] / most),
        )
        for position, each in enumerate(load.current().cohorts)
    ]


def state_tag(state: State) -> tuple[str, str]:
    """Return word and class for how a move stands."""
    return STATE_NAMES[state], STATE_TAGS[state]


def month(day: dt.date | None) -> str:
    """Return a month in words, "" for none."""
    return f"{day:%B %Y}" if day else ""


def finals() -> list[tuple[Kind, dt.date]]:
    """Return the day that none of a kind may pass."""
    return [(kind, load.current().final(kind).last_day) for kind in Kind]


def about(row: LearnerRow, today: dt.date) -> list[tuple[str, str]]:
    """Return the rows of a learner's summary."""
    details, standing = row.details, row.standing
    now = school_year_of(today)
    setting = load.current().settings.get(details.setting_kind)
    rows = [
        ("Holds", KIND_NAMES[Kind(details.kind)]),
        ("Date of birth", dates.long_date(details.date_of_birth)),
        (
            "Year group",
            f"{year_group_name(details.year_group)} in {school_year_name(details.school_year)}",
        ),
        (
            "Would be now in",
            year_group_name(details.learner.year_group_in(now))
            if now != details.school_year
            else "",
        ),
        ("Setting", ", ".join(filter(None, (row.setting, setting.title if setting else "")))),
        ("Leaves it in", str(details.leaves_in or "")),
        ("Statement or assessment of", dates.long_date(details.statement_date)),
        ("Cohort", standing.cohort.title),
        ("Last legal day", dates.long_date(standing.cohort.last_day)),
        ("Review begins by", dates.long_date(standing.start_by)),
        ("Proposed month", month(standing.proposed)),
        (
            "Placed in",
            f"{month(row.progress.month)}: {row.month_reason}" if row.progress.month else "",
        ),
        ("Review began", dates.long_date(row.progress.started)),
        ("Review ended", dates.long_date(row.progress.done)),
    ]
    return [(key, value) for key, value in rows if value]


def entry(found: Entry) -> tuple[str, str]:
    """Return an entry of the history in words: what, and more about it."""
    return KIND_WORDS.get(found.kind, found.kind), _detail(found.body)


def _detail(body: Mapping[str, Any]) -> str:
    parts = []
    if body.get("month"):
        parts.append(f"{month(dt.date.fromisoformat(body['month']))}.")
    if body.get("reason"):
        parts.append(str(body["reason"]))
    if body.get("file"):
        parts.append(f"From the file “{body['file']}”.")
    if body.get("before"):
        was = "; ".join(
            f"{name.replace('_', ' ')} was “{value}”"
            for name, value in sorted(body["before"].items())
        )
        parts.append(f"Before: {was}.")
    return " ".join(parts)


def start_address(here: System, learner_id: UUID) -> str:
    """Return where the review of a learner is started, "" while no published process takes one."""
    with here.read() as connection:
        bundle_id = definitions.live_bundle(connection, PROCESS)
    if bundle_id is None:
        return ""
    form = here.executor.bundles.get(bundle_id).start_form
    if all(each.id != "learner" for each in form.fields):
        return ""
    return f"/start/{PROCESS}?learner={learner_id}"
