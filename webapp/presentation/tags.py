"""States as tags: always a word, the colour only beside it."""

from typing import Final

from workflows.duties.deadlines import Status
from workflows.queries.deadline_list import DeadlineRow

SOON: Final = 10  # days
WORDS: Final = {
    Status.OPEN: ("On track", "govuk-tag--blue"),
    Status.LATE: ("Late", "govuk-tag--red"),
    Status.MET: ("Done on time", "govuk-tag--green"),
    Status.MET_LATE: ("Done late", "govuk-tag--orange"),
    Status.VOID: ("No longer due", "govuk-tag--grey"),
    Status.EXCUSED: ("Lawful exception", "govuk-tag--purple"),
}
CASE_WORDS: Final = {
    "": ("Open", "govuk-tag--blue"),
    "issued": ("Plan issued", "govuk-tag--green"),
    "refused": ("Assessment refused", "govuk-tag--grey"),
    "no_plan": ("No plan issued", "govuk-tag--grey"),
    "withdrawn": ("Withdrawn", "govuk-tag--grey"),
    "moved_away": ("Moved away", "govuk-tag--grey"),
    "adopted": ("Plan taken over", "govuk-tag--green"),
    "ceased": ("Plan ceased", "govuk-tag--grey"),
    "cancelled": ("Cancelled", "govuk-tag--grey"),
}
GROUP_CLASSES: Final = {
    "Critically overdue": "govuk-tag--red",
    "Overdue": "govuk-tag--orange",
    "Due soon": "govuk-tag--yellow",
    "Not due yet": "govuk-tag--grey",
}


def deadline_tag(row: DeadlineRow) -> tuple[str, str]:
    """Return word and class for a deadline."""
    if row.status == Status.OPEN and row.days_left <= SOON:
        return "Due soon", "govuk-tag--yellow"
    return WORDS[row.status]


def status_tag(status: Status) -> tuple[str, str]:
    """Return word and class for how a deadline stands."""
    return WORDS[status]


def case_tag(outcome: str) -> tuple[str, str]:
    """Return word and class for the outcome of a case."""
    return CASE_WORDS.get(outcome, CASE_WORDS[""])
