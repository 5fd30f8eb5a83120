"""Statistics of other authorities."""

from typing import Any

from flask_smorest import Blueprint

from webapp.api.v1 import comparator_shapes, door
from webapp.auth import guard
from workflows.access.people import MANAGER
from workflows.policy.refusal import NotAllowed
from workflows.queries.comparator_lines import comparator_lines

blueprint = Blueprint("api_comparators", __name__, description="Comparators")


@blueprint.get("/comparators")
@blueprint.arguments(comparator_shapes.ComparatorQuery, location="query")
@blueprint.response(200, comparator_shapes.ComparatorList)
@door.for_people
def comparators(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """List the figures of a measure: of England, the region, the neighbours and the authority."""
    if MANAGER not in guard.person().roles:
        raise NotAllowed("Comparators are for managers.")
    with guard.system().read() as connection:
        found = comparator_lines(connection, query["measure"])
    items = [
        {
            "name": line.name,
            "kind": line.kind,
            "points": [{"year": year, "value": value} for year, value in line.points],
        }
        for line in found
    ]
    return {"measure": query["measure"], "items": items, "next": None}
