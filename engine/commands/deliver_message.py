"""Let a message arrive at whoever waits for it."""

from dataclasses import dataclass, field
from uuid import UUID

from engine import changes, errors
from engine.runtime.run import Run
from engine.runtime.waits import Wait
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """Deliver `message` about a subject, with its payload."""

    message: str
    subject_id: UUID
    payload: changes.Values = field(default_factory=dict)


class NobodyWaits(errors.Conflict):
    """Nothing in this case waits for that message now."""


class WhichOne(errors.Conflict):
    """Several steps of this case wait for that message, and it does not say which is meant."""


def deliver_message(command: DeliverMessage, work: Work) -> None:
    """Deliver the message to every token of the subject that waits for it and agrees with it.

    One that does not say which step it is for goes to the only one that waits. Where nothing waits,
    the processes that begin with the message are started.

    Raises:
        NobodyWaits: there is none.
        WhichOne: there are several; the details name what would tell them apart.
    """
    delivered = 0
    for run, wait in _meant(command, work):
        if wait.id in run.waiting.messages:
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


def _meant(command: DeliverMessage, work: Work) -> list[tuple[Run, Wait]]:
    waiting = [
        (run, wait)
        for run in work.runs_of_subject(command.subject_id)
        for wait in list(run.waiting.messages.values())
        if wait.element.message == command.message
    ]
    agreed = [
        (run, wait) for run, wait in waiting if run.agrees(wait, command.message, command.payload)
    ]
    silent = [
        (run, wait)
        for run, wait in waiting
        if run.correlation_of(wait).keys()
        and not run.correlation_of(wait).keys() & command.payload.keys()
    ]
    if agreed or not silent:
        return agreed
    if len(silent) > 1:
        named = sorted(_words(run.correlation_of(wait)) for run, wait in silent)
        raise WhichOne(
            "Several steps of this case wait for that message. Say which is meant: "
            + "; ".join(named)
        )
    return silent


def _words(correlation: changes.Values) -> str:
    return ", ".join(f"{key} {value}" for key, value in correlation.items())
