"""Put a token of an instance at another element."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import changes, reasons
from engine.checks.soundness.findings import Fault, Finding
from engine.checks.soundness.standing import faults
from engine.definitions import xml
from engine.runtime import tokens
from engine.runtime.run import Run
from engine.runtime.tokens import CannotMove, Token
from engine.store import definitions, instances
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class MoveToken:
    """Move a token of `instance_id` from one element to another, with a reason.

    Attributes:
        token_id: Which one, where several are at `from_element`.
    """

    instance_id: UUID
    from_element: str
    to_element: str
    reason: str
    token_id: UUID | None = None


_WORDS: Final = {
    Fault.DEADLOCK: "The process would wait for ever at “{name}”, since not all that it waits for "
    "there would still come.",
    Fault.LACK_OF_SYNCHRONISATION: "“{name}” would be done twice, since another part of the "
    "process comes there too.",
    Fault.TOO_LARGE: "“{name}” is too large to tell whether it could go on from there.",
}


def move_token(command: MoveToken, work: Work) -> None:
    """Move the token: what waits at the left element ends, the other is entered as if reached.

    The left element is not completed: nothing is recorded for it.

    Raises:
        errors.Invalid: no reason is given.
        tokens.CannotMove: it cannot go there, or the process could not go on from there.
        unit_of_work.Suspended: the process is suspended.
        unit_of_work.Ended: the process has ended.
    """
    reason = reasons.given(command.reason)
    run = work.run_of(command.instance_id)
    token = _token_meant(command, run)
    tokens.target(run.bundle, token, command.to_element)
    _refuse_unsound(token, command.to_element, run, work)
    incident_id = instances.incident_of(work.connection, run.instance_id, token.id)
    if incident_id is not None:
        work.record(
            changes.IncidentResolved(run.instance_id, incident_id, token.element.id, "moved on")
        )
    run.move_token(token, command.to_element, reason)
    work.collect(run)


def _token_meant(command: MoveToken, run: Run) -> Token:
    """Return the token that a command is about.

    Raises:
        CannotMove: there is none, or it does not say which of several.
    """
    name = run.bundle.elements.get(command.from_element)
    words = name.name if name else command.from_element[:60]
    found = [
        each
        for each in run.active_tokens
        if each.element.id == command.from_element and command.token_id in {None, each.id}
    ]
    whole = [each for each in found if not each.is_one_of_many]
    if not found:
        raise tokens.no("from", f"The process is not at “{words}” any more.")
    if len(whole) > 1:
        raise tokens.no("from", f"The process is at “{words}” several times. Say which is meant.")
    return whole[0] if whole else found[0]


def _refuse_unsound(token: Token, goal: str, run: Run, work: Work) -> None:
    """Refuse a move after which tokens would wait for ever or meet, unless they would anyway."""
    members = definitions.members_of(work.connection, run.bundle.id)
    roots = {key: xml.parse(data, name=key) for key, data in members.files.items()}
    root = roots[token.element.process_key]
    before, after = tokens.standing(token, moved_to=goal)

    def found(standing: Sequence[tokens.Standing]) -> tuple[Finding, ...]:
        places = [(each.node, each.source) for each in standing]
        return faults(root, roots, token.scope, places)

    new = _new(found(before), found(after))
    if new is not None:
        raise CannotMove(
            (sentence := _WORDS[new.fault].format(name=new.name)), errors={"to": (sentence,)}
        )


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> Finding | None:
    known = {(each.fault, each.element) for each in before}
    return next((each for each in after if (each.fault, each.element) not in known), None)
