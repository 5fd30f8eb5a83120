"""Forecasts of open cases, and what would still save them."""

from typing import Any

from flask_smorest import Blueprint

from webapp.api.v1 import door, forecast_shapes
from webapp.auth import guard
from workflows.access.people import CASEWORK, MANAGER
from workflows.calendar import london
from workflows.policy.refusal import NotAllowed
from workflows.queries.forecast_list import ForecastFilter, Sort, forecast_list
from workflows.queries.rescue_list import RescueFilter, rescue_list

blueprint = Blueprint("api_forecasts", __name__, description="Forecasts of open cases")


@blueprint.get("/forecasts")
@blueprint.arguments(forecast_shapes.ForecastQuery, location="query")
@blueprint.response(200, forecast_shapes.ForecastPage)
@door.for_people
def forecasts(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List forecasts, the greatest chance to be late first; for managers and casework."""
    _refuse_others()
    chosen = ForecastFilter(
        area=query["area"],
        team=query["team"],
        driver=query["driver"],
        weeks=query["weeks"],
        late=query["late"],
        at_risk=query["at_risk"],
        sort=Sort(query["sort"]),
    )
    here = guard.system()
    with here.read() as connection:
        return forecast_list(
            connection,
            guard.person(),
            chosen,
            today=london.local_date(here.now()),
            limit=query["limit"],
            cursor=query["cursor"],
        )


@blueprint.get("/forecasts/rescues")
@blueprint.arguments(forecast_shapes.RescueQuery, location="query")
@blueprint.response(200, forecast_shapes.RescuePage)
@door.for_people
def rescues(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List actions that would save cases, the greatest gain first; for managers and casework."""
    _refuse_others()
    chosen = RescueFilter(action=query["action"], area=query["area"])
    with guard.system().read() as connection:
        return rescue_list(
            connection, guard.person(), chosen, limit=query["limit"], cursor=query["cursor"]
        )


def _refuse_others() -> None:
    """Refuse whoever does not steer cases.

    Raises:
        NotAllowed: they are neither a manager nor SEN casework.
    """
    if not guard.person().roles & {MANAGER, CASEWORK}:
        raise NotAllowed("Only a manager or SEN casework can see forecasts.")
