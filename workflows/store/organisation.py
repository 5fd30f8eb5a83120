"""The rows of agencies, teams and areas: added and changed, never deleted."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine import errors
from engine.store.tables import tasks
from workflows.store.tables import agencies, areas, installation, memberships, people, teams

ID_LIMIT: Final = 36
ONE: Final = 1
RESERVED: Final = ("add", "teams", "areas", "authority")  # pages beside those of the agencies


class NoSuchAgency(errors.NotFound):
    """There is no such agency."""


class NoSuchTeam(errors.NotFound):
    """There is no such team."""


class NoSuchArea(errors.NotFound):
    """There is no such area."""


def agency(connection: sa.Connection, agency_id: str) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of an agency.

    Raises:
        NoSuchAgency: there is none.
    """
    statement = sa.select(*agencies.c).where(agencies.c.id == agency_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchAgency
    return row


def team(connection: sa.Connection, team_id: str) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of a team.

    Raises:
        NoSuchTeam: there is none.
    """
    statement = sa.select(*teams.c).where(teams.c.id == team_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchTeam
    return row


def area(connection: sa.Connection, code: str) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of an area.

    Raises:
        NoSuchArea: there is none.
    """
    statement = sa.select(*areas.c).where(areas.c.code == code).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchArea
    return row


def open_areas(connection: sa.Connection) -> dict[str, str]:
    """Return code and name of each area that is open, by name."""
    rows = connection.execute(
        sa.select(areas.c.code, areas.c.name)
        .where(areas.c.closed_at.is_(None))
        .order_by(areas.c.name, areas.c.code)
    )
    return {row.code: row.name for row in rows}


def open_teams(connection: sa.Connection) -> dict[str, str]:
    """Return id and name of each open team, by name."""
    rows = connection.execute(
        sa.select(teams.c.id, teams.c.name)
        .where(teams.c.closed_at.is_(None))
        .order_by(teams.c.name, teams.c.id)
    )
    return {row.id: row.name for row in rows}


def team_names(connection: sa.Connection) -> dict[str, str]:
    """Return id and name of every team, closed ones too."""
    return {row.id: row.name for row in connection.execute(sa.select(teams.c.id, teams.c.name))}


def teams_of(connection: sa.Connection, agency_id: str) -> list[Any]:
    """Return the open teams of an agency."""
    return list(
        connection.execute(
            sa.select(*teams.c)
            .where(teams.c.agency_id == agency_id, teams.c.closed_at.is_(None))
            .order_by(teams.c.name, teams.c.id)
        )
    )


def settings_of_area(connection: sa.Connection, code: str) -> int:
    """Count the open agencies of an area."""
    rows = connection.execute(sa.select(agencies.c.details).where(agencies.c.closed_at.is_(None)))
    return sum(row.details.get("area") == code for row in rows)


def open_tasks(connection: sa.Connection, team_id: str) -> int:
    """Count the open tasks that are with a team; stands on ix_tasks_team_id_role_status_due_at_id."""
    statement = sa.select(sa.func.count()).where(
        tasks.c.team_id == team_id, tasks.c.status == "open"
    )
    return connection.execute(statement).scalar_one()


def members(connection: sa.Connection, team_id: str) -> int:
    """Count the active members of a team."""
    statement = (
        sa.select(sa.func.count(sa.distinct(memberships.c.person_id)))
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.team_id == team_id, people.c.active)
    )
    return connection.execute(statement).scalar_one()


def add_agency(connection: sa.Connection, agency_id: str, values: Mapping[str, Any]) -> None:
    """Add an agency."""
    connection.execute(agencies.insert(), {"id": agency_id, **values})


def change_agency(connection: sa.Connection, agency_id: str, values: Mapping[str, Any]) -> None:
    """Change an agency."""
    connection.execute(agencies.update().where(agencies.c.id == agency_id).values(**values))


def add_team(connection: sa.Connection, team_id: str, values: Mapping[str, Any]) -> None:
    """Add a team.

    Raises:
        errors.Invalid: there is one with this code.
    """
    if connection.execute(sa.select(teams.c.id).where(teams.c.code == team_id)).first():
        words = "There is a team with this code already. Choose another code"
        raise errors.Invalid("The code is taken.", errors={"code": (words,)})
    connection.execute(teams.insert(), {"id": team_id, "code": team_id, **values})


def change_team(connection: sa.Connection, team_id: str, values: Mapping[str, Any]) -> None:
    """Change a team."""
    connection.execute(teams.update().where(teams.c.id == team_id).values(**values))


def close(
    connection: sa.Connection, table: str, identifier: str, closed_at: dt.datetime | None
) -> None:
    """Close an agency, team or area; with None, open it again."""
    column = {"agency": agencies.c.id, "team": teams.c.id, "area": areas.c.code}[table]
    connection.execute(
        sa.update(column.table).where(column == identifier).values(closed_at=closed_at)
    )


def save_area(connection: sa.Connection, code: str, name: str) -> str:
    """Add an area, or name it anew; return its name before, "" where it is new."""
    before = connection.execute(
        sa.select(areas.c.name).where(areas.c.code == code)
    ).scalar_one_or_none()
    if before is None:
        connection.execute(areas.insert(), {"code": code, "name": name})
    else:
        connection.execute(areas.update().where(areas.c.code == code).values(name=name))
    return before or ""


def authority(connection: sa.Connection) -> tuple[str, dict[str, str]]:
    """Return the authority's name and contacts; empty before it is set up."""
    row = connection.execute(
        sa.select(installation.c.authority_name, installation.c.authority)
    ).one_or_none()
    return (row.authority_name, dict(row.authority)) if row else ("", {})


def set_authority(connection: sa.Connection, name: str, contacts: Mapping[str, str]) -> None:
    """Set the authority's name and contacts; the first time this is what makes the row."""
    values = {"authority_name": name, "authority": dict(contacts)}
    changed = connection.execute(
        installation.update()
        .where(installation.c.id == ONE)
        .values(**values)
        .returning(installation.c.id)
    )
    if changed.scalar_one_or_none() is None:
        connection.execute(installation.insert(), {"id": ONE, "demo": False, **values})


def slug(text: str) -> str:
    """Return a short identifier made of a name: “St Aidan’s” becomes “st-aidans”."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    bare = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:ID_LIMIT].rstrip("-")


def free_id(connection: sa.Connection, name: str) -> str:
    """Return an identifier for a new agency that neither an agency nor a team has."""
    wanted = slug(name) or "agency"
    rows = connection.execute(
        sa.select(agencies.c.id).where(agencies.c.id.like(f"{wanted[:30]}%"))
    ).scalars()
    other = connection.execute(
        sa.select(teams.c.code).where(teams.c.code.like(f"{wanted[:30]}%"))
    ).scalars()
    taken = {*rows, *other, *RESERVED}
    numbered = (f"{wanted[:30]}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def open_settings(connection: sa.Connection) -> set[str]:
    """Return the identifiers of the education settings that are open."""
    rows = connection.execute(
        sa.select(agencies.c.id).where(agencies.c.kind == "setting", agencies.c.closed_at.is_(None))
    )
    return set(rows.scalars())
