"""The events that other programs can be told of, and the changes that they are made of."""

from collections.abc import Mapping
from typing import Any, Final

from engine import changes as engine_changes
from engine.changes import Change
from workflows import changes
from workflows.rulebook import load

TEST: Final = "test"
FACT: Final = "fact."
# Name of the event, and what it means. What is told of it: identifiers, never what was entered.
EVENTS: Final[Mapping[str, str]] = {
    "case.opened": "A case began",
    "case.closed": "A case was closed",
    "task.opened": "A task waits for somebody",
    "task.completed": "A task was completed",
    "task.cancelled": "A task is no longer needed",
    "instance.started": "A process began on a case",
    "instance.ended": "A process ended",
    "incident.raised": "A step failed",
    "incident.resolved": "A step that had failed was mended",
    "exception.recorded": "A lawful exception was recorded",
    "document.added": "A document was added to a case",
    "notice.issued": "A notice was issued",
    "decision.recorded": "A decision was recorded",
}
_OF: Final[Mapping[type[Change], tuple[str, Mapping[str, str]]]] = {
    changes.CaseOpened: ("case.opened", {}),
    changes.CaseClosed: ("case.closed", {}),
    engine_changes.TaskOpened: ("task.opened", {"task_id": "tasks"}),
    engine_changes.TaskCompleted: ("task.completed", {"task_id": "tasks"}),
    engine_changes.TaskCancelled: ("task.cancelled", {"task_id": "tasks"}),
    engine_changes.InstanceStarted: ("instance.started", {"instance_id": "instances"}),
    engine_changes.InstanceEnded: ("instance.ended", {"instance_id": "instances"}),
    engine_changes.IncidentRaised: ("incident.raised", {"incident_id": ""}),
    engine_changes.IncidentResolved: ("incident.resolved", {"incident_id": ""}),
    changes.ExceptionRecorded: ("exception.recorded", {"exception_id": ""}),
    changes.DocumentAdded: ("document.added", {"document_id": ""}),
    changes.NoticeIssued: ("notice.issued", {"document_id": ""}),
    changes.DecisionRecorded: ("decision.recorded", {"decision_id": ""}),
}


def facts() -> dict[str, str]:
    """Return the events of facts: name and what it means, by name."""
    kinds = load.current().facts
    return {f"{FACT}{code}": kinds[code].title for code in sorted(kinds)}


def known() -> dict[str, str]:
    """Return every event that can be subscribed to."""
    return {**EVENTS, **facts()}


def name_of(change: Change) -> str:
    """Return the event of a change, "" where it is none."""
    if isinstance(change, changes.FactRecorded):
        return f"{FACT}{change.code}"
    found = _OF.get(type(change))
    return found[0] if found else ""


def data_of(change: Change, case_id: object) -> dict[str, Any]:
    """Return what is told of a change: identifiers, and the path at which to ask for the rest."""
    told: dict[str, Any] = {"case_id": str(case_id)}
    path = f"/api/v1/cases/{case_id}"
    if change.instance_id is not None:
        told["instance_id"] = str(change.instance_id)
    if isinstance(change, changes.FactRecorded):
        told["fact_id"] = str(change.fact_id)
    for field, resource in _OF.get(type(change), ("", {}))[1].items():
        told[field] = str(getattr(change, field))
        path = f"/api/v1/{resource}/{told[field]}" if resource else path
    return {**told, "url": path}
