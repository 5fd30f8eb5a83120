"""One version of a plan: one that was issued, or the working plan as far as a person reads it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.plan import document, sections
from workflows.plan.model import Plan
from workflows.queries.plan_page import PlanPage
from workflows.store import plans as store

EVERY = frozenset(sections.KINDS)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version.

    Attributes:
        label: What people call it.
        plan: All of it: show only the sections `shown`.
        intact: It is what was sealed.
    """

    number: int
    label: str
    plan: Plan
    shown: frozenset[str]
    intact: bool


class NoSuchVersion(errors.NotFound):
    """This case has no such version of a plan."""


def plan_version(connection: sa.Connection, page: PlanPage, number: int) -> PlanVersion:
    """Return version `number` of the plan on a page; 0 is the working plan.

    Raises:
        NoSuchVersion: there is none, or no part of it is the person's to read.
    """
    if number == 0:
        if not page.readable:
            raise NoSuchVersion
        return PlanVersion(0, "Working plan", page.whole, page.readable, intact=True)
    known = next((each for each in page.versions if each.number == number), None)
    row = store.version(connection, UUID(str(page.case.id)), number) if known else None
    if known is None or row is None:
        raise NoSuchVersion
    intact = document.seal(row.document) == row.sha256
    return PlanVersion(number, known.label, document.load(row.document), EVERY, intact=intact)
