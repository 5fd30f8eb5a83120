"""Task lists and the task page."""

import dataclasses
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.changes import TaskAssigned, TaskOpened
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import OnBehalf
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.queries import definition_list
from webapp.auth import guard
from webapp.forms import read, uploads
from webapp.pages.tasks import lateness, plan_task, presenters, sending
from webapp.presentation import problem
from workflows.access import people, record
from workflows.commands.add_document import AddDocument
from workflows.duties import delays
from workflows.queries import (
    case_page,
    link_list,
    task_page as task_query,
    where_work_waits,
    work_list as list_query,
)

blueprint: Final = flask.Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("")
@guard.requires()
def work_list() -> str:
    """Show one's own tasks, the team's, or those that others have."""
    here, now = guard.system(), guard.system().now()
    arguments = flask.request.args
    chosen = presenters.filter_of(arguments, now)
    person = guard.person()
    with here.read() as connection:
        version = presenters.version_of(arguments)
        runs = where_work_waits.version_bundles(connection, chosen.part, version)
        chosen = dataclasses.replace(chosen, bundles=runs)
        found = list_query.work_list(
            connection, person, chosen, now=now, cursor=flask.request.args.get("cursor")
        )
        running = {each.key: each.name for each in definition_list.processes(connection)}
        mates = dict(people.team_mates(connection, person))
    choices = presenters.filters(chosen, person, processes=running, mates=mates)
    return flask.render_template(
        "tasks/work_list.html",
        found=found,
        groups=presenters.grouped(found.page.items),
        chosen=chosen,
        filters=choices,
        tags=presenters.removable(chosen, choices),
        next_link=presenters.next_link(found.page.next_cursor),
        kept=presenters.kept(arguments),
    )


@blueprint.get("/<uuid:task_id>")
@guard.requires()
def task(task_id: UUID) -> str:
    """Show a task with its form."""
    return _page(task_id)


@blueprint.post("/<uuid:task_id>/claim")
@guard.requires()
def claim(task_id: UUID) -> Response:
    """Take a task."""
    guard.system().execute(ClaimTask(task_id), guard.person())
    flask.flash("The task is yours.", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/<uuid:task_id>/release")
@guard.requires()
def release(task_id: UUID) -> Response:
    """Give a task back to its team."""
    guard.system().execute(ReleaseTask(task_id), guard.person())
    flask.flash("The task is back with the team.", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/<uuid:task_id>/assign")
@guard.requires()
def assign(task_id: UUID) -> Response:
    """Give a task to a colleague."""
    command = AssignTask(task_id, flask.request.form.get("assignee", ""))
    given = guard.system().execute(command, guard.person()).of(TaskAssigned)
    passed_on = f" {given[-1].reason}." if len(given) > 1 else ""  # to who stands in
    flask.flash(f"The task has been assigned.{passed_on}", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/claim")
@guard.requires()
def claim_several() -> Response:
    """Take several tasks at once; those that a colleague took meanwhile are left."""
    taken, left = 0, 0
    for text in flask.request.form.getlist("task")[:200]:
        try:
            guard.system().execute(ClaimTask(UUID(text)), guard.person())
            taken += 1
        except (errors.Conflict, ValueError):
            left += 1
    left_over = f" {left} had been taken by colleagues." if left else ""
    flask.flash(f"{taken} {'task is' if taken == 1 else 'tasks are'} yours.{left_over}", "success")
    return flask.redirect("/tasks?scope=mine", 303)


@blueprint.post("/<uuid:task_id>/draft")
@guard.requires()
def draft(task_id: UUID) -> Response | tuple[str, int]:
    """Keep what was typed so far; the page does so by itself as well."""
    values = _posted(task_id)
    quiet = flask.request.headers.get("X-Requested-With") == "autosave"
    try:
        guard.system().execute(SaveDraft(task_id, values), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        if quiet:
            return refusal.message, problem.status_of(refusal)
        return _page(task_id, values, refusal), problem.status_of(refusal)
    if quiet:
        return "", 204
    flask.flash("Your draft is saved.", "success")
    return flask.redirect(flask.url_for("tasks.task", task_id=task_id), 303)


@blueprint.post("/<uuid:task_id>/complete")
@guard.requires()
def complete(task_id: UUID) -> Response | tuple[str, int]:
    """Complete a task; what was typed is shown again when it cannot be."""
    values = _posted(task_id)
    source = flask.request.form.get("on_behalf_of", "").strip()
    command = plan_task.command(task_id, values, OnBehalf(source) if source else None)
    try:
        sending.demand_check(task_id, values)
        lateness.explain(lateness.of_task(task_id))
        outcome = guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(task_id, values, refusal), problem.status_of(refusal)
    opened = [each.name for each in outcome.of(TaskOpened)]
    flask.flash(presenters.what_next(opened), "success")
    return flask.redirect(flask.url_for("tasks.done", task_id=task_id), 303)


@blueprint.get("/<uuid:task_id>/done")
@guard.requires()
def done(task_id: UUID) -> str:
    """Say what happens next, and offer the next task."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
        case = case_page.case_page(connection, person, page.item.case_id, now=now)
        rest = list_query.work_list(connection, person, list_query.WorkFilter(), now=now)
    record.record_view(
        here.engine, person, page.item.case_id, what="what happens next", why=case.why, now=now
    )
    return flask.render_template(
        "tasks/done.html",
        page=page,
        case_tasks=case.tasks,
        following=next(iter(rest.page.items), None),
        role_names=people.ROLE_NAMES,
    )


def _posted(task_id: UUID) -> dict[str, Any]:
    """Return the posted values; files are kept as documents of the case first."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = task_query.task_page(
            connection, person, task_id, here.executor.bundles, now=here.now()
        )
    values = read.posted(page.form, flask.request.form)
    for field, files in uploads.chosen(page.form, flask.request.files):
        known = values.get(field.id)
        ids: list[Any] = list(known) if isinstance(known, list) else []
        for each in files:
            stored = here.documents.put(each.filename or "", each.read())
            command = AddDocument(
                page.item.case_id, each.filename or "", "evidence", stored, task_id=task_id
            )
            here.execute(command, person)
            ids.append(str(command.document_id))
        values[field.id] = ids
    return values


def _page(
    task_id: UUID,
    values: dict[str, Any] | None = None,
    refusal: errors.Refused | None = None,
) -> str:
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
        case = case_page.case_page(connection, person, page.item.case_id, now=now)
        links = link_list.link_list(connection, person, task_id, now=now)
        quicker = people.names(connection, {(refusal.details if refusal else {}).get("by", "")})
    record.record_view(
        here.engine,
        person,
        page.item.case_id,
        what=f"task: {page.item.name}",
        why=case.why,
        now=now,
    )
    return flask.render_template(
        "tasks/task.html",
        page=page,
        case=case,
        links=links,
        values={**page.values, **(values or {})},
        refusal=refusal,
        errors=dict(refusal.errors) if refusal else {},
        error_list=plan_task.error_list(page, refusal) or presenters.error_list(page.form, refusal),
        plan=plan_task.state(page),
        fields=plan_task.fields(page),
        quicker=presenters.quicker(refusal, quicker),
        documents={str(each.id): each.title for each in case.documents},
        on_behalf_of=flask.request.form.get("on_behalf_of", ""),
        late=lateness.unexplained(page, case),
        letters=sending.letters(page, values),
        delay_reasons=[{"value": code, "text": text} for code, text in delays.REASONS],
        role_names=people.ROLE_NAMES,
    )
