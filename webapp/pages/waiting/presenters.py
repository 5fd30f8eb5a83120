"""What the page of what waits prints: each element in the order of its diagram."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.queries.definition_list import Process
from webapp.presentation.waiting_steps import Step
from workflows.calendar import london
from workflows.queries.diagram_versions import DiagramVersions
from workflows.queries.step_durations import StepDuration
from workflows.queries.where_work_waits import Waiting

FIRST: Final = "ehc_assessment"
HEATS: Final = {"count": "How many wait", "age": "How long the oldest waits", "late": "Share late"}
# Days, and shares in per cent, from which on the heat is greater.
_AGES: Final = (7, 28, 84)
_SHARES: Final = (1, 25, 50)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    process: str
    version: int | None
    heat: str

    def version_of(self, versions: DiagramVersions) -> int | None:
        """Return the version asked for, None for all or where there is none such."""
        known = {each.version for each in versions.versions}
        return self.version if self.version in known else None

    def shown(self, versions: DiagramVersions) -> int:
        """Return the version whose diagram is shown."""
        return self.version_of(versions) or versions.live.version


@dataclass(frozen=True, slots=True)
class Row:
    """An element in the table.

    Attributes:
        days: How long the oldest waits; None where nothing does.
        href, late_href: The lists behind the numbers, "" where there are none.
    """

    step: Step
    waiting: Waiting
    took: StepDuration | None
    days: int | None
    level: int
    href: str
    late_href: str


def asked(arguments: MultiDict[str, str], running: Sequence[Process]) -> Asked:
    """Return what is asked for; what is not known is as if it had not been said."""
    keys = [each.key for each in running]
    process, heat, version = (arguments.get(name, "") for name in ("process", "heat", "version"))
    usual = FIRST if FIRST in keys or not keys else keys[0]
    return Asked(
        process if process in keys else usual,
        int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None,  # noqa: PLR2004
        heat if heat in HEATS else "count",
    )


def rows(
    steps: Sequence[Step],
    waiting: Mapping[str, Waiting],
    took: Mapping[str, StepDuration],
    asked_for: Asked,
    *,
    now: dt.datetime,
    opens: bool,
) -> list[Row]:
    """Return the table: each step, and whatever else something waits or failed at."""
    known = {each.id for each in steps}
    others = [
        Step(each, each.replace("_", " ").capitalize(), "", is_event=False)
        for each in sorted({*waiting, *took} - known)
    ]
    events = {each.id for each in steps if each.is_event}
    most = max((each.count for key, each in waiting.items() if key not in events), default=0)
    today = london.local_date(now)
    made = []
    for step in (*steps, *others):
        found = waiting.get(step.id, Waiting())
        days = (today - london.local_date(found.oldest)).days if found.oldest else None
        linked = opens and not step.is_event and found.count
        href = _list_of(step.id, asked_for) if linked else ""
        made.append(
            Row(
                step,
                found,
                took.get(step.id),
                days,
                1 if step.is_event else _level(found, days or 0, most, asked_for.heat),
                href,
                f"{href}&late=yes" if href and found.late else "",
            )
        )
    return made


def choices(
    asked_for: Asked,
    running: Sequence[Process],
    versions: DiagramVersions,
    by_process: Mapping[str, int],
) -> dict[str, list[dict[str, Any]]]:
    """Return what can be chosen above the diagram."""
    live = versions.live.version
    return {
        "process": [
            _choice(each.key, f"{each.name} ({by_process.get(each.key, 0):,})", asked_for.process)
            for each in running
        ],
        "version": [
            _choice("", "All versions", str(asked_for.version or "")),
            *(
                _choice(
                    str(each.version),
                    f"Version {each.version}{', live' if each.version == live else ''}"
                    f" ({each.running:,} running)",
                    str(asked_for.version or ""),
                )
                for each in versions.versions
            ),
        ],
        "heat": [_choice(value, text, asked_for.heat) for value, text in HEATS.items()],
    }


def _choice(value: str, text: str, chosen: str) -> dict[str, Any]:
    return {"value": value, "text": text, "selected": value == chosen}


def heat(found: Sequence[Row], asked_for: Asked) -> dict[str, dict[str, Any]]:
    """Return what the diagram shows: for each element its level, a number, words and the list."""
    return {
        row.step.id: {
            "level": row.level,
            "text": _badge(row, asked_for.heat),
            "label": f"{row.step.name}: {words(row)}",
            "href": row.href,
        }
        for row in found
        if row.waiting.count or row.waiting.failed
    }


def words(row: Row) -> str:
    """Say what waits at an element."""
    waiting = row.waiting
    parts = [f"{waiting.count:,} {'waits' if waiting.count == 1 else 'wait'}"]
    if waiting.late:
        parts.append(f"{waiting.late:,} late ({waiting.late_share:.0f} %)")
    if row.days is not None:
        parts.append(f"the oldest for {row.days} {'day' if row.days == 1 else 'days'}")
    if waiting.failed:
        parts.append(f"{waiting.failed:,} failed")
    return ", ".join(parts)


def idle(found: Sequence[Row]) -> list[str]:
    """Return the names of steps of which there is nothing to tell."""
    return [row.step.name for row in found if not _tells(row)]


def told(found: Sequence[Row]) -> list[Row]:
    """Return the rows of which there is something to tell."""
    return [row for row in found if _tells(row)]


def _tells(row: Row) -> bool:
    return bool(row.waiting.count or row.waiting.failed or row.took)


def total(found: Sequence[Row]) -> Waiting:
    """Return what waits in the whole process for people."""
    tasks = [row.waiting for row in found if not row.step.is_event]
    return Waiting(
        count=sum(each.count for each in tasks),
        late=sum(each.late for each in tasks),
        failed=sum(row.waiting.failed for row in found),
    )


def worst(found: Sequence[Row]) -> Row | None:
    """Return the step with most late tasks, None where nothing is late."""
    late = [row for row in found if row.waiting.late]
    return max(late, key=lambda row: row.waiting.late, default=None)


def _badge(row: Row, by: str) -> str:
    waiting = row.waiting
    if by == "age":
        return f"{row.days or 0} days · {waiting.count:,}"
    if by == "late":
        return f"{waiting.late_share:.0f} % late · {waiting.count:,}"
    late = f" · {waiting.late:,} late" if waiting.late else ""
    failed = f" · {waiting.failed:,} failed" if waiting.failed else ""
    return f"{waiting.count:,}{late}{failed}"


def _level(waiting: Waiting, days: int, most: int, by: str) -> int:
    """Return the heat, 0 (nothing waits) to 4."""
    if not waiting.count:
        return 0
    if by == "age":
        return 1 + sum(days >= each for each in _AGES)
    if by == "late":
        return 1 + sum(waiting.late_share >= each for each in _SHARES)
    return min(4, 1 + 4 * (waiting.count - 1) // max(1, most))


def _list_of(element: str, asked_for: Asked) -> str:
    chosen = {"scope": "all", "element": element, "part": asked_for.process}
    if asked_for.version is not None:
        chosen["version"] = str(asked_for.version)
    return f"/tasks?{urlencode(chosen)}"
