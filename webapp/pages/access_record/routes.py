"""The record of access: who saw which case and why; reading it is on record as well."""

from collections.abc import Iterator
from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.access_record import presenters
from webapp.presentation import exports, problem
from workflows.access import record
from workflows.access.people import MANAGER
from workflows.queries import access_list as query
from workflows.queries.access_list import AccessFilter

blueprint: Final = flask.Blueprint("access_record", __name__, url_prefix="/access-record")


@blueprint.get("")
@guard.requires(MANAGER)
def access_record() -> str | tuple[str, int]:
    """Show who looked at which case, the newest first."""
    here, person, arguments = guard.system(), guard.person(), flask.request.args
    refusal, found = None, None
    try:
        chosen = presenters.filter_of(arguments)
        with here.read() as connection:
            found = query.access_list(
                connection, person, chosen, cursor=arguments.get("cursor") or None
            )
    except errors.Invalid as invalid:
        refusal = invalid
    record.record_reading(here.engine, person, presenters.asked(arguments), here.now())
    page = flask.render_template(
        "access_record/access_record.html",
        found=found,
        given=arguments,
        errors=dict(refusal.errors) if refusal else {},
        error_list=presenters.error_list(refusal),
        kinds=presenters.KINDS,
        pages=presenters.PAGES,
        next_link=presenters.link(arguments, cursor=found.next_cursor) if found else "",
        exports=[
            (name, presenters.link(arguments, at=f"/export.{name}")) for name in ("csv", "xlsx")
        ],
    )
    return (page, problem.status_of(refusal)) if refusal else page


@blueprint.get("/export.csv")
@guard.requires(MANAGER)
def as_csv() -> Response:
    """Send what the filters leave as CSV."""
    return exports.csv_response("record-of-access", presenters.HEADER, _rows())


@blueprint.get("/export.xlsx")
@guard.requires(MANAGER)
def as_excel() -> Response:
    """Send what the filters leave as an Excel file."""
    return exports.xlsx_response("record-of-access", presenters.HEADER, _rows())


@blueprint.get("/readings")
@guard.requires(MANAGER)
def readings() -> str:
    """Show who read this record."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = query.readings(connection)
    record.record_reading(here.engine, person, "who read this record", here.now())
    return flask.render_template("access_record/readings.html", readings=found)


def _rows() -> Iterator[presenters.Row]:
    """Return the rows of an export; a filter that is wrong is refused before anything is sent."""
    here, person, arguments = guard.system(), guard.person(), flask.request.args
    chosen: AccessFilter = presenters.filter_of(arguments)
    with here.read() as connection:
        query.access_list(connection, person, chosen, limit=1)
    record.record_reading(here.engine, person, f"export, {presenters.asked(arguments)}", here.now())

    def rows() -> Iterator[presenters.Row]:
        with here.read() as connection:
            for look in query.all_looks(connection, person, chosen):
                yield presenters.row(look)

    return rows()
