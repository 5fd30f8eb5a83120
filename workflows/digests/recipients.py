"""Whom a reminder, a chaser or an escalation must reach, by the tasks that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine import ports
from engine.store.tables import tasks
from workflows.access.people import CASEWORK, MANAGER, PANEL, ROLE_NAMES
from workflows.context import CaseContext
from workflows.rulebook.model import UnknownDuty
from workflows.store.tables import involvements, memberships

MANAGERS: Final = f"role:{MANAGER}"
# What diagrams call roles, beside their codes and names.
ROLES: Final[Mapping[str, str]] = {
    "panel": PANEL,
    "casework": CASEWORK,
    **{code: code for code in ROLE_NAMES},
    **{name.lower(): code for code, name in ROLE_NAMES.items()},
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Recipients (`person:…`, `team:…`, `role:manager`), and what it is about, naming nobody."""

    recipients: tuple[str, ...]
    about: str


def person(person_id: str) -> str:
    """Return how a person is named as a recipient."""
    return f"person:{person_id}"


def team(team_id: str) -> str:
    """Return how a team is named as a recipient."""
    return f"team:{team_id}"


def reached(how: str, call: ports.ServiceCall, case: CaseContext) -> Reached:
    """Return whom a reminder reaches.

    An escalation reaches the managers. Others reach whoever has the open task of the same adviser or
    setting (`qualifier`) or else of the role that `to` names; where nobody has, the role's teams.
    """
    role = ROLES.get(call.properties.get("to", "").lower().removeprefix("the ").strip(), "")
    found = _open_tasks(call.properties.get("qualifier", ""), role, case)
    about = _duty_title(call.properties.get("duty", ""), case)
    about = about or (found[0].name if found else call.name)
    if how == "escalate" or role == MANAGER:
        return Reached((MANAGERS,), about[:200])
    whom = [person(row.assignee) if row.assignee else team(row.team_id) for row in found]
    if not whom and role:
        whom = [team(each) for each in _teams_of(role, case)]
    return Reached(tuple(dict.fromkeys(whom)), about[:200])


def _open_tasks(qualifier: str, role: str, case: CaseContext) -> Sequence[Any]:
    """Return the tasks that are meant; stands on ix_tasks_subject_id."""
    rows = case.work.connection.execute(
        sa.select(tasks.c.name, tasks.c.role, tasks.c.team_id, tasks.c.assignee, tasks.c.item)
        .where(tasks.c.subject_id == case.case_id, tasks.c.status == "open")
        .order_by(tasks.c.opened_at, tasks.c.id)
    ).all()
    if qualifier:
        return [row for row in rows if row.team_id and (row.item or {}).get("code") == qualifier]
    return [row for row in rows if role and row.team_id and row.role == role]


def _teams_of(role: str, case: CaseContext) -> Sequence[str]:
    """Return the role's teams that are on the case, else all teams of the role."""
    connection = case.work.connection
    on_case = (
        connection.execute(
            sa.select(involvements.c.team_id)
            .where(involvements.c.case_id == case.case_id, involvements.c.role == role)
            .order_by(involvements.c.team_id)
        )
        .scalars()
        .all()
    )
    if on_case:
        return on_case
    return (
        connection.execute(
            sa.select(memberships.c.team_id)
            .distinct()
            .where(memberships.c.role == role, memberships.c.team_id != "")
            .order_by(memberships.c.team_id)
        )
        .scalars()
        .all()
    )


def _duty_title(code: str, case: CaseContext) -> str:
    try:
        return case.rulebook.newest(code).title if code else ""
    except UnknownDuty:
        return ""
