"""Keep the forecasts that a worker has computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import forecasts


@dataclass(frozen=True, slots=True)
class KeepForecasts:
    """A worker has computed the forecasts of some cases.

    Attributes:
        revisions: Each case to the state of it that was looked at.
        rows, rescues: What was found, as the tables have it.
        over: Cases that have no forecast any more.
    """

    revisions: Mapping[UUID, int]
    rows: tuple[Mapping[str, Any], ...]
    rescues: tuple[Mapping[str, Any], ...] = ()
    over: tuple[UUID, ...] = ()


def keep_forecasts(command: KeepForecasts, work: Work) -> None:
    """Keep those of cases in which nothing has happened meanwhile; the others are computed again."""
    same = forecasts.unchanged(work.connection, command.revisions)
    forecasts.keep(
        work.connection,
        [row for row in command.rows if row["case_id"] in same],
        [each for each in command.rescues if each["case_id"] in same],
    )
    forecasts.drop(work.connection, [each for each in command.over if each in same])
