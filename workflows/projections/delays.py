"""The reasons given for delays: the newest for each time limit."""

from uuid import UUID

from engine.store.database import upsert
from engine.unit_of_work import Work
from workflows import changes
from workflows.store.tables import delay_reasons


def project(case_id: UUID, work: Work) -> None:
    """Write the reasons given in this unit."""
    for each in work.changes:
        if isinstance(each, changes.DelayExplained) and each.case_id == case_id:
            given = {
                "reason": each.reason,
                "detail": each.detail,
                "given_by": work.actor.id,
                "given_at": work.now,
            }
            statement = upsert(delay_reasons, work.connection).values(
                case_id=case_id, duty=each.duty, qualifier=each.qualifier, **given
            )
            work.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["case_id", "duty", "qualifier"], set_=given
                )
            )
