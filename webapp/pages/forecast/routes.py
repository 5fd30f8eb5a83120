"""The forecast of all open cases, the rescue list, and how forecasts turned out."""

from collections.abc import Iterator
from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from webapp.auth import guard
from webapp.pages.forecast import learned as steps, presenters
from webapp.presentation import exports
from workflows.access.people import MANAGER
from workflows.agencies import choices
from workflows.calendar import london
from workflows.queries import calibration as tests, forecast_list as query
from workflows.queries.forecast_state import forecast_state, learned_document
from workflows.queries.forecast_summary import forecast_summary
from workflows.queries.month_outlook import month_outlook
from workflows.queries.rescue_list import rescue_list

blueprint: Final = flask.Blueprint("forecast", __name__, url_prefix="/forecast")


@blueprint.get("")
@guard.requires(MANAGER)
def forecast() -> str:
    """Show open cases by their chance to be late, and what is expected of the month."""
    here, person, arguments = guard.system(), guard.person(), flask.request.args
    today, chosen = london.local_date(here.now()), presenters.filter_of(arguments)
    with here.read() as connection:
        found = query.forecast_list(
            connection, person, chosen, today=today, cursor=arguments.get("cursor")
        )
        offered = query.forecast_choices(connection, person)
        areas = choices.choices("areas", connection)
        summary = forecast_summary(connection, person, today)
        outlook = month_outlook(connection, today)
        learned_at = forecast_state(connection).learned_at
    return flask.render_template(
        "forecast/forecast.html",
        found=found,
        filters=presenters.filters(chosen, *offered, areas),
        summary=presenters.summary(summary),
        outlook=presenters.outlook(outlook),
        rows=[presenters.row(each, today) for each in found.items],
        chosen=presenters.kept(arguments),
        next_link=presenters.next_link(arguments, found.next_cursor),
        learned_at=learned_at,
    )


@blueprint.get("/export.<kind>")
@guard.requires(MANAGER)
def export(kind: str) -> Response:
    """Send the forecasts that the list shows, all of them, as CSV or Excel."""
    here, person = guard.system(), guard.person()
    chosen, today = presenters.filter_of(flask.request.args), london.local_date(here.now())

    def rows() -> Iterator[list[Any]]:
        with here.read() as connection:
            areas = dict(choices.choices("areas", connection))
            for each in query.every_forecast(connection, person, chosen, today=today):
                yield presenters.cells(each, areas)

    if kind == "csv":
        return exports.csv_response("forecast", presenters.HEADER, rows())
    if kind == "xlsx":
        return exports.xlsx_response("forecast", presenters.HEADER, rows())
    return flask.abort(404)


@blueprint.get("/rescue")
@guard.requires(MANAGER)
def rescue() -> str:
    """Show cases that an action would still save."""
    here, arguments = guard.system(), flask.request.args
    chosen = presenters.rescue_filter(arguments)
    with here.read() as connection:
        found = rescue_list(connection, guard.person(), chosen, cursor=arguments.get("cursor"))
        areas = choices.choices("areas", connection)
    return flask.render_template(
        "forecast/rescue.html",
        rows=[presenters.rescue(each, london.local_date(here.now())) for each in found.items],
        filters=presenters.rescue_filters(chosen, areas),
        next_link=presenters.next_link(arguments, found.next_cursor),
    )


@blueprint.get("/calibration")
@guard.requires(MANAGER)
def calibration() -> str:
    """Show how forecasts turned out."""
    with guard.system().read() as connection:
        weeks = tests.calibration(connection)
    return flask.render_template(
        "forecast/calibration.html", found=presenters.calibration(weeks, tests.together(weeks))
    )


@blueprint.get("/learned")
@guard.requires(MANAGER)
def learned() -> str:
    """Show how long steps take here, as forecasts have learned it."""
    here = guard.system()
    with here.read() as connection:
        document = learned_document(connection)
        learned_at = forecast_state(connection).learned_at
    return flask.render_template(
        "forecast/learned.html",
        found=steps.learned(document, here) if document else None,
        learned_at=learned_at,
    )
