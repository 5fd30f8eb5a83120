"""One case of the demo is restricted, so that a manager meets a glass to break."""

import sqlalchemy as sa

from workflows.access import people
from workflows.bootstrap import System
from workflows.commands.restrict_case import RestrictCase
from workflows.demo import organisation
from workflows.store.tables import cases, parties

WHO = "casework2"
REASON = "The child’s aunt works in SEN casework, South. Only Tom Hargreaves is to see this case."


def restrict_one(system: System) -> None:
    """Restrict the newest open case in the north whose parent does not sign in, if there is one."""
    signed_up = sa.exists().where(parties.c.case_id == cases.c.id, parties.c.person_id != "")
    with system.read() as connection:
        found = connection.execute(
            sa.select(cases.c.id)
            .where(cases.c.status == "open", cases.c.area == "north", ~signed_up)
            .order_by(cases.c.reference.desc())
            .limit(1)
        ).scalar_one_or_none()
        who = people.person(connection, organisation.person_id(WHO))
    if found is not None:
        system.execute(RestrictCase(found, "colleague_family", REASON), who)
