"""What service tasks answer in a simulation: nothing leaves it, and no database is asked."""

from collections.abc import Mapping
from typing import Final

from engine import ports
from engine.changes import JsonValue
from workflows.context import CaseContext, Topic
from workflows.topics.schedule_review import schedule_review
from workflows.topics.select_advisers import select_advisers
from workflows.topics.select_funders import select_funders

SETTINGS: Final = tuple((f"setting-{number}", f"Setting {number}") for number in range(1, 6))
AREAS: Final = (("area", "Area"),)


def _nothing(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    del call, case
    return ports.ServiceResult()


def _not_assessed(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    del call, case
    return ports.ServiceResult({"assessed_in_last_six_months": False, "previous_case": ""})


def _settings(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    del case
    names = dict(SETTINGS)
    chosen = call.variables.get("settings_to_consult")
    settings: list[JsonValue] = [
        {"code": str(code), "name": names.get(str(code), str(code)), "email": ""}
        for code in (chosen if isinstance(chosen, list) else [])
    ]
    return ports.ServiceResult({"settings": settings})


def _costs(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    del call, case
    return ports.ServiceResult(
        {"budget_costs": [], "budget_total": 0, "budget_summary": "Simulated costs"}
    )


TOPICS: Final[Mapping[str, Topic]] = {
    "issue_notice": _nothing,
    "remind": _nothing,
    "chase": _nothing,
    "escalate": _nothing,
    "check_previous_assessment": _not_assessed,
    "select_settings": _settings,
    "collect_costs": _costs,
    "select_advisers": select_advisers,
    "select_funders": select_funders,
    "schedule_review": schedule_review,
}


def choices(name: str) -> tuple[tuple[str, str], ...]:
    """Return what a form offers from a list of the authority."""
    return {"settings": SETTINGS, "areas": AREAS}.get(name, ())
