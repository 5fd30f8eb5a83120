"""The figures of the board, for managers."""

from typing import Any

from flask_smorest import Blueprint

from webapp.api.v1 import board_shapes, door
from webapp.auth import guard
from workflows.access.people import MANAGER
from workflows.policy.refusal import NotAllowed
from workflows.queries.board_advice import board_advice
from workflows.queries.board_ages import board_ages
from workflows.queries.board_filter import BoardFilter
from workflows.queries.board_standings import board_standings
from workflows.queries.board_target import board_target
from workflows.queries.board_timeliness import board_timeliness

blueprint = Blueprint("api_board", __name__, description="Figures of the board")


@blueprint.get("/board")
@blueprint.arguments(board_shapes.BoardQuery, location="query")
@blueprint.response(200, board_shapes.Board)
@door.for_people
def board(query: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return how time limits stand, plans in time, the age of open work, and advice."""
    if MANAGER not in guard.person().roles:
        raise NotAllowed("Only a manager can do that.")
    chosen, here = BoardFilter(**query), guard.system()
    now = here.now()
    with here.read() as connection:
        standings = board_standings(connection, chosen, now=now)
        return {
            "since": standings.since,
            "standings": [
                {**cell._asdict(), "count": n} for cell, n in sorted(standings.cells.items())
            ],
            "timeliness": board_timeliness(connection, chosen, now=now),
            "target": board_target(connection, "plans_in_20_weeks"),
            "ages": [
                {"weeks": age.code, "count": n}
                for age, n in board_ages(connection, chosen, now=now)
            ],
            "advice": board_advice(connection, chosen, now=now),
        }
