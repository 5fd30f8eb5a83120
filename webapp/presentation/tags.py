"""States as tags: always a word, the colour only beside it."""

from typing import Final

from workflows.duties.standing import WORDS, Standing
from workflows.queries.deadline_list import DeadlineRow

CLASSES: Final = {
    Standing.ON_TRACK: "govuk-tag--blue",
    Standing.DUE_SOON: "govuk-tag--yellow",
    Standing.AT_RISK: "govuk-tag--pink",
    Standing.LATE: "govuk-tag--red",
    Standing.LAWFUL_EXCEPTION: "govuk-tag--purple",
    Standing.DONE_ON_TIME: "govuk-tag--green",
    Standing.DONE_LATE: "govuk-tag--orange",
    Standing.NO_LONGER_DUE: "govuk-tag--grey",
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
    return standing_tag(row.standing)


def standing_tag(standing: Standing) -> tuple[str, str]:
    """Return word and class for how a time limit stands."""
    return WORDS[standing], CLASSES[standing]


def case_tag(outcome: str) -> tuple[str, str]:
    """Return word and class for the outcome of a case."""
    return CASE_WORDS.get(outcome, CASE_WORDS[""])
