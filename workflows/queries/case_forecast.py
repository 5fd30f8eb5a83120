"""The forecast of one case, with what would still save it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.queries.forecast_list import ForecastRow, forecast_of
from workflows.queries.rescue_list import RescueFilter, RescueRow, rescue_list


@dataclass(frozen=True, slots=True)
class CaseForecast:
    """A case's forecast."""

    row: ForecastRow
    rescues: tuple[RescueRow, ...]


def case_forecast(connection: sa.Connection, person: Person, case_id: UUID) -> CaseForecast | None:
    """Return the forecast of a case; None where it has none, or is not the person's to see."""
    row = forecast_of(connection, person, case_id)
    if row is None:
        return None
    found = rescue_list(connection, person, RescueFilter(case_id=case_id))
    return CaseForecast(row, found.items)
