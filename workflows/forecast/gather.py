"""Make of the rows of a case the situation that is looked ahead from."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.store.types import FAR_FUTURE
from workflows.calendar import london
from workflows.forecast import queue
from workflows.forecast.lessons import Lessons
from workflows.forecast.prepare import Prepared
from workflows.forecast.queue import Waiting
from workflows.forecast.situation import Limit, OpenTask, Situation
from workflows.queries.forecast_inputs import CaseInputs, Owed, Running
from workflows.queries.observed_steps import Observed
from workflows.rulebook.model import Duty, Rulebook

# Where a token stays by itself, or stands since a step failed; what people do comes from their tasks.
WAITS: Final = frozenset(
    {
        "intermediateCatchEvent",
        "receiveTask",
        "eventBasedGateway",
        "serviceTask",
        "sendTask",
        "scriptTask",
        "businessRuleTask",
    }
)


def main_duties(rulebook: Rulebook) -> frozenset[str]:
    """Return the codes of the main time limits: all of the headline's kind."""
    kind = rulebook.newest(rulebook.headline).kind
    same = {each.code for each in rulebook.duties if kind and each.kind == kind}
    return frozenset(same | {rulebook.headline})


def situation(
    inputs: CaseInputs,
    prepared: Mapping[str, Prepared],
    rulebook: Rulebook,
    places: Mapping[object, int],
    today: dt.date,
) -> tuple[Situation, Owed] | None:
    """Return where a case is; None where no process of it can meet one of its main time limits.

    Args:
        inputs: Its rows.
        prepared: Bundles by identifier, among them those of its processes.
        rulebook: The law.
        places: Place in the queue of each task that has one.
        today: The day in London.
    """
    for owed in inputs.owed:
        duty = duty_of(rulebook, owed.duty, owed.opened)
        for running in inputs.running:
            if running.process_key in duty.processes and prepared[running.bundle_id].can_meet(
                duty.met_by
            ):
                limit = Limit(duty, owed.qualifier, owed.due, owed.excused)
                tasks = tuple(
                    open_task(each, places)
                    for each in inputs.tasks
                    if each.instance_id == running.id
                )
                known = prepared[running.bundle_id]
                return _situation(inputs, running, limit, (known, tasks), today), owed
    return None


def duty_of(rulebook: Rulebook, code: str, on: dt.date) -> Duty:
    """Return a duty as it stood on a day, or its newest version."""
    found = [each for each in rulebook.duties if each.code == code and each.in_force(on)]
    return found[0] if found else rulebook.newest(code)


def open_task(each: Observed, places: Mapping[object, int]) -> OpenTask:
    """Return a task that is open."""
    item = each.item if isinstance(each.item, dict) else {}
    return OpenTask(
        each.id,
        each.element,
        each.role,
        each.team,
        each.label,
        london.local_date(each.opened),
        None if each.taken is None else london.local_date(each.taken),
        None if each.due >= FAR_FUTURE else london.local_date(each.due),
        places.get(each.id),
        str(item.get("role", "")),
    )


def queue_places(waiting: Iterable[Observed], lessons: Lessons) -> dict[object, int]:
    """Return the place of each task in the queue of its team."""
    found: dict[object, int] = {}
    by_role: dict[str, list[Waiting]] = {}
    for each in waiting:
        if each.role in queue.QUEUED:
            entry = Waiting(each.id, each.team, each.due, each.opened, each.taken is not None)
            by_role.setdefault(each.role, []).append(entry)
    for role, entries in by_role.items():
        known = lessons.queues.get((role, ""))
        found |= queue.places(entries, taken=known is not None and known.taken)
    return found


def known_variables(values: Mapping[str, Any], prepared: Prepared) -> dict[str, Any]:
    """Return the values that its conditions look at, and nothing else."""
    return {name: value for name, value in values.items() if name in prepared.names}


def _situation(
    inputs: CaseInputs,
    running: Running,
    limit: Limit,
    known: tuple[Prepared, tuple[OpenTask, ...]],
    today: dt.date,
) -> Situation:
    prepared, tasks = known
    elements = prepared.graph.bundle.elements
    active = {
        element
        for entry in (running.marking or {}).values()
        for element in entry.get("active", {})
        if element in elements and elements[element].type in WAITS
    }
    return Situation(
        inputs.case_id,
        running.bundle_id,
        today,
        limit,
        tasks,
        tuple(sorted(active)),
        {
            element: london.local_date(due)
            for instance, element, due in inputs.timers
            if instance == running.id
        },
        known_variables(running.variables or {}, prepared),
        inputs.facts,
    )
