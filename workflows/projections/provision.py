"""What the newest issued plan has as needs and provision, and which of it is not made."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from engine.changes import Change
from engine.unit_of_work import Work
from workflows import changes
from workflows.plan import document, questions, sections
from workflows.store.report_tables import plan_items, unmet_provision


def project(recorded: Sequence[Change], case_id: UUID, work: Work) -> None:
    """Write what was issued, and what was told of provision."""
    for each in recorded:
        if isinstance(each, changes.PlanFrozen):
            _replace(each, work)
        elif isinstance(each, changes.ProvisionUnmet):
            work.connection.execute(unmet_provision.insert(), _told(each, work))
        elif isinstance(each, changes.ProvisionMadeAgain):
            work.connection.execute(
                unmet_provision.update()
                .where(unmet_provision.c.case_id == case_id, unmet_provision.c.id == each.unmet_id)
                .values(made_again=each.on, how=each.how)
            )


def _replace(frozen: changes.PlanFrozen, work: Work) -> None:
    work.connection.execute(plan_items.delete().where(plan_items.c.case_id == frozen.case_id))
    rows = list(_items(frozen))
    if rows:
        work.connection.execute(plan_items.insert(), rows)


def _items(frozen: changes.PlanFrozen) -> Iterator[dict[str, Any]]:
    plan = document.load(frozen.document)
    labels = plan.labels()
    for part, codes in (("need", sections.NEEDS), ("provision", sections.PROVISION)):
        for code, row in plan.rows(*codes):
            yield {
                "case_id": frozen.case_id,
                "row_id": row.id,
                "section": code,
                "part": part,
                "kind": row.text("area" if part == "need" else "kind"),
                "label": labels[row.id],
                "title": questions.title_of(row),
            }


def _told(change: changes.ProvisionUnmet, work: Work) -> dict[str, Any]:
    return {
        "id": change.unmet_id,
        "case_id": change.case_id,
        "row_id": change.row_id,
        "section": change.section,
        "kind": change.kind,
        "label": change.label,
        "title": change.title,
        "reason": change.reason,
        "detail": change.detail,
        "since": change.since,
        "told_at": work.now,
        "told_by": work.actor.id,
        "how": "",
    }
