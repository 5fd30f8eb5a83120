"""Tasks that are done in the plan editor: the page shows how the plan stands, not its sections."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask

from engine import errors
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.definitions.forms import FormField
from webapp.auth import guard
from workflows.commands.complete_plan_task import CompletePlanTask, PlanNotReady
from workflows.plan import editing, sections
from workflows.plan.golden_thread import Severity
from workflows.queries import plan_page, task_page
from workflows.queries.task_page import TaskPage

_IN_EDITOR = {each.variable: each.code for each in sections.ALL}


@dataclass(frozen=True, slots=True)
class PlanState:
    """How a plan stands: how much is to mend and to check, and which sections are empty."""

    to_mend: int
    to_check: int
    empty: tuple[str, ...]


def fields(page: TaskPage) -> tuple[FormField, ...]:
    """Return the questions that the task page puts itself."""
    if not _is_done_in_editor(page):
        return page.form.fields
    return tuple(each for each in page.form.fields if each.id not in _IN_EDITOR)


def state(page: TaskPage) -> PlanState | None:
    """Return how the plan of a task stands, None for a task of another kind."""
    if not _is_done_in_editor(page) or not page.may_complete:
        return None
    with guard.system().read() as connection:
        plan = plan_page.plan_page(connection, guard.person(), page.item.case_id)
    errors_found = sum(each.severity == Severity.ERROR for each in plan.problems)
    asked = {_IN_EDITOR[each.id] for each in page.form.fields if each.id in _IN_EDITOR}
    return PlanState(
        errors_found,
        len(plan.problems) - errors_found,
        tuple(
            kind.letter
            for kind in sections.ALL
            if kind.code in asked & plan.readable and plan.whole.of(kind.code).is_empty
        ),
    )


def command(task_id: UUID, values: Mapping[str, Any], on_behalf: OnBehalf | None) -> object:
    """Return the command that completes a task with what was posted."""
    here = guard.system()
    with here.read() as connection:
        page = task_page.task_page(
            connection, guard.person(), task_id, here.executor.bundles, now=here.now()
        )
    if not _is_done_in_editor(page):
        return CompleteTask(task_id, dict(values), on_behalf)
    said = {name: value for name, value in values.items() if name not in _IN_EDITOR}
    return CompletePlanTask(task_id, said, on_behalf)


def error_list(page: TaskPage, refusal: errors.Refused | None) -> list[dict[str, str]]:
    """Return what stops the plan, each with a link to its section; nothing for other refusals."""
    if not isinstance(refusal, PlanNotReady):
        return []
    return [
        {
            "text": message,
            "href": flask.url_for(
                "plan.section", case_id=page.item.case_id, section=_IN_EDITOR[name]
            ),
        }
        for name, messages in refusal.errors.items()
        for message in messages
    ]


def _is_done_in_editor(page: TaskPage) -> bool:
    return page.element.form_key == editing.FORM_KEY
