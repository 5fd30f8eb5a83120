"""Why a late step is late: asked once, of staff, when they complete it."""

from typing import Any
from uuid import UUID

import flask

from engine import errors
from webapp.auth import guard
from workflows.access.people import FAMILY
from workflows.commands.explain_delay import ExplainDelay
from workflows.duties.deadlines import Status
from workflows.queries import case_page, task_page as task_query
from workflows.queries.case_page import CasePage
from workflows.queries.deadline_list import DeadlineRow
from workflows.queries.delay_explained import delay_explained
from workflows.queries.task_page import TaskPage


def unexplained(page: TaskPage, case: CasePage) -> DeadlineRow | None:
    """Return the time limit of a task that has passed without a reason given, None where none has."""
    if not guard.person().roles - {FAMILY}:
        return None
    for row in case.deadlines:
        own = row.duty == page.item.duty and row.qualifier in {"", page.qualifier}
        if own and row.status == Status.LATE:
            with guard.system().read() as connection:
                known = delay_explained(connection, row.case_id, row.duty, row.qualifier)
            return None if known else row
    return None


def of_task(task_id: UUID) -> DeadlineRow | None:
    """Return the same for a task by its identifier; a task that is closed is late for nobody."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
        if page.item.status != "open":
            return None
        case = case_page.case_page(connection, person, page.item.case_id, now=now)
    return unexplained(page, case)


def explain(late: DeadlineRow | None) -> None:
    """Record the reason that was posted.

    Raises:
        errors.Invalid: it was asked for and not given.
    """
    if late is None:
        return
    given: Any = flask.request.form
    command = ExplainDelay(
        late.case_id,
        late.duty,
        given.get("delay_reason", ""),
        given.get("delay_detail", ""),
        late.qualifier,
    )
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        named = {f"delay_{name}": texts for name, texts in refusal.errors.items()}
        raise errors.Invalid(refusal.message, errors=named) from refusal
