"""What is done with a case besides its tasks: documents, dates, exceptions, an early end."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.cases import action_forms, exception_forms
from webapp.presentation import problem
from workflows.access import record
from workflows.access.people import CASEWORK, MANAGER
from workflows.queries import case_page
from workflows.queries.awaited_messages import awaited_messages

blueprint: Final = flask.Blueprint("case_actions", __name__, url_prefix="/cases/<uuid:case_id>")


def _show(case_id: UUID, action: action_forms.Action, refusal: errors.Refused | None = None) -> str:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = case_page.case_page(connection, person, case_id, now=here.now())
    record.record_view(
        here.engine, person, case_id, what=f"form: {action.title}", why=page.why, now=here.now()
    )
    form = action.form(page)
    return flask.render_template(
        "cases/action.html",
        page=page,
        action=action,
        form=form,
        values=action_forms.values(form, flask.request.form),
        errors=dict(refusal.errors) if refusal else {},
        error_list=action_forms.error_list(form, refusal),
    )


def _carry_out(case_id: UUID, action: action_forms.Action) -> Response | tuple[str, int]:
    here, person = guard.system(), guard.person()
    try:
        with here.read() as connection:
            page = case_page.case_page(connection, person, case_id, now=here.now())
        command = action.command(page, flask.request, here)
        here.execute(command, person)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _show(case_id, action, refusal), problem.status_of(refusal)
    flask.flash(action.done, "success")
    return flask.redirect(flask.url_for("cases.case", case_id=case_id), 303)


def _add(action: action_forms.Action, *roles: str) -> None:
    """Give an action its two routes: the form, and what it does."""

    def show(case_id: UUID) -> str:
        return _show(case_id, action)

    def carry_out(case_id: UUID) -> Response | tuple[str, int]:
        return _carry_out(case_id, action)

    for view, method, name in ((show, "GET", "ask"), (carry_out, "POST", "do")):
        view.__qualname__ = f"{name}_{action.slug}"
        guarded: Callable[..., Any] = guard.requires(*roles)(view)
        blueprint.add_url_rule(
            f"/{action.slug}", f"{name}_{action.slug}", guarded, methods=[method]
        )


def _awaited(case_id: UUID, wait_id: UUID) -> action_forms.Action:
    """Return the action of a message that the case waits for."""
    here = guard.system()
    with here.read() as connection:
        case_page.case_page(connection, guard.person(), case_id, now=here.now())
        waiting = awaited_messages(connection, case_id, here.executor.bundles)
    found = next((each for each in waiting if each.id == wait_id), None)
    if found is None:
        flask.abort(404)
    return action_forms.tell(found)


@blueprint.get("/messages/<uuid:wait_id>")
@guard.requires(CASEWORK, MANAGER)
def ask_message(case_id: UUID, wait_id: UUID) -> str:
    """Ask what a message must say."""
    return _show(case_id, _awaited(case_id, wait_id))


@blueprint.post("/messages/<uuid:wait_id>")
@guard.requires(CASEWORK, MANAGER)
def do_message(case_id: UUID, wait_id: UUID) -> Response | tuple[str, int]:
    """Send the message to the step that waits for it."""
    return _carry_out(case_id, _awaited(case_id, wait_id))


_add(action_forms.ADD_DOCUMENT)
for each in (
    action_forms.CORRECT_DATE,
    action_forms.KEY_CONTACT,
    action_forms.EXCEPTION,
    exception_forms.ASK_EXCEPTION,
    action_forms.EXPLAIN_DELAY,
    action_forms.WITHDRAW,
    action_forms.MOVE_AWAY,
):
    _add(each, CASEWORK, MANAGER)
