"""The details of a case, as they were corrected."""

from uuid import UUID

import sqlalchemy as sa

from engine.unit_of_work import Work
from workflows import changes
from workflows.store.tables import cases


def project(case_id: UUID, work: Work) -> None:
    """Write the details that were corrected in this unit; those that are empty are taken away."""
    corrected = [
        each
        for each in work.changes
        if isinstance(each, changes.DetailsCorrected) and each.case_id == case_id
    ]
    if not corrected:
        return
    here = cases.c.id == case_id
    kept = dict(work.connection.execute(sa.select(cases.c.details).where(here)).scalar_one())
    for each in corrected:
        kept |= each.values
    details = {key: value for key, value in kept.items() if value}
    work.connection.execute(cases.update().where(here).values(details=details))
