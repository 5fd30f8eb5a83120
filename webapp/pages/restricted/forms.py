"""The form of a restriction."""

from typing import Any

from werkzeug.datastructures import MultiDict

from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.access import restricted
from workflows.queries.restriction_page import RestrictionPage


def restriction(page: RestrictionPage) -> FormDefinition:
    """Return the questions."""
    return FormDefinition(
        (
            FormField(
                "kind",
                "Why the case is restricted",
                FieldType.ENUM,
                required=True,
                options=restricted.KINDS,
            ),
            FormField(
                "reason",
                "Reason",
                FieldType.TEXTAREA,
                required=True,
                hint="Only those who see the case can read this.",
            ),
            FormField(
                "people",
                "Who sees it by name",
                FieldType.CHECKBOXES,
                options=page.staff,
                hint="You are always one of them. Managers do not see it unless they are named.",
            ),
            FormField(
                "teams",
                "Which teams see it as a whole",
                FieldType.CHECKBOXES,
                options=page.teams,
                hint="All members of a team that is ticked. Other agencies’ teams keep an open "
                "task in any case, and see the case until it is done.",
            ),
        )
    )


def restriction_values(page: RestrictionPage, posted: MultiDict[str, str]) -> dict[str, Any]:
    """Return what to show in the fields: what was posted, or how the case is restricted now."""
    if "kind" in posted or "reason" in posted:
        return {
            "kind": posted.get("kind", ""),
            "reason": posted.get("reason", ""),
            "people": posted.getlist("people"),
            "teams": posted.getlist("teams"),
        }
    held = page.restriction
    if held is None:
        return {}
    return {
        "kind": held.kind,
        "reason": held.reason,
        "people": sorted(held.people),
        "teams": sorted(held.teams),
    }
