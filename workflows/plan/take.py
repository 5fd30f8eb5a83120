"""Take over into the working plan what a task's form says about its sections."""

from collections.abc import Sequence

from engine import changes as engine_changes
from workflows import changes
from workflows.context import CaseContext
from workflows.plan import document, sections, text
from workflows.plan.model import Plan
from workflows.store import plans

_VARIABLES = frozenset(each.variable for each in sections.ALL)


def take(
    case: CaseContext, recorded: Sequence[engine_changes.Change]
) -> tuple[changes.PlanSectionChanged, ...]:
    """Return what completed tasks change in the working plan: texts that it does not say already."""
    given: dict[str, object] = {}
    for each in recorded:
        if isinstance(each, engine_changes.TaskCompleted):
            given |= {name: value for name, value in each.values.items() if name in _VARIABLES}
    if not given:
        return ()
    kept = plans.working(case.work.connection, case.case_id)
    before = document.load(kept.document)
    return changed(case, before, text.with_texts(before, given), kept.revision)


def changed(
    case: CaseContext, before: Plan, after: Plan, revision: int
) -> tuple[changes.PlanSectionChanged, ...]:
    """Return the changes from one plan to another: a section each, with the next revision."""
    return tuple(
        changes.PlanSectionChanged(
            None, case.case_id, code, revision + 1, document.dump_content(after.of(code))
        )
        for code in after.changed_from(before)
    )
