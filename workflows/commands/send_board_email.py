"""Send the board of a week to a manager who wants it."""

import datetime as dt
from dataclasses import dataclass

from engine import changes, errors
from engine.unit_of_work import Work
from workflows.store import board


@dataclass(frozen=True, slots=True)
class SendBoardEmail:
    """Write the board to `person_id` in the week that begins on `week`, in these words."""

    person_id: str
    week: dt.date
    subject: str
    text: str


class NoSuchReader(errors.NotFound):
    """There is nobody to write to."""


def send_board_email(command: SendBoardEmail, work: Work) -> None:
    """Queue the email; a second call in a week does nothing.

    Raises:
        NoSuchReader: they have left.
    """
    email = board.email_of(work.connection, command.person_id)
    if email is None:
        raise NoSuchReader
    if not board.claim_email(work.connection, command.person_id, command.week, work.now):
        return
    payload: changes.Values = {"to": email, "subject": command.subject, "text": command.text}
    key = f"board:{command.person_id}:{command.week.isoformat()}"
    work.record(changes.OutgoingQueued(None, "email", key, payload))
