"""How this authority publishes diagrams, and who set that."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.access import people as access
from workflows.access.people import OWNER
from workflows.store.draft_tables import publishing_rules as rules
from workflows.store.tables import memberships, people


@dataclass(frozen=True, slots=True)
class PublishingRules:
    """Whether a second person must approve; `owners` are the names of those who could."""

    second_person: bool
    changed_at: dt.datetime | None
    changed_by: str
    owners: tuple[str, ...]


def publishing_rules(connection: sa.Connection) -> PublishingRules:
    """Return the rules; before anybody set them, no second person is wanted."""
    row = connection.execute(
        sa.select(rules.c.second_person, rules.c.changed_at, rules.c.changed_by)
    ).one_or_none()
    statement = (
        sa.select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role == OWNER, people.c.active)
        .order_by(people.c.name, people.c.id)
    )
    owners = tuple(each.name for each in connection.execute(statement))
    if row is None:
        return PublishingRules(second_person=False, changed_at=None, changed_by="", owners=owners)
    by = access.names(connection, {row.changed_by}).get(row.changed_by, "")
    return PublishingRules(row.second_person, row.changed_at, by, owners)
