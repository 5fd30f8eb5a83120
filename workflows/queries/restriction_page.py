"""What there is to choose when a case is restricted, and how it is restricted now."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people as directory, sight
from workflows.access.people import SEES_ALL, Person
from workflows.store import restrictions
from workflows.store.restrictions import Restriction
from workflows.store.tables import cases


@dataclass(frozen=True, slots=True)
class RestrictionPage:
    """A case with its restriction.

    Attributes:
        why: Why the person may see the case.
        restriction: None where it is not restricted.
        staff: Who can be named: id and name.
        teams: Teams with a part in the case: id and name.
        restricted_by: The name of who restricted it, "" where it is not.
    """

    case_id: UUID
    reference: str
    child_name: str
    why: str
    restriction: Restriction | None
    staff: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    restricted_by: str


def restriction_page(connection: sa.Connection, person: Person, case_id: UUID) -> RestrictionPage:
    """Return how a case is restricted, and what can be chosen.

    Raises:
        sight.NoSuchCase: it is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    row = connection.execute(
        sa.select(cases.c.reference, cases.c.child_first_name, cases.c.child_last_name).where(
            cases.c.id == case_id
        )
    ).one()
    held = restrictions.load(connection, case_id)
    by = held.restricted_by if held else ""
    return RestrictionPage(
        case_id,
        row.reference,
        f"{row.child_first_name} {row.child_last_name}",
        why,
        held,
        restrictions.who_can_be_named(connection, case_id, SEES_ALL),
        restrictions.teams_on_case(connection, case_id),
        directory.names(connection, {by}).get(by, ""),
    )
