"""The working plan, the versions that were issued, and comments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engine.changes import Change
from engine.store.database import upsert
from engine.unit_of_work import Work
from workflows import changes
from workflows.plan.model import SCHEMA
from workflows.store import plans as store
from workflows.store.plan_tables import plan_comments, plan_versions, plans


def project(recorded: Sequence[Change], case_id: UUID, work: Work) -> None:
    """Write what changed of a case's plan."""
    _working(
        [each for each in recorded if isinstance(each, changes.PlanSectionChanged)], case_id, work
    )
    frozen = [_version(each, work) for each in recorded if isinstance(each, changes.PlanFrozen)]
    if frozen:
        work.connection.execute(plan_versions.insert(), frozen)
    made = [_comment(each, work) for each in recorded if isinstance(each, changes.PlanCommented)]
    if made:
        last = store.last_comment(work.connection, case_id)
        numbered = [{**each, "place": last + place} for place, each in enumerate(made, 1)]
        work.connection.execute(plan_comments.insert(), numbered)


def _working(changed: list[changes.PlanSectionChanged], case_id: UUID, work: Work) -> None:
    if not changed:
        return
    kept = store.working(work.connection, case_id)
    contents = dict(kept.document.get("sections", {}))
    sections = dict(kept.changed)
    for each in changed:
        contents[each.section] = dict(each.content)
        sections[each.section] = {
            "revision": each.revision,
            "by": work.actor.id,
            "at": work.now.isoformat(),
        }
    values = {
        "revision": max(each.revision for each in changed),
        "document": {"schema": SCHEMA, "sections": contents},
        "changed": sections,
    }
    statement = upsert(plans, work.connection).values(case_id=case_id, **values)
    work.connection.execute(
        statement.on_conflict_do_update(index_elements=["case_id"], set_=values)
    )


def _version(change: changes.PlanFrozen, work: Work) -> dict[str, Any]:
    return {
        "case_id": change.case_id,
        "number": change.number,
        "final": change.final,
        "sha256": change.sha256,
        "document": dict(change.document),
        "frozen_at": work.now,
        "frozen_by": work.actor.id,
    }


def _comment(change: changes.PlanCommented, work: Work) -> dict[str, Any]:
    return {
        "id": change.comment_id,
        "case_id": change.case_id,
        "section": change.section,
        "version": change.version,
        "reply_to": change.reply_to,
        "text": change.text,
        "made_at": work.now,
        "made_by": work.actor.id,
    }
