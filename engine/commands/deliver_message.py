"""Let a message arrive at whoever waits for it."""

from dataclasses import dataclass, field
from uuid import UUID

from engine import changes, errors
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """Deliver `message` about a subject, with its payload."""

    message: str
    subject_id: UUID
    payload: changes.Values = field(default_factory=dict)


class NobodyWaits(errors.Conflict):
    """Nothing in this case waits for that message now."""


def deliver_message(command: DeliverMessage, work: Work) -> None:
    """Deliver the message to every token of the subject that waits for it and agrees with it.

    Where nothing waits, the processes that begin with the message are started.

    Raises:
        NobodyWaits: there is none.
    """
    delivered = 0
    for run in work.runs_of_subject(command.subject_id):
        for wait in list(run.waiting.messages.values()):
            if wait.id in run.waiting.messages and run.agrees(
                wait, command.message, command.payload
            ):
                run.deliver(wait.id, command.payload)
                work.collect(run)
                delivered += 1
    if not delivered:
        payload = command.payload
        delivered = work.start_by_message(command.message, command.subject_id, payload)
    if not delivered:
        raise NobodyWaits(
            f"Nothing in this case waits for the message “{command.message[:60]}” now."
        )
