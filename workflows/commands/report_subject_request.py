"""Tell how far the bundle of a subject access request is."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import subject_requests


@dataclass(frozen=True, slots=True)
class ReportSubjectRequest:
    """The bundle of `request_id` is made so far, from 0 to 1."""

    request_id: UUID
    progress: float


def report_subject_request(command: ReportSubjectRequest, work: Work) -> None:
    """Take note of it."""
    subject_requests.report(work.connection, command.request_id, command.progress, now=work.now)
