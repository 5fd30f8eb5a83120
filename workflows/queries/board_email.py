"""The figures of the board's weekly email."""

import datetime as dt

import sqlalchemy as sa

from workflows.digests.of_board import Figures
from workflows.queries.board_ages import board_ages
from workflows.queries.board_filter import BoardFilter
from workflows.queries.board_standings import board_standings
from workflows.queries.board_target import board_target
from workflows.queries.board_timeliness import board_timeliness
from workflows.rulebook import load


def board_email(connection: sa.Connection, *, now: dt.datetime) -> Figures:
    """Return the figures of the whole authority."""
    everything, rulebook = BoardFilter(), load.current()
    this = board_timeliness(connection, everything, now=now)[-1]
    return Figures(
        standings=board_standings(connection, everything, now=now).counts,
        ages=board_ages(connection, everything, now=now),
        weeks=rulebook.newest(rulebook.headline).limit.count,
        month=this.plans.share,
        year=this.year.share,
        year_unexcused=this.year.share_unexcused,
        target=board_target(connection, "plans_in_20_weeks"),
    )
