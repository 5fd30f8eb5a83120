"""Tell who would pay for the parts of a personal budget."""

from typing import Final

from engine import ports
from engine.changes import JsonValue
from workflows.context import CaseContext

FUNDERS: Final = {
    "education": ("Education", "personal_budgets"),
    "health": ("Health", "health"),
    "social_care": ("Social care", "social_care"),
}


def select_funders(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `funders`: code, label and role of each part chosen in `budget_parts`."""
    del case
    chosen = call.variables.get("budget_parts")
    parts = chosen if isinstance(chosen, list) else []
    funders: list[JsonValue] = [
        {"code": code, "label": label, "role": role}
        for code, (label, role) in FUNDERS.items()
        if code in parts
    ]
    return ports.ServiceResult({"funders": funders})
