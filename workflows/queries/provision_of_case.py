"""The provision of a case's newest issued plan, and which of it is not made."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access import sight
from workflows.access.people import Person
from workflows.plan import questions
from workflows.reports import unmet
from workflows.store.report_tables import plan_items, unmet_provision


@dataclass(frozen=True, slots=True)
class Told:
    """That a provision was or is not made. `made_again` None: it is not made now."""

    id: UUID
    label: str
    title: str
    since: dt.date
    reason: str
    detail: str
    made_again: dt.date | None
    how: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the plan; `unmet` tells since when it is not made, None where it is."""

    row_id: str
    label: str
    title: str
    kind: str
    agency: str
    unmet: Told | None


@dataclass(frozen=True, slots=True)
class ProvisionOfCase:
    """What the plan provides, and what was told of it, the newest first; `why` one may see it."""

    why: str
    provision: tuple[Provision, ...]
    told: tuple[Told, ...]


def provision_of_case(connection: sa.Connection, person: Person, case_id: UUID) -> ProvisionOfCase:
    """Return the provision of a case.

    Raises:
        sight.NoSuchCase: the case is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    rows = connection.execute(
        sa.select(*unmet_provision.c)
        .where(unmet_provision.c.case_id == case_id)
        .order_by(unmet_provision.c.since.desc(), unmet_provision.c.id)
    ).all()
    told = {row.id: _told(row) for row in rows}
    now = {row.row_id: told[row.id] for row in rows if row.made_again is None}
    items = connection.execute(
        sa.select(*plan_items.c)
        .where(plan_items.c.case_id == case_id, plan_items.c.part == "provision")
        .order_by(plan_items.c.section, sa.func.length(plan_items.c.label), plan_items.c.label)
    )
    kinds = dict(questions.PROVISION_KINDS)
    return ProvisionOfCase(
        why,
        tuple(
            Provision(
                row.row_id,
                row.label,
                row.title,
                kinds.get(row.kind, ""),
                unmet.AGENCIES[row.section],
                now.get(row.row_id),
            )
            for row in items
        ),
        tuple(told.values()),
    )


def _told(row: sa.Row[tuple[object, ...]]) -> Told:
    values = row._mapping  # noqa: SLF001 (SQLAlchemy's public name)
    return Told(
        values["id"],
        values["label"],
        values["title"],
        values["since"],
        unmet.TITLES.get(values["reason"], values["reason"]),
        values["detail"],
        values["made_again"],
        values["how"],
    )
