"""The ledger of facts, and the exceptions on record."""

from uuid import UUID

from engine.unit_of_work import Work
from workflows import changes
from workflows.store.tables import case_facts, lawful_exceptions


def project(case_id: UUID, work: Work) -> None:
    """Append facts and exceptions; a corrected fact is no longer current."""
    facts = [
        each
        for each in work.changes
        if isinstance(each, changes.FactRecorded) and each.case_id == case_id
    ]
    replaced = {each.replaces for each in facts if each.replaces}
    within = {each.fact_id for each in facts}
    if old := replaced - within:
        work.connection.execute(
            case_facts.update().where(case_facts.c.id.in_(old)).values(current=False)
        )
    if facts:
        work.connection.execute(
            case_facts.insert(),
            [
                {
                    "id": each.fact_id,
                    "case_id": case_id,
                    "code": each.code,
                    "qualifier": each.qualifier,
                    "outcome": each.outcome,
                    "on": each.on,
                    "recorded_at": work.now,
                    "recorded_by": work.actor.id,
                    "reason": each.reason,
                    "source": each.source,
                    "replaces": each.replaces,
                    "current": each.fact_id not in replaced,
                }
                for each in facts
            ],
        )
    exceptions = [
        {
            "id": each.exception_id,
            "case_id": case_id,
            "duty": each.duty,
            "qualifier": each.qualifier,
            "ground": each.ground,
            "from_date": each.from_date,
            "to_date": each.to_date,
            "told_family_on": each.told_family_on,
            "reason": each.reason,
            "decided_by": work.actor.id,
            "recorded_at": work.now,
        }
        for each in work.changes
        if isinstance(each, changes.ExceptionRecorded) and each.case_id == case_id
    ]
    if exceptions:
        work.connection.execute(lawful_exceptions.insert(), exceptions)
