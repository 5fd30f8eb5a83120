"""The ledger of facts, and the exceptions on record."""

from typing import Any
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
    if old := replaced - {each.fact_id for each in facts}:
        work.connection.execute(
            case_facts.update().where(case_facts.c.id.in_(old)).values(current=False)
        )
    if facts:
        rows = [{**_fact(each, work), "current": each.fact_id not in replaced} for each in facts]
        work.connection.execute(case_facts.insert(), rows)
    exceptions = [
        _exception(each, work)
        for each in work.changes
        if isinstance(each, changes.ExceptionRecorded) and each.case_id == case_id
    ]
    if exceptions:
        work.connection.execute(lawful_exceptions.insert(), exceptions)


def _fact(entered: changes.FactRecorded, work: Work) -> dict[str, Any]:
    return {
        "id": entered.fact_id,
        "case_id": entered.case_id,
        "code": entered.code,
        "qualifier": entered.qualifier,
        "outcome": entered.outcome,
        "on": entered.on,
        "recorded_at": work.now,
        "recorded_by": work.actor.id,
        "reason": entered.reason,
        "source": entered.source,
        "replaces": entered.replaces,
        "instance_id": entered.instance_id,
    }


def _exception(claimed: changes.ExceptionRecorded, work: Work) -> dict[str, Any]:
    return {
        "id": claimed.exception_id,
        "case_id": claimed.case_id,
        "duty": claimed.duty,
        "qualifier": claimed.qualifier,
        "ground": claimed.ground,
        "from_date": claimed.from_date,
        "to_date": claimed.to_date,
        "told_family_on": claimed.told_family_on,
        "reason": claimed.reason,
        "decided_by": work.actor.id,
        "recorded_at": work.now,
    }
