"""Add up what the agencies said that their parts of a personal budget cost."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine import changes as engine_changes, ports
from engine.changes import JsonValue
from engine.store.tables import tasks
from workflows.context import CaseContext

COSTED: Final = "cost_part"


def collect_costs(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `budget_costs` (label and amount of each part), `budget_total` and both in words.

    Amounts are in pounds a year. The answer that completes the last part is of this very unit of
    work; the others are read from the tasks of this process.
    """
    parts = sorted(_costs(call, case))
    costs: list[JsonValue] = [{"label": label, "amount": amount} for label, amount in parts]
    total = sum(amount for _, amount in parts)
    words = [f"{label} £{amount:,.2f}" for label, amount in parts]
    return ports.ServiceResult(
        {
            "budget_costs": costs,
            "budget_total": total,
            "budget_summary": f"{'; '.join(words)}; together £{total:,.2f} a year",
        }
    )


def _costs(call: ports.ServiceCall, case: CaseContext) -> Iterator[tuple[str, float]]:
    completed = {
        each.task_id: each.values
        for each in case.work.changes
        if isinstance(each, engine_changes.TaskCompleted) and each.element_id == COSTED
    }
    rows = case.work.connection.execute(
        sa.select(tasks.c.id, tasks.c.label, tasks.c["values"]).where(
            tasks.c.instance_id == call.instance_id,
            tasks.c.element_id == COSTED,
            tasks.c.status != "cancelled",
        )
    )
    for row in rows:
        values: Mapping[str, Any] = completed.get(row.id) or row.values or {}
        yield row.label, float(values.get("part_cost") or 0)
