"""End a case early: the request is withdrawn, or the child moved away."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from engine import errors, reasons
from engine.commands.deliver_message import DeliverMessage, deliver_message
from engine.unit_of_work import Work
from workflows.calendar import london


class Ending(StrEnum):
    """Why a case ends early; each is the name of a message in the diagrams."""

    WITHDRAWN = "request_withdrawn"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class EndCase:
    """Tell the running processes of a case that it ends, since when and why."""

    case_id: UUID
    ending: Ending
    on: dt.date
    reason: str


def end_case(command: EndCase, work: Work) -> None:
    """Deliver the message that the diagrams wait for.

    Raises:
        errors.Invalid: no reason, or a date in the future.
        deliver_message.NobodyWaits: the process has ended.
    """
    reason = reasons.given(command.reason)
    if command.on > london.local_date(work.now):
        raise errors.Invalid(
            "The date lies in the future.",
            errors={"on": ("The date must be today or in the past",)},
        )
    payload = {"ended_on": command.on.isoformat(), "ended_reason": reason}
    deliver_message(DeliverMessage(command.ending, command.case_id, payload), work)
