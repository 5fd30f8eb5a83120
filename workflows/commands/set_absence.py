"""Be away for some days, with colleagues who stand in."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.access import people
from workflows.access.people import FAMILY, ROLE_NAMES, Membership, Person
from workflows.calendar import london
from workflows.store import absences
from workflows.store.absences import Deputy


@dataclass(frozen=True, slots=True)
class SetAbsence:
    """Let `person_id` be away from `from_date` to `to_date`, the last day.

    Attributes:
        deputies: Who stands in, for each role that the person has in a team.
        move_open: What they have when they leave moves as well, and comes back afterwards.
        reason: Why; needed of whoever enters it for somebody else.
    """

    person_id: str
    from_date: dt.date
    to_date: dt.date
    deputies: tuple[Deputy, ...] = ()
    move_open: bool = True
    reason: str = ""
    absence_id: UUID = field(default_factory=uuid4)


class AwayAlready(errors.Conflict):
    """There is an absence in these days already. End it first."""


def set_absence(command: SetAbsence, work: Work) -> None:
    """Keep the absence; the worker begins and ends it by its dates.

    Raises:
        people.NoSuchPerson: there is nobody of that identifier.
        errors.Invalid: dates, deputies or the reason do not fit, each named.
        AwayAlready: another absence of the person touches these days.
    """
    person = people.person(work.connection, command.person_id)
    absences.lock_all(work.connection)
    found = {
        **_wrong_dates(command, london.local_date(work.now)),
        **_wrong_deputies(command, person, work),
    }
    if work.actor.id != person.id and not command.reason.strip():
        found["reason"] = ("Enter a reason",)
    if found:
        raise errors.Invalid("The absence cannot be kept as it is.", errors=found)
    days = (command.from_date, command.to_date)
    if absences.between(work.connection, *days, person_ids=[person.id]):
        raise AwayAlready
    values = {
        "id": command.absence_id,
        "person_id": person.id,
        "from_date": command.from_date,
        "to_date": command.to_date,
        "reason": command.reason.strip()[:500],
        "move_open": command.move_open,
        "set_by": work.actor.id,
        "set_at": work.now,
    }
    absences.add(work.connection, values, command.deputies)


def _wrong_dates(command: SetAbsence, today: dt.date) -> dict[str, tuple[str, ...]]:
    if command.from_date < today:
        return {"from_date": ("The first day away must be today or later",)}
    if command.to_date < command.from_date:
        return {"to_date": ("The last day away must not be before the first",)}
    return {}


def _wrong_deputies(command: SetAbsence, person: Person, work: Work) -> dict[str, tuple[str, ...]]:
    given = {(each.team_id, each.role): each.person_id for each in command.deputies}
    own = [each for each in person.memberships if each.team_id and each.role != FAMILY]
    known = {(each.team_id, each.role) for each in own}
    found: dict[str, tuple[str, ...]] = {
        f"deputy.{team}.{role}": (f"{person.name} does not have this role in this team",)
        for team, role in given
        if (team, role) not in known
    }
    if not own:
        found["person"] = ("Only members of a team have colleagues who can stand in",)
    for each in own:
        wrong = _wrong_deputy(command, each, given.get((each.team_id, each.role), ""), work)
        if wrong:
            found[f"deputy.{each.team_id}.{each.role}"] = (wrong,)
    return found


def _wrong_deputy(command: SetAbsence, of: Membership, deputy: str, work: Work) -> str:
    """Return what is wrong with who stands in for a role in a team, "" for nothing."""
    where = f"{ROLE_NAMES.get(of.role, of.role)} in {of.team_name}"
    able = dict(people.colleagues(work.connection, of.team_id, of.role))
    able.pop(command.person_id, None)
    if not deputy:
        return f"Select who stands in for {where}" if able else ""
    if deputy not in able:
        name = people.names(work.connection, {deputy}).get(deputy, "Whoever you chose")
        return f"{name} does not do the work of {where}. Select a colleague who does"
    away = absences.between(work.connection, command.from_date, command.to_date)
    if _leads_back(away, deputy, command.person_id, (of.team_id, of.role)):
        return (
            f"{able[deputy]} is away in these days, and their work would come back in a circle. "
            "Select somebody else"
        )
    return ""


def _leads_back(
    away: list[absences.Away], deputy: str, person_id: str, of: tuple[str, str]
) -> bool:
    seen, ahead = set(), [deputy]
    while ahead:
        now = ahead.pop()
        if now == person_id:
            return True
        if now not in seen:
            seen.add(now)
            ahead += [
                each.deputies[of] for each in away if each.person_id == now and of in each.deputies
            ]
    return False
