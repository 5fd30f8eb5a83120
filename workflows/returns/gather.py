"""Gather what cases give to the return from their rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.duties.facts import Fact, LawfulException
from workflows.returns.material import Material
from workflows.store import return_materials

NUMBERS = ("urn", "ukprn")


def materials(connection: sa.Connection, case_ids: Sequence[UUID]) -> tuple[Material, ...]:
    """Return cases as the return sees them, by their identifiers' order; those gone are left out."""
    read = return_materials.read(connection, case_ids)
    return tuple(_material(row, read) for row in read.cases)


def _material(row: Any, read: return_materials.Read) -> Material:  # noqa: ANN401
    setting = read.settings.get(row.setting_id, {})
    return Material(
        case_id=row.id,
        reference=row.reference,
        seq=row.history_seq,
        process_key=row.process_key,
        first_name=row.child_first_name,
        last_name=row.child_last_name,
        born=row.child_date_of_birth,
        details=row.details,
        area=row.area,
        team_id=read.teams.get(row.id, ""),
        opened_at=row.opened_at,
        facts=tuple(Fact(*each) for each in read.facts.get(row.id, ())),
        exceptions=tuple(LawfulException(*each) for each in read.exceptions.get(row.id, ())),
        request_source=read.sources.get(row.id, ""),
        setting={each: str(setting[each]) for each in NUMBERS if setting.get(each)},
        addresses=tuple(address for _, address in read.addresses.get(row.id, ())),
        phase_dues=dict(read.phase_dues.get(row.id, ())),
        withheld=row.hidden_address or row.details.get("address_withheld") == "1",
    )
