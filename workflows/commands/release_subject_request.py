"""Decide what is given to somebody who asked, and what is blacked out."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.calendar import london
from workflows.store import subject_requests


@dataclass(frozen=True, slots=True)
class ReleaseSubjectRequest:
    """Release `request_id`.

    Attributes:
        redact: Texts that are blacked out wherever they stand.
        documents: Documents that were looked at and are given; all others are left out.
        checked: Whoever releases it has looked at what was found.
    """

    request_id: UUID
    redact: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    checked: bool = False


def release_subject_request(command: ReleaseSubjectRequest, work: Work) -> None:
    """Let a worker make the bundle.

    Raises:
        errors.Invalid: nobody says that they have looked.
        subject_requests.NoSuchRequest: there is none.
        subject_requests.Released: that was decided before.
    """
    if not command.checked:
        missing = ("Confirm that you have checked what is released",)
        raise errors.Invalid("Check what is released.", errors={"checked": missing})
    found = subject_requests.load(work.connection, command.request_id)
    work.lock_subject(found.case_id)
    choices = {
        "cases": [str(each) for each in found.cases],
        "redact": sorted({each.strip() for each in command.redact if each.strip()}),
        "documents": sorted(set(command.documents)),
    }
    today = london.local_date(work.now)
    subject_requests.release(
        work.connection, command.request_id, choices, by=work.actor.id, on=today
    )
    work.record(
        access_changes.SubjectRequestReleased(
            None, found.case_id, found.id, len(choices["redact"]), len(choices["documents"])
        )
    )
