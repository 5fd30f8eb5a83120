"""Forecasts in words, for the pages that show them."""

import datetime as dt
from typing import Final

from workflows.queries.forecast_list import ForecastRow

# What a manager can do, by the code under which it is kept.
ACTIONS: Final = {
    "queue_first": "Give educational psychology first place in the queue",
    "chase": "Chase late answers",
    "panel": "Take it to this week’s panel",
    "put_first": "Do a step first",
}
_HALF_PERCENT: Final = 0.005


def percent(share: float) -> str:
    """Return a share in words; what is almost nothing, or almost certain, is said so."""
    if 0 < share < _HALF_PERCENT:
        return "under 1%"
    if 1 - _HALF_PERCENT < share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"


def standing(row: ForecastRow, today: dt.date) -> tuple[str, str]:
    """Return word and class for how a case stands."""
    if row.excused:
        return "Lawful exception", "govuk-tag--purple"
    if row.due < today:
        return "Late", "govuk-tag--red"
    if row.at_risk:
        return "At risk", "govuk-tag--orange"
    return "Likely in time", "govuk-tag--blue"


def action_words(action: str, step: str) -> str:
    """Return what to do, with what it is about."""
    return {
        "queue_first": ACTIONS["queue_first"],
        "chase": f"Chase: {step}",
        "panel": f"Take “{step}” to this week’s panel",
        "put_first": f"Do “{step}” first",
    }.get(action, step)
