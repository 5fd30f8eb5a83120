"""The forecast on the case page, for those who steer the case."""

import datetime as dt
from typing import Any

from webapp.presentation.forecasts import action_words, percent, standing
from workflows.access.people import CASEWORK, MANAGER, Person
from workflows.queries.case_forecast import CaseForecast


def may_see(person: Person) -> bool:
    """Tell whether the forecast is for somebody."""
    return bool(person.roles & {MANAGER, CASEWORK})


def panel(found: CaseForecast | None, today: dt.date) -> dict[str, Any] | None:
    """Return what the panel prints, None where there is no forecast."""
    if found is None:
        return None
    row = found.row
    word, colour = standing(row, today)
    return {
        "row": row,
        "word": word,
        "colour": colour,
        "chance": percent(row.chance_late),
        "driver": f"{row.driver} ({percent(row.driver_share)})" if row.driver_share else "",
        "rescues": [
            {
                "words": action_words(each.action, each.step),
                "task_id": each.task_id,
                "before": percent(each.before),
                "after": percent(each.after),
            }
            for each in found.rescues
        ],
    }
