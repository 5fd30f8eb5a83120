"""The pages about one migration, with what they show."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import flask

from engine import crossing, errors, rehearsal
from engine.queries import definition_list, migration_list
from engine.queries.migration_list import Item, Migration
from webapp.auth import guard
from webapp.pages.migrations import presenters
from workflows.access.people import OWNER
from workflows.queries import moving_cases

PREVIEWED: Final = 50  # cases on a page of the preview


def new(given: Mapping[str, Any], refusal: errors.Refused | None = None) -> str:
    """Return the form for a new migration."""
    with guard.system().read() as connection:
        movable = migration_list.movable(connection)
    return flask.render_template(
        "migrations/new.html",
        sources=presenters.sources(movable),
        given=given,
        refusal=refusal,
        faults=_faults(refusal, "source"),
    )


def mapping(migration_id: UUID, refusal: errors.Refused | None = None) -> str:
    """Return where cases go."""
    here = guard.system()
    found = _migration(migration_id)
    crossed = crossing.crossing(here.executor, migration_id)
    with here.read() as connection:
        names = presenters.names_of(definition_list.processes(connection))
        new_members = definition_list.members_of(connection, found.to_bundle)
        old_members = definition_list.members_of_version(
            connection, found.process_key, found.from_version
        )
    return flask.render_template(
        "migrations/mapping.html",
        migration=found,
        ways=crossed.ways,
        drawings=presenters.drawings(crossed, old_members, new_members, names),
        refusal=refusal,
        faults=_faults(refusal, "mapping"),
        can_change=OWNER in guard.person().roles and found.status in {"planned", "stopped"},
        **_common(),
    )


def by_hand(migration_id: UUID, given: Mapping[str, str]) -> dict[str, str]:
    """Return the ways that a person has chosen otherwise than they were proposed."""
    here = guard.system()
    chosen = dict(_migration(migration_id).by_hand)
    for way in crossing.crossing(here.executor, migration_id).ways:
        target = given.get(f"to.{way.old}")
        if target is not None and target != way.new:
            chosen[way.old] = target
    return chosen


def preview(migration_id: UUID, cursor: str | None) -> str:
    """Return what would become of each case of a page."""
    here = guard.system()
    found = _migration(migration_id)
    with here.read() as connection:
        page = migration_list.items(
            connection, migration_id, status="waiting", limit=PREVIEWED, cursor=cursor
        )
        cases = moving_cases.moving_cases(connection, [each.subject_id for each in page.items])
    rehearsed = rehearsal.rehearse(
        here.executor, migration_id, [each.instance_id for each in page.items]
    )
    return flask.render_template(
        "migrations/preview.html",
        migration=found,
        rows=[(each, cases.get(each.subject_id)) for each in rehearsed],
        counts=_counted(rehearsed),
        next_cursor=page.next_cursor,
        **_common(),
    )


def start(migration_id: UUID, refusal: errors.Refused | None = None) -> str:
    """Return the question why the cases are to be moved."""
    return flask.render_template(
        "migrations/start.html",
        migration=_migration(migration_id),
        reason=flask.request.form.get("reason", ""),
        refusal=refusal,
        faults=_faults(refusal, "reason"),
        **_common(),
    )


def progress(migration_id: UUID) -> str:
    """Return how far a migration has come."""
    asked = flask.request.args
    status = asked.get("status", "") if asked.get("status") in presenters.FATES else ""
    found = _migration(migration_id)
    with guard.system().read() as connection:
        page = migration_list.items(
            connection, migration_id, status=status, cursor=asked.get("cursor")
        )
        cases = moving_cases.moving_cases(connection, [each.subject_id for each in page.items])
    return flask.render_template(
        "migrations/progress.html",
        migration=found,
        rows=[(each, cases.get(each.subject_id)) for each in page.items],
        status=status,
        next_cursor=page.next_cursor,
        can_move=OWNER in guard.person().roles,
        **_common(),
    )


def every_item(connection: Any, migration_id: UUID) -> Iterator[Item]:  # noqa: ANN401
    """Yield all items of a migration, read a page at a time."""
    cursor: str | None = None
    while True:
        page = migration_list.items(connection, migration_id, limit=200, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _migration(migration_id: UUID) -> Migration:
    with guard.system().read() as connection:
        return migration_list.migration(connection, migration_id)


def _common() -> dict[str, Any]:
    with guard.system().read() as connection:
        names = presenters.names_of(definition_list.processes(connection))
    return {"names": names, "words": presenters}


def _counted(rehearsed: list[rehearsal.Rehearsed]) -> list[tuple[tuple[str, str], int]]:
    return [
        (word, count)
        for fate, word in presenters.BEFOREHAND.items()
        if (count := sum(each.fate.value == fate for each in rehearsed))
    ]


def _faults(refusal: errors.Refused | None, field: str) -> dict[str, str]:
    """Return the first fault of each field; one that is of none stands at `field`."""
    if refusal is None:
        return {}
    found = {name: each[0] for name, each in getattr(refusal, "errors", {}).items() if each}
    return found or {field: refusal.message}
