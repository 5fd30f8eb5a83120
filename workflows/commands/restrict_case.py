"""Hide a case from all but those who are named."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import changes as engine_changes, errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.access import restricted
from workflows.access.people import SEES_ALL
from workflows.store import restrictions
from workflows.store.restrictions import Restriction

REASON_LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True)
class RestrictCase:
    """Restrict `case_id`: `kind` is a code of `access.restricted`.

    Attributes:
        people: Who keeps seeing it by name; whoever restricts it is always one of them.
        teams: Teams with a part in the case all of whose members keep seeing it.
    """

    case_id: UUID
    kind: str
    reason: str
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


def restrict_case(command: RestrictCase, work: Work) -> None:
    """Restrict the case, or choose anew who is let in.

    Tasks of the authority that somebody has who is not let in go back to their teams: whoever is let
    in can take them.

    Raises:
        errors.Invalid: a reason is missing, or somebody is named who cannot be.
    """
    reason = _checked(command, work)
    work.lock_subject(command.case_id)
    before = restrictions.load(work.connection, command.case_id)
    named = frozenset({*command.people, work.actor.id})
    restriction = Restriction(
        command.kind, reason, work.now, work.actor.id, named, frozenset(command.teams)
    )
    restrictions.keep(work.connection, command.case_id, restriction)
    left = restrictions.taken_by_others(work.connection, command.case_id, SEES_ALL, restriction)
    for row in left:
        work.instance(row.instance_id)
        work.record(engine_changes.TaskReleased(row.instance_id, row.id, "The case was restricted"))
    work.record(
        access_changes.CaseRestricted(
            None,
            command.case_id,
            command.kind,
            reason,
            tuple(sorted(named)),
            tuple(sorted(command.teams)),
            again=before is not None,
        )
    )


def _checked(command: RestrictCase, work: Work) -> str:
    wrong: dict[str, tuple[str, ...]] = {}
    reason = command.reason.strip()
    if command.kind not in restricted.TITLES:
        wrong["kind"] = ("Select why the case is restricted",)
    if not reason:
        wrong["reason"] = ("Enter the reason",)
    elif len(reason) > REASON_LIMIT:
        wrong["reason"] = (f"Reason must be {REASON_LIMIT} characters or less",)
    known = restrictions.who_can_be_named(work.connection, command.case_id, SEES_ALL)
    if not set(command.people) <= {each for each, _ in known}:
        wrong["people"] = ("Select people who would see this case without the restriction",)
    on_case = {each for each, _ in restrictions.teams_on_case(work.connection, command.case_id)}
    if not set(command.teams) <= on_case:
        wrong["teams"] = ("Select teams that have a part in this case",)
    if wrong:
        raise errors.Invalid("The case cannot be restricted like this.", errors=wrong)
    return reason
