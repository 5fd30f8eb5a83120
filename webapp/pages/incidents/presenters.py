"""What the templates of incidents print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.queries import definition_list
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
    """A group in the list, with the name of its process."""

    group: Group
    process: str


def rows(groups: Iterable[Group], system: System) -> list[Row]:
    """Return the groups with the names of their processes."""
    with system.read() as connection:
        names = {each.key: each.name for each in definition_list.processes(connection)}
    return [Row(each, names.get(each.process_key, each.process_key)) for each in groups]


def process_of(group: Group, system: System) -> str:
    """Return the name of a group’s process."""
    (row,) = rows([group], system)
    return row.process
