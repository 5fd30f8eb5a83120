"""What the templates of incidents print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.definitions.cache import Bundle
from workflows.bootstrap import System
from workflows.queries.incident_groups import Group

SHOWN: Final = 3  # cases of a group that the list names
HOW: Final[Mapping[str, str]] = {
    "retried": "Tried again",
    "moved on": "The process was moved to another step",
    "cancelled": "The process ended",
}
OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    "succeeded": ("Went through", "govuk-tag--green"),
    "failed": ("Failed again", "govuk-tag--red"),
    "refused": ("Could not be tried", "govuk-tag--orange"),
    "gone": ("Not needed any more", "govuk-tag--grey"),
    "waiting": ("Waits", "govuk-tag--blue"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A group in the list, with the name of its process, and of the subprocess that it is in."""

    group: Group
    process: str
    within: str


def rows(groups: Iterable[Group], system: System) -> list[Row]:
    """Return the groups with the names of their processes."""
    listed = []
    for each in groups:
        bundle = system.executor.bundles.get(each.bundle_id)
        listed.append(Row(each, bundle.name, _within(bundle, each.element_id)))
    return listed


def _within(bundle: Bundle, element_id: str) -> str:
    """Return the name of the subprocess, or called process, that an element is drawn in."""
    for holder, start in bundle.flows.entered.items():
        queue, seen = [start], {start}
        for each in queue:
            fresh = [one for one in bundle.flows.onward.get(each, ()) if one not in seen]
            seen.update(fresh)
            queue += fresh
        if element_id in seen and holder in bundle.elements:
            return bundle.elements[holder].name
    return ""
