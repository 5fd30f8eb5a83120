"""Stories that process owners keep with their diagrams, and what they are trying just now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.scenario_tables import draft_trials, scenarios


class NoSuchScenario(errors.NotFound):
    """There is no such scenario."""


class ScenarioExists(errors.Conflict):
    """There is a scenario of that name already. Choose another name, or retire that one first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A story that a process owner keeps; `retired_at` None while it is lived at publishing."""

    process_key: str
    name: str
    title: str
    toml: str
    saved_at: dt.datetime
    saved_by: str
    retired_at: dt.datetime | None
    retired_by: str | None


def kept(connection: sa.Connection, process_key: str | None = None) -> tuple[Kept, ...]:
    """Return the stories of a process, or of all; those that are retired as well."""
    statement = sa.select(*scenarios.c).order_by(scenarios.c.process_key, scenarios.c.name)
    if process_key is not None:
        statement = statement.where(scenarios.c.process_key == process_key)
    return tuple(Kept(*row) for row in connection.execute(statement))


def keep(connection: sa.Connection, story: Kept) -> None:
    """Keep a story; one that was retired under its name is replaced.

    Raises:
        ScenarioExists: another is in use under this name.
    """
    values = {
        "title": story.title,
        "toml": story.toml,
        "saved_at": story.saved_at,
        "saved_by": story.saved_by,
        "retired_at": None,
        "retired_by": None,
    }
    statement = (
        upsert(scenarios, connection)
        .values(process_key=story.process_key, name=story.name, **values)
        .on_conflict_do_update(
            index_elements=["process_key", "name"],
            set_=values,
            where=scenarios.c.retired_at.is_not(None),
        )
        .returning(scenarios.c.name)
    )
    if connection.execute(statement).scalar_one_or_none() is None:
        raise ScenarioExists


def retire(
    connection: sa.Connection, process_key: str, name: str, *, now: dt.datetime, by: str
) -> None:
    """Let a story be lived no more.

    Raises:
        NoSuchScenario: there is none in use.
    """
    statement = (
        scenarios.update()
        .where(
            scenarios.c.process_key == process_key,
            scenarios.c.name == name,
            scenarios.c.retired_at.is_(None),
        )
        .values(retired_at=now, retired_by=by)
        .returning(scenarios.c.name)
    )
    if connection.execute(statement).scalar_one_or_none() is None:
        raise NoSuchScenario


def trial(connection: sa.Connection, draft_id: UUID, person_id: str) -> Mapping[str, Any] | None:
    """Return what a person has done with a draft so far, None where they have not begun."""
    found: Mapping[str, Any] | None = connection.execute(
        sa.select(draft_trials.c.story).where(
            draft_trials.c.draft_id == draft_id, draft_trials.c.person_id == person_id
        )
    ).scalar_one_or_none()
    return found


def keep_trial(
    connection: sa.Connection,
    draft_id: UUID,
    person_id: str,
    story: Mapping[str, Any],
    now: dt.datetime,
) -> None:
    """Keep what a person has done with a draft."""
    values = {"story": dict(story), "saved_at": now}
    connection.execute(
        upsert(draft_trials, connection)
        .values(draft_id=draft_id, person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["draft_id", "person_id"], set_=values)
    )


def end_trial(connection: sa.Connection, draft_id: UUID, person_id: str) -> None:
    """Forget what a person has done with a draft."""
    connection.execute(
        draft_trials.delete().where(
            draft_trials.c.draft_id == draft_id, draft_trials.c.person_id == person_id
        )
    )
