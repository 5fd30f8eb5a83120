"""Restricted cases that a search names exactly: that they are there, and no more."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import sight
from workflows.access.people import Person
from workflows.store import search
from workflows.store.privacy_tables import restrictions
from workflows.store.tables import cases

MOST = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A restricted case: its reference is all that is told."""

    case_id: UUID
    reference: str


def restricted_matches(connection: sa.Connection, person: Person, text: str) -> tuple[Match, ...]:
    """Return restricted cases whose reference, or whole name, is what was searched for.

    A part of a name, or one that is only like it, finds none, so that nobody learns by trying. Stands
    on the key of restrictions, of which there are few.
    """
    folded = search.fold(text)
    if not person.sees_all_cases or not folded:
        return ()
    rows = connection.execute(
        sa.select(cases.c.id, cases.c.reference, cases.c.search_text)
        .join(restrictions, restrictions.c.case_id == cases.c.id)
        .where(
            ~sight.not_hidden(person, cases.c.id),
            sa.or_(
                cases.c.reference == text.strip().upper(),
                cases.c.search_text.startswith(f"{folded} ", autoescape=True),
            ),
        )
        .order_by(cases.c.reference)
        .limit(MOST)
    )
    return tuple(
        Match(row.id, row.reference)
        for row in rows
        if _whole(row.search_text, row.reference, folded)
    )


def _whole(kept: str, reference: str, folded: str) -> bool:
    """Tell whether a text is the whole name, or the reference, and not the beginning of one."""
    own = search.fold(reference)
    return folded in {own, kept.removesuffix(own).strip()}
