"""Let the bundle of a subject access request be downloaded, or say why there is none."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import subject_requests


@dataclass(frozen=True, slots=True)
class EndSubjectRequest:
    """The bundle of `request_id` is at `location` of the document store; or there is a `problem`."""

    request_id: UUID
    location: str = ""
    sha256: str = ""
    problem: str = ""


def end_subject_request(command: EndSubjectRequest, work: Work) -> None:
    """Let it be downloaded for some weeks; or tell what failed, so that it is released again."""
    if command.problem:
        subject_requests.fail(work.connection, command.request_id, command.problem)
        return
    made = (command.location, command.sha256)
    subject_requests.finish(work.connection, command.request_id, made, now=work.now)
