"""Every time limit with how it stands: the list, and its files."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from webapp.auth import guard
from webapp.pages.timers import presenters
from webapp.presentation import exports, filtering
from workflows.calendar import london
from workflows.queries.board_choices import board_choices
from workflows.queries.board_filter import BoardFilter
from workflows.queries.deadline_list import deadline_list
from workflows.queries.deadline_total import deadline_total
from workflows.queries.standing_counts import standing_counts

blueprint: Final = flask.Blueprint("timers", __name__, url_prefix=presenters.PATH)


@blueprint.get("")
@guard.requires()
def timers() -> str:
    """Show time limits, the soonest first; what is to do unless something else is chosen."""
    here, now, arguments = guard.system(), guard.system().now(), flask.request.args
    chosen = presenters.filter_of(arguments)
    looked_at = BoardFilter(**{name: getattr(chosen, name) for name in presenters.DIMENSIONS})
    with here.read() as connection:
        choices = board_choices(connection)
        found = deadline_list(
            connection, guard.person(), chosen, now=now, cursor=arguments.get("cursor")
        )
        total = deadline_total(connection, guard.person(), chosen, now=now)
        counts = standing_counts(connection, guard.person(), looked_at, now=now)
    kept = {name: value for name, value in arguments.items() if name in presenters.DIMENSIONS}
    fields = presenters.fields(chosen, choices, london.local_date(now))
    return flask.render_template(
        "timers/timers.html",
        found=found,
        total=total,
        chosen=chosen,
        counts=presenters.counts(counts, kept, london.local_date(now)),
        fields=fields,
        standing_items=presenters.standing_items(chosen),
        sort_items=presenters.sort_items(chosen),
        tags=presenters.tags(chosen, fields, arguments),
        hidden=presenters.hidden(arguments),
        about=presenters.about,
        next_link=presenters.next_link(arguments, found.next_cursor),
        export=lambda kind: filtering.address(f"{presenters.PATH}/export.{kind}", arguments),
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
@guard.requires()
def export(kind: str) -> Response:
    """Send the whole list, as it is narrowed and sorted, as a file for a spreadsheet."""
    chosen = presenters.filter_of(flask.request.args)
    rows = presenters.rows(guard.system(), guard.person(), chosen)
    send = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    return send("time-limits", presenters.HEADER, rows)
