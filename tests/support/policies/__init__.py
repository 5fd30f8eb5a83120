"""Every command with those who may give it, by area."""

from tests.support.policies import (
    administration,
    batches,
    board,
    cases,
    comparators,
    forecasts,
    free,
    interventions,
    privacy,
    reports,
    returns,
    webhooks,
)
from tests.support.policies.situation import Make

CASES: dict[str, tuple[Make, set[str]]] = {
    **cases.CASES,
    **board.CASES,
    **forecasts.CASES,
    **interventions.CASES,
    **batches.CASES,
    **comparators.CASES,
    **returns.CASES,
    **reports.CASES,
    **privacy.CASES,
    **administration.CASES,
    **webhooks.CASES,
}
FREE: dict[str, tuple[object, set[str]]] = {
    **free.FREE,
    **board.FREE,
    **forecasts.FREE,
    **interventions.FREE,
    **batches.FREE,
    **comparators.FREE,
    **returns.FREE,
    **reports.FREE,
    **privacy.FREE,
    **administration.FREE,
    **webhooks.FREE,
}
