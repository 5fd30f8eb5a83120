"""Complete a task whose form is the plan editor: the plan itself answers for its sections."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from engine import errors
from engine.changes import JsonValue, Values
from engine.commands.complete_task import CompleteTask, OnBehalf, complete_task
from engine.unit_of_work import Work
from workflows.context import case_of
from workflows.plan import document, text
from workflows.plan.about import about
from workflows.plan.editing import is_final
from workflows.plan.golden_thread import Problem, Severity, check
from workflows.store import plans

NOT_AS_DECIDED: Final = "Section I does not say what was decided about the placement."


@dataclass(frozen=True, slots=True)
class CompletePlanTask:
    """Complete `task_id` with the texts of the working plan, and `values` for what else is asked."""

    task_id: UUID
    values: Values
    on_behalf: OnBehalf | None = None


class PlanNotReady(errors.Invalid):
    """The plan cannot be issued yet."""


def complete_plan_task(command: CompletePlanTask, work: Work) -> None:
    """Complete the task.

    Raises:
        PlanNotReady: the golden thread is broken; the errors name the sections.
        errors.Refused: as `complete_task` does.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    case = case_of(work, task.subject_id)
    plan = document.load(plans.working(work.connection, task.subject_id).document)
    known = about(case.case.details, case.facts)
    problems = check(plan, known, final=is_final(task.properties))
    decided = work.run_of(task.instance_id).scope_of_task(task.id).get("section_i")
    if is_final(task.properties) and decided and text.section_text(plan, "i") != decided:
        problems = (*problems, Problem(Severity.ERROR, "i", "", NOT_AS_DECIDED))
    _refuse(tuple(each for each in problems if each.severity == Severity.ERROR))
    asked = {each.id for each in work.element_of(task).form.fields}
    said: dict[str, JsonValue] = {
        name: value for name, value in text.texts(plan).items() if name in asked
    }
    complete_task(
        CompleteTask(command.task_id, {**command.values, **said}, command.on_behalf), work
    )


def _refuse(found: tuple[Problem, ...]) -> None:
    if not found:
        return
    named: dict[str, Any] = {}
    for each in found:
        key = f"section_{each.section}"
        named[key] = (*named.get(key, ()), each.message)
    raise PlanNotReady(errors=named)
