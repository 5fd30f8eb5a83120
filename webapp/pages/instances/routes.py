"""One process of a case: where it is, and how a manager steps in."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.instances import actions, moving, presenters
from webapp.pages.instances.actions import Action
from webapp.presentation import foreseen, problem
from workflows.access import record
from workflows.access.people import MANAGER
from workflows.queries.instance_page import InstancePage, instance_page

blueprint: Final = flask.Blueprint("instances", __name__, url_prefix="/instances")


@blueprint.get("/<uuid:instance_id>")
@guard.requires(MANAGER)
def instance(instance_id: UUID) -> str:
    """Show a process with its diagram, timers, incidents and last events."""
    page = _page(instance_id, "process")
    bundle = guard.system().executor.bundles.get(page.instance.bundle_id)
    return flask.render_template(
        "instances/instance.html",
        page=page,
        name=bundle.name,
        rows=presenters.summary(page, bundle),
        drawn=presenters.drawn(page, bundle),
        timers=presenters.timers(page, bundle),
        happened=presenters.happened(page, bundle),
        actions=actions.offered(page.instance.status),
    )


@blueprint.get("/<uuid:instance_id>/move")
@guard.requires(MANAGER)
def ask_move(instance_id: UUID) -> str:
    """Ask from which step the process goes to which other; then show what would happen."""
    return _move_page(instance_id, flask.request.args)


@blueprint.post("/<uuid:instance_id>/move")
@guard.requires(MANAGER)
def move(instance_id: UUID) -> Response | tuple[str, int]:
    """Move the process."""
    here, person, given = guard.system(), guard.person(), flask.request.form
    command = moving.command(instance_id, given, given.get("reason", ""))
    try:
        presenters.refuse_changed(_page(instance_id, "form: move"), given.get("revision", ""))
        here.execute(command, person)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _move_page(instance_id, given, refusal), problem.status_of(refusal)
    flask.flash("The process is at the other step now.", "success")
    return _back(instance_id)


def _move_page(
    instance_id: UUID,
    given: Mapping[str, str],
    refusal: errors.Refused | None = None,
) -> str:
    page = _page(instance_id, "form: move")
    bundle = guard.system().executor.bundles.get(page.instance.bundle_id)
    start, goal = given.get("from", ""), given.get("to", "")
    effects: list[str] = []
    if start and goal and (refusal is None or "reason" in refusal.errors):
        stopped, effects = _foresee(page, moving.command(instance_id, given, "To see"))
        refusal = refusal or stopped
    faults = dict(refusal.errors) if refusal else {}
    return flask.render_template(
        "instances/move.html",
        page=page,
        name=bundle.name,
        given=given,
        sources=moving.sources(page, bundle),
        goals=moving.goals(start.partition("|")[0], bundle),
        drawn=moving.drawn(page, bundle, start.partition("|")[0], goal),
        effects=effects,
        errors=faults,
        error_list=moving.error_list(refusal),
        reason=given.get("reason", ""),
        revision=presenters.last_event(page),
        may_confirm=bool(effects),
    )


def _foresee(page: InstancePage, command: object) -> tuple[errors.Refused | None, list[str]]:
    """Return why a command would be refused, or what it would do."""
    here = guard.system()
    try:
        outcome = here.executor.foresee(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return refusal, []
    return None, foreseen.in_words(outcome.changes, page)


def _page(instance_id: UUID, what: str) -> InstancePage:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = instance_page(connection, person, instance_id)
    record.record_view(
        here.engine, person, page.instance.subject_id, what=what, why=page.why, now=here.now()
    )
    return page


def _show(instance_id: UUID, action: Action, refusal: errors.Refused | None = None) -> str:
    page = _page(instance_id, f"form: {action.title}")
    bundle = guard.system().executor.bundles.get(page.instance.bundle_id)
    stopped = refusal
    effects: list[str] = []
    if refusal is None and action.shows_effects:
        stopped, effects = _foresee(page, action.make(instance_id, "To see"))
    return flask.render_template(
        "instances/act.html",
        page=page,
        name=bundle.name,
        action=action,
        effects=effects,
        reason=flask.request.form.get("reason", ""),
        errors=dict(stopped.errors) if stopped else {},
        error_list=moving.error_list(stopped),
    )


def _carry_out(instance_id: UUID, action: Action) -> Response | tuple[str, int]:
    reason = flask.request.form.get("reason", "").strip()
    try:
        command = action.command(instance_id, reason)
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _show(instance_id, action, refusal), problem.status_of(refusal)
    flask.flash(action.done, "success")
    return _back(getattr(command, "new_instance_id", instance_id))


def _back(instance_id: UUID) -> Response:
    return flask.redirect(flask.url_for("instances.instance", instance_id=instance_id), 303)


def _add(action: Action) -> None:
    """Give an action its two routes: the form, and what it does."""

    def show(instance_id: UUID) -> str:
        return _show(instance_id, action)

    def carry_out(instance_id: UUID) -> Response | tuple[str, int]:
        return _carry_out(instance_id, action)

    for view, method, name in ((show, "GET", "ask"), (carry_out, "POST", "do")):
        view.__qualname__ = f"{name}_{action.slug}"
        guarded: Callable[..., Any] = guard.requires(MANAGER)(view)
        rule = f"/<uuid:instance_id>/{action.slug}"
        blueprint.add_url_rule(rule, f"{name}_{action.slug}", guarded, methods=[method])


for each in actions.ALL:
    _add(each)
