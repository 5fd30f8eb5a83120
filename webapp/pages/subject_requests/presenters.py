"""What the pages of subject access requests show."""

from collections.abc import Mapping
from typing import Final

from workflows.privacy import bundle, third_parties
from workflows.privacy.third_parties import Found
from workflows.queries.subject_request_page import Subject
from workflows.store.subject_requests import State

TAGS: Final[Mapping[State, tuple[str, str]]] = {
    State.OPEN: ("To be decided", "govuk-tag--yellow"),
    State.WAITING: ("Waits for a worker", "govuk-tag--light-blue"),
    State.RUNNING: ("Being made", "govuk-tag--light-blue"),
    State.READY: ("Ready", "govuk-tag--green"),
    State.FAILED: ("Could not be made", "govuk-tag--red"),
}


def others(subject: Subject) -> tuple[Found, ...]:
    """Return other people who are found in what is held, and how to reach them."""
    return third_parties.find(
        [held for _, held in subject.cases],
        own=(subject.child_name, subject.request.requester),
        staff=subject.staff,
    )


def counts(subject: Subject) -> list[tuple[str, int]]:
    """Return how many rows of each kind are held, as the bundle calls them."""
    found: dict[str, int] = {}
    for _, held in subject.cases:
        for table, rows in held.items():
            title = bundle.TITLES.get(table, table.replace("_", " ").capitalize())
            found[title] = found.get(title, 0) + len(rows)
    return sorted(found.items())
