"""The working calendar: bank holidays, closures, school terms; and what a change would move."""

import datetime as dt
from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.administration import dialog
from webapp.pages.administration.dialog import REASON, Dialog
from webapp.presentation import problem
from workflows.access.people import ADMIN
from workflows.agencies import closing
from workflows.calendar import london
from workflows.commands.change_closures import ChangeClosures
from workflows.commands.remove_school_term import RemoveSchoolTerm
from workflows.commands.save_school_term import SaveSchoolTerm
from workflows.queries import calendar_effect, working_calendar
from workflows.queries.calendar_effect import Effect
from workflows.rulebook import load
from workflows.store import closures

blueprint: Final = flask.Blueprint(
    "working_calendar", __name__, url_prefix="/administration/calendar"
)
PAGE: Final = "/administration/calendar"
YEARS: Final = 6
_FIRST: Final = FormField("first", "First day", FieldType.DATE, required=True)
_LAST: Final = FormField("last", "Last day", FieldType.DATE, required=True)
_NAME: Final = FormField("name", "Name", FieldType.STRING, required=True, maximum=200)
CLOSE: Final = FormDefinition((_NAME, _FIRST, _LAST, REASON))
OPEN: Final = FormDefinition((_FIRST, _LAST, REASON))


@blueprint.get("")
@guard.requires(ADMIN)
def calendar() -> str:
    """Show a year, and how far changes have come."""
    this_year = _today().year
    text = flask.request.args.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else this_year  # noqa: PLR2004 (digits)
    with guard.system().read() as connection:
        page = working_calendar.working_calendar(connection, max(1900, year))
    return flask.render_template(
        "administration/calendar.html",
        page=page,
        years=range(this_year - 1, this_year + YEARS),
        today=_today(),
        busy=any(each.waiting for each in page.changes),
    )


@blueprint.get("/close")
@guard.requires(ADMIN)
def ask_close() -> str:
    """Ask on which days the authority is closed."""
    return _page("close", CLOSE)


@blueprint.post("/close")
@guard.requires(ADMIN)
def close() -> Response | str | tuple[str, int]:
    """Show what closing would move; or close."""
    return _go("close", CLOSE)


@blueprint.get("/open")
@guard.requires(ADMIN)
def ask_open() -> str:
    """Ask on which days the authority is open after all."""
    return _page("open", OPEN)


@blueprint.post("/open")
@guard.requires(ADMIN)
def open_again() -> Response | str | tuple[str, int]:
    """Show what opening would move; or open."""
    return _go("open", OPEN)


def _go(slug: str, form: FormDefinition) -> Response | str | tuple[str, int]:
    try:
        posted = read.posted(form, flask.request.form)
        given = forms.validate(form, posted, variables={}, today=_today())
        command = ChangeClosures(
            dt.date.fromisoformat(str(given["first"])),
            dt.date.fromisoformat(str(given["last"])),
            str(given.get("name") or ""),
            str(given["reason"]),
            closed=slug == "close",
        )
        effect, days = _effect(command)
        if flask.request.form.get("step") != "confirm":
            return _page(slug, form, effect=effect, days=days)
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(slug, form, refusal), problem.status_of(refusal)
    flask.flash(
        "The calendar is changed. Time limits and timers are being moved, case by case.", "success"
    )
    return flask.redirect(f"{PAGE}?year={command.first.year}#changes", 303)


def _effect(command: ChangeClosures) -> tuple[Effect, tuple[dt.date, ...]]:
    """Return what a change would move, and on which days; nothing changes."""
    with guard.system().read() as connection:
        known = closures.days(connection)
        if command.closed:
            closing.refuse_name(command.name)
            days = closing.days_to_close(command.first, command.last, known, _today())
            effect = calendar_effect.calendar_effect(connection, load.current(), added=days)
            return effect, days
        days = closing.days_to_open(command.first, command.last, known, _today())
        return calendar_effect.calendar_effect(connection, load.current(), removed=days), days


def _page(
    slug: str,
    form: FormDefinition,
    refusal: errors.Refused | None = None,
    *,
    effect: Effect | None = None,
    days: tuple[dt.date, ...] = (),
) -> str:
    posted: dict[str, Any] = {}
    if flask.request.method == "POST":
        posted = dict(read.posted(form, flask.request.form))
    asked = flask.request.args
    values = {"first": asked.get("first", ""), "last": asked.get("last", ""), **posted}
    return flask.render_template(
        "administration/change_calendar.html",
        slug=slug,
        form=form,
        values=values,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(form, refusal),
        effect=effect,
        days=days,
    )


def add_term() -> Dialog:
    """Add a school term."""
    return Dialog(
        "Add a school term",
        "Terms are shown beside the calendar. They move no time limit.",
        "Add the term",
        ("Back to the working calendar", PAGE),
        lambda given: SaveSchoolTerm(
            dt.date.fromisoformat(given["first"]),
            dt.date.fromisoformat(given["last"]),
            given["name"],
        ),
        "The term has been added.",
        f"{PAGE}#terms",
        FormDefinition((_NAME, _FIRST, _LAST)),
    )


@blueprint.post("/terms/<first>/remove")
@guard.requires(ADMIN)
def remove_term(first: str) -> Response:
    """Take a school term out."""
    try:
        day = dt.date.fromisoformat(first)
    except ValueError:
        flask.abort(404)
    return dialog.act(RemoveSchoolTerm(day), "The term is taken out.", f"{PAGE}#terms")


dialog.add(blueprint, "/terms/add", add_term)


def _today() -> dt.date:
    return london.local_date(guard.system().now())
