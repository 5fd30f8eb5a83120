"""Live through every story that a change concerns, before it is published."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from engine import errors
from workflows.bootstrap import DIAGRAMS
from workflows.sandbox import files as together
from workflows.sandbox.place import places
from workflows.sandbox.run import run
from workflows.scenarios import model
from workflows.scenarios.model import ScenarioError
from workflows.store import scenarios

DELIVERED: Final = DIAGRAMS / "scenarios"
TABLES: Final = "duties"  # a folder of tables of dates, which hold the rulebook and no diagram
PROCESSES: Final = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Told:
    """A story that is lived at publishing.

    Attributes:
        name: The process key and the story's name.
        delivered: It came with the program; else a process owner keeps it.
    """

    process_key: str
    name: str
    title: str
    toml: str
    delivered: bool
    saved_at: dt.datetime | None = None
    saved_by: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """How a story went; `problem` says at which step it took another way, "" where it went as told."""

    name: str
    title: str
    problem: str


def told(connection: sa.Connection) -> tuple[Told, ...]:
    """Return all stories in use: those delivered, and those that process owners keep."""
    delivered = [_delivered(path) for path in sorted(DELIVERED.rglob("*.toml")) if _is_story(path)]
    kept = [
        Told(
            each.process_key,
            f"{each.process_key}/{each.name}",
            each.title,
            each.toml,
            delivered=False,
            saved_at=each.saved_at,
            saved_by=each.saved_by,
        )
        for each in scenarios.kept(connection)
        if each.retired_at is None
    ]
    return (*delivered, *kept)


def concerned(
    stories: Iterable[Told], files: Mapping[str, bytes], changed: Collection[str]
) -> tuple[Told, ...]:
    """Return the stories whose process is, calls or sets going one of those that changed."""
    reached: dict[str, bool] = {}
    found = []
    for each in stories:
        key = model.parse(each.toml, each.name).process
        if key not in reached:
            reached[key] = bool(together.reached(files, key) & set(changed))
        if reached[key]:
            found.append(each)
    return tuple(found)


def live(
    stories: Collection[Told],
    place: tuple[Mapping[str, bytes], Mapping[str, str]],
    progress: Callable[[int], None],
) -> tuple[Went, ...]:
    """Live through stories, each in a sandbox of its own, in several operating system processes.

    Args:
        stories: What to live.
        place: What is live in the sandboxes, and what its tasks were called before.
        progress: Told how many are done, after each.
    """
    if not stories:
        return ()
    went = {}
    # A process that threads run in must not be forked: locks of theirs would stay closed in it.
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[str], Told] = {
            pool.submit(live_one, each.toml, each.name, (dict(place[0]), dict(place[1]))): each
            for each in stories
        }
        for done, future in enumerate(as_completed(waiting), 1):
            story = waiting[future]
            went[story.name] = Went(story.name, story.title, future.result())
            progress(done)
    return tuple(went[each.name] for each in stories)


def live_one(toml: str, name: str, place: tuple[Mapping[str, bytes], Mapping[str, str]]) -> str:
    """Return where a story goes another way than told, "" where it goes as told.

    Steps that it does not know are no other way: a process may be given more of them.
    """
    try:
        scenario = model.renamed(model.parse(toml, name), place[1])
        system = places().open(place[0])
    except ScenarioError as error:
        return str(error)
    except errors.Refused as refusal:
        return refusal.message
    try:
        run(scenario, system, may_have_more=True)
    except ScenarioError as error:
        return str(error)
    except errors.Refused as refusal:
        return f"{name}: the case cannot be opened: {refusal.message} {dict(refusal.errors)}"
    finally:
        places().close(system)
    return ""


def _is_story(path: Path) -> bool:
    return path.parent.name != TABLES


def _delivered(path: Path) -> Told:
    text = path.read_text(encoding="utf-8")
    name = f"{path.parent.name}/{path.stem}"
    return Told(path.parent.name, name, model.parse(text, name).title, text, delivered=True)
