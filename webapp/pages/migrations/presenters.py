"""What the pages about migrations print."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from engine.crossing import Crossing
from engine.queries.definition_list import Process
from engine.queries.migration_list import Item, Migration, Movable
from webapp.presentation import dates

# What starts a formula in a spreadsheet, and must not.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
STATUS: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("Planned", "govuk-tag--grey"),
    "running": ("Under way", "govuk-tag--blue"),
    "stopped": ("Stopped", "govuk-tag--yellow"),
    "undoing": ("Being undone", "govuk-tag--blue"),
    "done": ("Done", "govuk-tag--green"),
}
FATES: Final[Mapping[str, tuple[str, str]]] = {
    "waiting": ("Waits", "govuk-tag--grey"),
    "moved": ("Moved", "govuk-tag--green"),
    "blocked": ("Not moved", "govuk-tag--red"),
    "ended": ("Has ended", "govuk-tag--grey"),
    "unchanged": ("Was there already", "govuk-tag--grey"),
    "undone": ("Moved back", "govuk-tag--yellow"),
    "kept": ("Could not be moved back", "govuk-tag--red"),
}
BEFOREHAND: Final[Mapping[str, tuple[str, str]]] = {
    "unchanged": ("Moves, nothing changes for it", "govuk-tag--green"),
    "moves": ("Moves", "govuk-tag--blue"),
    "blocked": ("Cannot move", "govuk-tag--red"),
}
BECAME: Final[Mapping[str, str]] = {
    "kept": "Unchanged",
    "changed": "Changed: the diagram says it otherwise",
    "new": "New",
    "cancelled": "No longer set",
}


def sources(found: Iterable[Movable]) -> list[dict[str, str]]:
    """Return the versions that cases can be moved from, as the items of a select."""
    return [
        {"value": f"{each.process_key}:{each.version}", "text": _source(each)} for each in found
    ]


def _source(each: Movable) -> str:
    cases = "1 running case" if each.running == 1 else f"{each.running} running cases"
    live = ", the live version" if each.is_live else ""
    return f"{each.name}, version {each.version}{live} ({cases})"


def drawings(
    crossing: Crossing, old: Mapping[str, int], new: Mapping[str, int], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the diagrams to show: of each process that differs or has cases, both versions."""
    shown: list[dict[str, Any]] = []
    for key in sorted({*crossing.old_states, *crossing.new_states}):
        sides: list[dict[str, Any]] = []
        for which, members, states in (
            ("old", old, crossing.old_states),
            ("new", new, crossing.new_states),
        ):
            if key in members:
                sides.append(
                    {
                        "id": f"{which}-{key}",
                        "version": members[key],
                        "is_new": which == "new",
                        "states": dict(states.get(key, {})),
                    }
                )
        shown.append({"key": key, "name": names.get(key, key), "sides": sides})
    return shown


def names_of(processes: Iterable[Process]) -> dict[str, str]:
    """Return the names of processes by their keys."""
    return {each.key: each.name for each in processes}


def report(migration: Migration, found: Iterable[Item], references: Mapping[UUID, str]) -> str:
    """Return what became of each case as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Case", "Instance", "From version", "To version", "Outcome", "Why", "When"])
    for each in found:
        writer.writerow(
            [
                _plain(references.get(each.subject_id, "")),
                str(each.instance_id),
                migration.from_version,
                migration.to_version,
                FATES[each.status][0],
                _plain(each.reason),
                dates.moment(each.at),
            ]
        )
    return "\ufeff" + out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
