"""How the case of a sandbox stands: all that somebody who tries a draft wants to see."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.changes import JsonValue
from engine.queries import instance, timer_list
from engine.queries.incident_list import Incident
from engine.queries.timer_list import Timer
from workflows.access import people
from workflows.demo import organisation
from workflows.queries import engine_lists, progress, timeline
from workflows.queries.awaited_messages import Awaited, awaited_messages
from workflows.queries.case_page import CasePage, case_page
from workflows.queries.case_state import CaseState
from workflows.queries.progress import Progress
from workflows.sandbox.story import Story

EVENTS: Final = 100  # of the history that are shown


@dataclass(frozen=True, slots=True)
class Drawn:
    """A process of the case: its instance, its name, the key of its file, and where its tokens are."""

    name: str
    key: str
    found: Progress


@dataclass(frozen=True, slots=True)
class Board:
    """The case of a sandbox.

    Attributes:
        variables: Name to value, of each process by its name.
        timers: Those that wait, soonest first.
    """

    now: dt.datetime
    state: CaseState
    page: CasePage
    drawn: tuple[Drawn, ...]
    timers: tuple[Timer, ...]
    awaited: tuple[Awaited, ...]
    incidents: tuple[Incident, ...]
    variables: Mapping[str, Mapping[str, JsonValue]]
    events: tuple[Any, ...]


def board(story: Story) -> Board:
    """Return how the case of a story stands."""
    system, case_id = story.system, story.case_id
    bundles = system.executor.bundles
    with system.read() as connection:
        manager = people.person(connection, organisation.person_id("manager"))
        page = case_page(connection, manager, case_id, now=system.clock.now())
        found = instance.instances_of(connection, case_id)
        timers = [each for one in found for each in timer_list.timers_of(connection, one.id)]
        awaited = awaited_messages(connection, case_id, bundles, offered=False)
        incidents = engine_lists.incidents_seen(connection, manager)
        happened = timeline.timeline(connection, manager, case_id, limit=EVENTS, cursor=None)
    drawn = [
        Drawn(bundle.names.get(key, key), key, progress.progress(one, bundle, key))
        for one in found
        for bundle in [bundles.get(one.bundle_id)]
        for key in progress.processes_of(one, bundle)
    ]
    waiting = [each for each in timers if each.status == "waiting"]
    return Board(
        now=system.clock.now(),
        state=story.state(),
        page=page,
        drawn=tuple(drawn),
        timers=tuple(sorted(waiting, key=_soonest)),
        awaited=awaited,
        incidents=tuple(incidents),
        variables={bundles.get(one.bundle_id).name: one.variables for one in found},
        events=happened.items,
    )


def _soonest(timer: Timer) -> tuple[bool, dt.datetime, str]:
    return timer.due_at is None, timer.due_at or dt.datetime.max.replace(tzinfo=dt.UTC), timer.name
