"""The board: its views, saved views, its target and its weekly email."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.board import presenters, timeliness
from webapp.pages.board.sections import Looked
from webapp.presentation import exports, filtering, problem
from workflows.access import people
from workflows.access.people import MANAGER
from workflows.commands.choose_board_email import ChooseBoardEmail
from workflows.commands.remove_view import RemoveView
from workflows.commands.save_view import SaveView
from workflows.commands.set_board_target import SetBoardTarget
from workflows.digests import of_board
from workflows.queries.board_choices import board_choices
from workflows.queries.board_standings import board_standings
from workflows.queries.board_target import board_target
from workflows.queries.saved_views import SavedView, saved_views
from workflows.store.board import NoSuchView

blueprint: Final = flask.Blueprint("board", __name__, url_prefix=presenters.PATH)


@blueprint.get("")
@guard.requires(MANAGER)
def overview() -> str:
    """Show how all time limits stand."""
    return _page("")


@blueprint.get("/<any(flow, advice, delays, load, disputes, quality):view>")
@guard.requires(MANAGER)
def of_view(view: str) -> str:
    """Show another view."""
    return _page(view)


@blueprint.get("/export.<any(csv, xlsx):kind>")
@guard.requires(MANAGER)
def export(kind: str) -> Response:
    """Send how time limits stand, by what is chosen, as a file for a spreadsheet."""
    looked = _looked()
    with guard.system().read() as connection:
        standings = board_standings(connection, looked.chosen, now=looked.now)
    send = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    rows = presenters.rows(standings, looked)
    return send(f"board-by-{looked.by}", presenters.header(looked.by), rows)


@blueprint.post("/views")
@guard.requires(MANAGER)
def save() -> Response | tuple[str, int]:
    """Save what is shown."""
    form = flask.request.form
    address = form.get("view", "")
    command = SaveView(form.get("name", ""), address, shared=form.get("shared") == "yes")
    return _carry_out(command, "The view is saved.", address)


@blueprint.get("/views/<uuid:view_id>/remove")
@guard.requires(MANAGER)
def ask_remove(view_id: UUID) -> str:
    """Ask whether a saved view is to go."""
    return flask.render_template("board/remove_view.html", view=_own(view_id))


@blueprint.post("/views/<uuid:view_id>/remove")
@guard.requires(MANAGER)
def remove(view_id: UUID) -> Response | tuple[str, int]:
    """Forget a saved view."""
    return _carry_out(RemoveView(view_id), "The view is removed.", presenters.PATH)


@blueprint.post("/email")
@guard.requires(MANAGER)
def email() -> Response | tuple[str, int]:
    """Choose whether the board comes by email."""
    wanted = flask.request.form.get("wanted") == "yes"
    said = "You will get the board every Monday." if wanted else "You will get it no more."
    return _carry_out(ChooseBoardEmail(wanted), said, presenters.PATH)


@blueprint.post("/target")
@guard.requires(MANAGER)
def target() -> Response | tuple[str, int]:
    """Set the target."""
    command = SetBoardTarget(flask.request.form.get("per_cent", ""))
    return _carry_out(command, "The target is set.", presenters.PATH)


def _carry_out(command: object, said: str, address: str) -> Response | tuple[str, int]:
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _page("", refusal), problem.status_of(refusal)
    flask.flash(said, "success")
    return flask.redirect(address, 303)


def _looked() -> Looked:
    here, arguments = guard.system(), flask.request.args
    with here.read() as connection:
        names = board_choices(connection)
    chosen = presenters.filter_of(arguments)
    return Looked(chosen, names, here.now(), by=presenters.by_of(arguments))


def _page(view: str, refusal: errors.Invalid | None = None) -> str:
    looked = _looked()
    _, heading, sections = presenters.VIEWS[view]
    path = presenters.path_of(view)
    fields = presenters.fields(looked)
    return flask.render_template(
        "board/board.html",
        heading=heading,
        sections=sections(guard.system(), looked),
        views=presenters.views(view, looked),
        path=path,
        fields=fields,
        tags=filtering.tags(fields, flask.request.args, path=path),
        by="" if view else looked.by,
        by_what=presenters.by_what(looked),
        export={
            kind: filtering.address(f"{path}/export.{kind}", looked.kept, by=looked.by)
            for kind in ("csv", "xlsx")
        },
        **_kept(path, refusal),
    )


def _kept(path: str, refusal: errors.Invalid | None) -> dict[str, Any]:
    """Return what a manager keeps: views, the email, the target; and what was wrong of it."""
    person = guard.person()
    with guard.system().read() as connection:
        saved = saved_views(connection, person)
        wants = people.setting(connection, person.id, of_board.SETTING) == of_board.WEEKLY
        aim = board_target(connection, timeliness.MEASURE)
    wrong = dict(refusal.errors) if refusal else {}
    listed = [{"text": text, "href": f"#{name}"} for name, texts in wrong.items() for text in texts]
    asked = filtering.address(path, flask.request.args)
    return {
        "saved": saved,
        "wants_email": wants,
        "target": "" if aim is None else f"{aim:g}",
        "weeks": timeliness.weeks(),
        "address": flask.request.form.get("view", asked),
        "posted": flask.request.form,
        "errors": wrong,
        "refusal": refusal,
        "error_list": listed or ([{"text": refusal.message}] if refusal else []),
    }


def _own(view_id: UUID) -> SavedView:
    with guard.system().read() as connection:
        found = saved_views(connection, guard.person())
    for each in found:
        if each.id == view_id and each.own:
            return each
    raise NoSuchView
