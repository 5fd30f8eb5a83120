"""Escalate a case, or a task of it, to whoever answers for it."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import problem
from workflows.access import record
from workflows.access.people import CASEWORK, MANAGER, PANEL
from workflows.calendar import london
from workflows.commands.escalate_case import EscalateCase
from workflows.queries.escalation_form import EscalationForm, escalation_form

blueprint: Final = flask.Blueprint("escalations", __name__)


@blueprint.get("/cases/<uuid:case_id>/escalate")
@guard.requires(CASEWORK, MANAGER, PANEL)
def ask_case(case_id: UUID) -> str:
    """Ask who is to be told about a case, and why."""
    return _show(_of_case(case_id))


@blueprint.post("/cases/<uuid:case_id>/escalate")
@guard.requires(CASEWORK, MANAGER, PANEL)
def escalate_case(case_id: UUID) -> Response | tuple[str, int]:
    """Escalate a case."""
    return _carry_out(_of_case(case_id))


@blueprint.get("/tasks/<uuid:task_id>/escalate")
@guard.requires(CASEWORK, MANAGER, PANEL)
def ask_task(task_id: UUID) -> str:
    """Ask who is to be told about a task, and why."""
    return _show(_of_task(task_id))


@blueprint.post("/tasks/<uuid:task_id>/escalate")
@guard.requires(CASEWORK, MANAGER, PANEL)
def escalate_task(task_id: UUID) -> Response | tuple[str, int]:
    """Escalate a task."""
    return _carry_out(_of_task(task_id))


def _of_case(case_id: UUID) -> EscalationForm:
    with guard.system().read() as connection:
        return escalation_form(connection, guard.person(), case_id=case_id)


def _of_task(task_id: UUID) -> EscalationForm:
    with guard.system().read() as connection:
        return escalation_form(connection, guard.person(), task_id=task_id)


def _form(page: EscalationForm) -> FormDefinition:
    options = tuple((each.id, each.name) for each in page.reachable)
    return FormDefinition(
        (
            FormField("to", "Who is to be told", FieldType.ENUM, required=True, options=options),
            FormField(
                "reason",
                "What you need from them, and why",
                FieldType.TEXTAREA,
                required=True,
                maximum=1000,
                hint="It goes into the email. Do not name the child: the email has the reference.",
            ),
        )
    )


def _show(page: EscalationForm, refusal: errors.Refused | None = None) -> str:
    here, person, form = guard.system(), guard.person(), _form(page)
    record.record_view(
        here.engine, person, page.case_id, what="form: Escalate", why=page.why, now=here.now()
    )
    return flask.render_template(
        "escalations/escalate.html",
        page=page,
        form=form,
        values=read.posted(form, flask.request.form),
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
    )


def _carry_out(page: EscalationForm) -> Response | tuple[str, int]:
    here, form = guard.system(), _form(page)
    try:
        given = forms.validate(
            form,
            read.posted(form, flask.request.form),
            variables={},
            today=london.local_date(here.now()),
        )
        site = flask.current_app.extensions["settings"].site_url
        to, reason = str(given["to"]), str(given["reason"])
        command = EscalateCase(page.case_id, to, reason, site, page.task_id)
        here.execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _show(page, refusal), problem.status_of(refusal)
    flask.flash("It is on record, and an email is on its way.", "success")
    return flask.redirect(page.address, 303)
