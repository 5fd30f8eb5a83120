"""What the templates of the register of phased duties print."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from webapp.presentation import dates
from workflows.queries.phased_duty_list import DutyFilter
from workflows.queries.phased_duty_page import Entry
from workflows.registers.model import PHASE_NAMES, STATE_NAMES, Force, State
from workflows.registers.reviews import KIND_NAMES, TIMER_NAMES, Timer

FORCE_NAMES: Final = {Force.MUST: "Must", Force.SHOULD: "Should"}
STATES: Final = STATE_NAMES
PHASES: Final = PHASE_NAMES
KINDS: Final = KIND_NAMES
TIMER_TAGS: Final = {
    Timer.ON_TRACK: "govuk-tag--blue",
    Timer.DUE_SOON: "govuk-tag--yellow",
    Timer.LATE: "govuk-tag--red",
}
STATE_TAGS: Final = {
    State.NOT_STARTED: "govuk-tag--grey",
    State.IN_PROGRESS: "govuk-tag--light-blue",
    State.IN_PLACE: "govuk-tag--green",
    State.NOT_IN_PLACE: "govuk-tag--orange",
}
FILTERS: Final = (
    ("force", "Must or should", tuple((each.value, name) for each, name in FORCE_NAMES.items())),
    ("phase", "Phase", tuple((each.value, name) for each, name in PHASE_NAMES.items())),
    ("state", "How far it is", tuple((each.value, name) for each, name in STATE_NAMES.items())),
    ("timer", "Review", tuple((each.value, name) for each, name in TIMER_NAMES.items())),
)
KIND_WORDS: Final = {
    "changed": "Owner or state changed",
    "reviewed": "Reviewed",
    "brought_forward": "Next review brought forward",
    "evidence_added": "Evidence added",
    "evidence_withdrawn": "Evidence withdrawn",
}


def filter_of(arguments: MultiDict[str, str]) -> DutyFilter:
    """Return the filter of an address; what is not known is passed over."""
    known = {name: {value for value, _ in options} for name, _, options in FILTERS}
    given = {name: arguments.get(name, "") for name in known}
    return DutyFilter(**{name: each if each in known[name] else "" for name, each in given.items()})


def timer_tag(timer: Timer) -> tuple[str, str]:
    """Return word and class for how a review stands."""
    return TIMER_NAMES[timer], TIMER_TAGS[timer]


def state_tag(state: State) -> tuple[str, str]:
    """Return word and class for how far a duty is."""
    return STATE_NAMES[state], STATE_TAGS[state]


def entry(found: Entry) -> tuple[str, str]:
    """Return an entry of the history in words: what, and more about it."""
    return KIND_WORDS.get(found.kind, found.kind), _detail(found.body)


def _detail(body: Mapping[str, Any]) -> str:
    parts = []
    if "owner" in body:
        parts.append(f"Owner: {body['owner'] or 'nobody'}.")
    if body.get("state") in set(State):
        parts.append(f"{STATE_NAMES[State(body['state'])]}.")
    if body.get("on"):
        parts.append(f"{dates.long_date(dt.date.fromisoformat(body['on']))}.")
    parts += [str(body[key]) for key in ("note", "finding", "text", "reason") if body.get(key)]
    parts += [str(body[key]) for key in ("link", "file") if body.get(key)]
    return " ".join(parts)
