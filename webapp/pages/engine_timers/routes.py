"""The engine’s timers: the list, each one, and what a manager does with it."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.queries import definition_list
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.engine_timers import action_forms, presenters
from webapp.pages.engine_timers.action_forms import Action
from webapp.presentation import problem
from webapp.presentation.timer_words import CANNOT, timer_words
from workflows.access import record, sight
from workflows.access.people import MANAGER
from workflows.queries import engine_timer_list as query
from workflows.queries.engine_timer_list import EngineTimer

blueprint: Final = flask.Blueprint("engine_timers", __name__, url_prefix="/engine-timers")


@blueprint.get("")
@guard.requires(MANAGER)
def timers() -> str:
    """Show the timers that wait, the soonest first: what each will do, and when."""
    here, chosen = guard.system(), presenters.filter_of(flask.request.args)
    with here.read() as connection:
        found = query.engine_timer_list(
            connection,
            guard.person(),
            chosen,
            now=here.now(),
            cursor=flask.request.args.get("cursor"),
        )
        processes = definition_list.processes(connection)
    return flask.render_template(
        "engine_timers/timers.html",
        rows=presenters.rows(found.items, here.executor.bundles),
        chosen=chosen,
        filters=presenters.filters(chosen, processes, here.executor.bundles),
        next_link=presenters.next_link(found.next_cursor),
    )


@blueprint.get("/<uuid:timer_id>")
@guard.requires(MANAGER)
def timer(timer_id: UUID) -> str:
    """Show one timer on its diagram, with what can be done about it; the look is on record."""
    found = _timer(timer_id)
    bundle = guard.system().executor.bundles.get(found.bundle_id)
    return flask.render_template(
        "engine_timers/timer.html",
        timer=found,
        words=timer_words(found, bundle),
        rows=presenters.summary(found, bundle),
        states=presenters.states(found),
        actions=action_forms.ALL if found.status == "waiting" and not found.duty else (),
        cannot=CANNOT if found.duty else presenters.cannot(found),
    )


def _timer(timer_id: UUID) -> EngineTimer:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = query.engine_timer(connection, person, timer_id)
        why = sight.why_may_see(connection, person, found.case_id)
    record.record_view(
        here.engine, person, found.case_id, what=f"timer: {found.name}", why=why, now=here.now()
    )
    return found


def _show(timer_id: UUID, action: Action, refusal: errors.Refused | None = None) -> str:
    found = _timer(timer_id)
    bundle = guard.system().executor.bundles.get(found.bundle_id)
    posted = read.posted(action.form, flask.request.form)
    return flask.render_template(
        "engine_timers/act.html",
        timer=found,
        words=timer_words(found, bundle),
        action=action,
        seen=presenters.seen(found),
        values=posted,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(action.form, refusal),
    )


def _carry_out(timer_id: UUID, action: Action) -> Response | tuple[str, int]:
    here, person = guard.system(), guard.person()
    try:
        with here.read() as connection:
            found = query.engine_timer(connection, person, timer_id)
        presenters.refuse_changed(found, flask.request.form.get("seen", ""))
        here.execute(action.command(found, flask.request.form, here), person)
    except (errors.Invalid, errors.Conflict, errors.Forbidden) as refusal:
        return _show(timer_id, action, refusal), problem.status_of(refusal)
    flask.flash(action.done, "success")
    return flask.redirect(flask.url_for("engine_timers.timer", timer_id=timer_id), 303)


def _add(action: Action) -> None:
    """Give an action its two routes: the form, and what it does."""

    def show(timer_id: UUID) -> str:
        return _show(timer_id, action)

    def carry_out(timer_id: UUID) -> Response | tuple[str, int]:
        return _carry_out(timer_id, action)

    for view, method, name in ((show, "GET", "ask"), (carry_out, "POST", "do")):
        view.__qualname__ = f"{name}_{action.slug}"
        guarded = guard.requires(MANAGER)(view)
        rule = f"/<uuid:timer_id>/{action.slug}"
        blueprint.add_url_rule(rule, f"{name}_{action.slug}", guarded, methods=[method])


for each in action_forms.ALL:
    _add(each)
