"""The deadlines of a case, derived anew whenever a fact or an exception changed."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from engine.unit_of_work import Work
from workflows.access.people import CASEWORK, FAMILY
from workflows.agencies.routing import Routing
from workflows.context import CaseContext
from workflows.duties.advisers import ROUND
from workflows.duties.deadlines import Deadline
from workflows.store.tables import deadlines, teams


def project(context: CaseContext, work: Work, routing: Routing) -> Sequence[dict[str, Any]]:
    """Write the deadlines of the case as its facts have them now; return them."""
    rows = [_row(each, context, work, routing) for each in context.deadlines()]
    known = _agencies(work, {row["team_id"] for row in rows})
    for row in rows:
        row["agency_id"] = known.get(row["team_id"], "")
    work.connection.execute(deadlines.delete().where(deadlines.c.case_id == context.case_id))
    if rows:
        work.connection.execute(deadlines.insert(), rows)
    return rows


def _row(deadline: Deadline, context: CaseContext, work: Work, routing: Routing) -> dict[str, Any]:
    duty = deadline.duty
    return {
        "case_id": context.case_id,
        "duty": duty.code,
        "qualifier": deadline.qualifier,
        "title": duty.title,
        "process_key": duty.processes[0],
        "team_id": _team(deadline, context, work, routing),
        "area": context.case.area,
        "opened": deadline.opened,
        "due": deadline.due,
        "target": deadline.target,
        "met": deadline.met,
        "voided": deadline.voided,
        "excused": deadline.excused,
        "ground": deadline.ground,
        "statutory": duty.statutory,
        "source": duty.source[:200],
        "state": deadline.state,
    }


def _team(deadline: Deadline, context: CaseContext, work: Work, routing: Routing) -> str:
    """Return the team that must act: by the duty's role, or by the adviser or setting it is for."""
    actor = deadline.duty.actor
    if actor == "education_setting" and _is_about_setting(deadline, context):
        return deadline.qualifier
    adviser = ROUND.sub("", deadline.qualifier)
    role = ADVISER_ROLES.get(adviser, CASEWORK) if actor == "adviser" else actor
    if role == FAMILY:
        return ""
    if role == "education_setting":
        return str(context.case.setting_id)
    values = {
        "role": role,
        "area": context.case.area,
        "phase": context.case.details.get("phase"),
        "setting": context.case.setting_id,
    }
    return routing.team_for(work.connection, values)


def _is_about_setting(deadline: Deadline, context: CaseContext) -> bool:
    kinds = context.rulebook.facts
    return any(kinds[each.code].qualified_by == "setting" for each in deadline.duty.opens_on)


def _agencies(work: Work, team_ids: set[str]) -> dict[str, str]:
    rows = work.connection.execute(
        sa.select(teams.c.id, teams.c.agency_id).where(teams.c.id.in_(team_ids))
    )
    return {row.id: row.agency_id for row in rows}


ADVISER_ROLES: Final = {
    "family": FAMILY,
    "education": "education_setting",
    "health": "health",
    "psychology": "educational_psychology",
    "social_care": "social_care",
    "preparation_for_adulthood": "education_setting",
    "sensory": "educational_psychology",
}
