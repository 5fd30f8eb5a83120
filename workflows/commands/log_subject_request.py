"""Log that somebody asked to see what is held about a child and their family."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.access import privacy_law
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.store import closures, subject_requests
from workflows.store.subject_requests import NewRequest

NAME_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class LogSubjectRequest:
    """Log a request about `case_id` that `requester` made, and that came in on a day."""

    case_id: UUID
    requester: str
    received_on: dt.date
    request_id: UUID = field(default_factory=uuid4)


def log_subject_request(command: LogSubjectRequest, work: Work) -> None:
    """Log it, with the day by which it must be answered, for all cases of the child.

    Raises:
        errors.Invalid: nobody is named, or it came in tomorrow.
    """
    requester = " ".join(command.requester.split())
    wrong: dict[str, tuple[str, ...]] = {}
    if not requester or len(requester) > NAME_LIMIT:
        wrong["requester"] = (f"Enter who asked, in at most {NAME_LIMIT} characters",)
    if command.received_on > london.local_date(work.now):
        wrong["received_on"] = ("The day on which it came in must be today or in the past",)
    if wrong:
        raise errors.Invalid("The request cannot be logged like this.", errors=wrong)
    work.lock_subject(command.case_id)
    calendar = WorkingCalendar(closures.days(work.connection))
    subject_requests.add(
        work.connection,
        NewRequest(
            command.request_id,
            command.case_id,
            requester,
            command.received_on,
            privacy_law.answer_by(command.received_on, calendar),
            (work.now, work.actor.id),
            subject_requests.cases_of_child(work.connection, command.case_id),
        ),
    )
    work.record(
        access_changes.SubjectRequestLogged(
            None, command.case_id, command.request_id, command.received_on
        )
    )
