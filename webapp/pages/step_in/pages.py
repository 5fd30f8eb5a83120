"""The pages about stepping in, with what they show."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import flask

from engine import errors
from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.step_in import planning, presenters
from workflows.access import people
from workflows.agencies import choices
from workflows.queries import absence_list, batch_items, batch_list, capacity
from workflows.queries.batch_items import Item
from workflows.queries.batch_list import Batch
from workflows.queries.load import load
from workflows.queries.needs_now import needs_now
from workflows.queries.steppable_tasks import SHOWN, Choice
from workflows.queries.team_list import team_list
from workflows.stepping_in.effects import effects

PREVIEWED: Final = 100  # items on a page of the preview
PEOPLE_SHOWN: Final = 40
MOST_COLLEAGUES: Final = 60  # to choose from on one page


def home() -> str:
    """Return what needs a manager now, who has how much, and what was done."""
    here, now = guard.system(), guard.system().now()
    team = flask.request.args.get("team", "")
    with here.read() as connection:
        loads = load(connection, now=now)
        teams = team_list(connection)
        needs = needs_now(connection, now=now)
        absences = absence_list.absence_list(connection)
        batches = batch_list.batch_list(connection)
    members = loads.members.get(team, frozenset())
    persons = [each for each in loads.people if not team or each.id in members]
    every = bool(team or flask.request.args.get("all"))
    return flask.render_template(
        "step_in/home.html",
        needs=needs,
        persons=persons,
        shown=persons if every else persons[:PEOPLE_SHOWN],
        chart=presenters.chart(persons),
        of_teams=[each for each in loads.teams if each.id and team in {"", each.id}],
        teams=teams,
        team=team,
        absences=absences,
        batches=batches,
        words=presenters,
    )


def choose(choice: Choice, refusal: errors.Refused | None = None) -> str:
    """Return tasks to choose from, with what can be done to them."""
    found = planning.found(choice)
    able = planning.doers(found.tasks)
    names = {person: name for each in able.values() for person, name in each.items()}
    names.pop(choice.person, None)  # they have the tasks already
    with guard.system().read() as connection:
        everybody = people.with_teams(connection)
        teams = team_list(connection)
        running = {each.key: each.name for each in definition_list.processes(connection)}
        areas = choices.choices("areas", connection)
        now = capacity.open_tasks(connection, list(names))
    return flask.render_template(
        "step_in/choose.html",
        tasks=found.tasks[:SHOWN],
        total=len(found.tasks),
        are_all=found.are_all,
        choice=choice,
        filters=presenters.filters(
            choice, people=everybody, teams=teams, processes=running, areas=areas
        ),
        query=presenters.query_of(choice),
        colleagues=sorted(names.items(), key=lambda pair: pair[1]),
        are_many=len(names) > MOST_COLLEAGUES,
        most_colleagues=MOST_COLLEAGUES,
        has=now,
        operations=presenters.operations(flask.request.form.get("operation", "reassign")),
        faults=_faults(refusal, "operation"),
        refusal=refusal,
    )


def batch(batch_id: UUID, refusal: errors.Refused | None = None) -> str:
    """Return what a planned batch would do; of another how far it has come, or its report."""
    asked = flask.request.args
    status = asked.get("status", "") if asked.get("status") in presenters.FATES else ""
    with guard.system().read() as connection:
        found = batch_list.batch(connection, batch_id)
        page = batch_items.batch_items(
            connection,
            guard.person(),
            found,
            status=status,
            limit=PREVIEWED,
            cursor=asked.get("cursor"),
        )
        capacities = capacity.capacity(connection, batch_id) if found.status == "planned" else ()
    shown: dict[str, Any] = {
        "batch": found,
        "items": page.items,
        "next_cursor": page.next_cursor,
        "words": presenters,
        "status": status,
        "refusal": refusal,
        "faults": _faults(refusal, "reason"),
    }
    if found.status == "planned":
        return flask.render_template(
            "step_in/preview.html",
            effects=_effects(found, page.items),
            capacities=capacities,
            reason=flask.request.form.get("reason", ""),
            **shown,
        )
    return flask.render_template("step_in/batch.html", **shown)


def every_item(batch_id: UUID) -> Iterator[Item]:
    """Yield all items of a batch, read a page at a time."""
    cursor: str | None = None
    with guard.system().read() as connection:
        found = batch_list.batch(connection, batch_id)
        while True:
            page = batch_items.batch_items(
                connection, guard.person(), found, limit=200, cursor=cursor
            )
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return


def _effects(found: Batch, items: tuple[Item, ...]) -> dict[UUID, Any]:
    here = guard.system()
    tried = effects(here.executor, guard.person(), found, items)
    return {each.target_id: each for each in tried}


def _faults(refusal: errors.Refused | None, field: str) -> dict[str, str]:
    """Return the first fault of each field; one that is of none stands at `field`."""
    if refusal is None:
        return {}
    found = {name: each[0] for name, each in refusal.errors.items() if each}
    return found or {field: refusal.message}
