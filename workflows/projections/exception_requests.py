"""Lawful exceptions that are asked for, granted or refused."""

from uuid import UUID

from engine.unit_of_work import Work
from workflows import changes
from workflows.store.intervention_tables import exception_requests


def project(case_id: UUID, work: Work) -> None:
    """Write what was asked for, and what was decided, in this unit."""
    for each in work.changes:
        if isinstance(each, changes.ExceptionAsked) and each.case_id == case_id:
            _asked(each, work)
        elif isinstance(each, changes.ExceptionDecided) and each.case_id == case_id:
            _decided(each, work)


def _asked(asked: changes.ExceptionAsked, work: Work) -> None:
    work.connection.execute(
        exception_requests.insert(),
        {
            "id": asked.request_id,
            "case_id": asked.case_id,
            "duty": asked.duty,
            "qualifier": asked.qualifier,
            "ground": asked.ground,
            "from_date": asked.from_date,
            "to_date": asked.to_date,
            "told_family_on": asked.told_family_on,
            "reason": asked.reason,
            "documents": [dict(one) for one in asked.documents],
            "status": "asked",
            "asked_by": work.actor.id,
            "asked_at": work.now,
            "decided_by": "",
            "answer": "",
        },
    )


def _decided(decided: changes.ExceptionDecided, work: Work) -> None:
    values: dict[str, object] = {
        "status": "granted" if decided.granted else "refused",
        "decided_by": work.actor.id,
        "decided_at": work.now,
        "answer": decided.answer,
        "exception_id": decided.exception_id,
    }
    if decided.told_family_on is not None:
        values["told_family_on"] = decided.told_family_on
    work.connection.execute(
        exception_requests.update()
        .where(exception_requests.c.id == decided.request_id)
        .values(values)
    )
