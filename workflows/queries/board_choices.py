"""What the board and the list of time limits can be narrowed to, with names."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.queries import definition_list
from workflows.agencies import choices
from workflows.rulebook import load
from workflows.store.tables import agencies, teams

Named = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """Code and name, by name, of each process, duty, agency, team and area."""

    process: Named
    duty: Named
    agency: Named
    team: Named
    area: Named


def board_choices(connection: sa.Connection) -> BoardChoices:
    """Return all that there is to choose; grows with duties, agencies and teams, not with cases."""
    rulebook = load.current()
    owed = {each.processes[0] for each in rulebook.duties}
    named = {each.key: each.name for each in definition_list.processes(connection)}
    return BoardChoices(
        process=_by_name({key: named.get(key, _plain(key)) for key in owed}),
        duty=_by_name({each.code: each.title for each in rulebook.duties}),
        agency=_names(connection, agencies),
        team=_names(connection, teams),
        area=dict(choices.choices("areas", connection)),
    )


def _names(connection: sa.Connection, table: sa.Table) -> Named:
    rows = connection.execute(
        sa.select(table.c.id, table.c.name).order_by(table.c.name, table.c.id)
    )
    return {row.id: row.name for row in rows}


def _by_name(found: Named) -> Named:
    return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))


def _plain(key: str) -> str:
    return key.replace("_", " ").capitalize()
