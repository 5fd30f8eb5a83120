"""Take note that the bundle of a subject access request is gone."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import subject_requests


@dataclass(frozen=True, slots=True)
class ForgetBundle:
    """The bundle of `request_id` was removed, since its time is over."""

    request_id: UUID


def forget_bundle(command: ForgetBundle, work: Work) -> None:
    """Let it be downloaded no more; that it was given stays on record."""
    subject_requests.forget(work.connection, command.request_id)
