"""The questions about people."""

import csv
import io
from typing import Any, Final

import flask

from engine import errors
from engine.definitions.forms import FieldType, FormField
from webapp.auth import guard
from webapp.pages.administration.dialog import Values
from webapp.settings import Settings
from workflows.access import people_file
from workflows.access.people import ROLE_NAMES
from workflows.access.people_file import PeopleFile
from workflows.access.roles import ACROSS
from workflows.store import organisation

IDENTITY: Final = (
    FormField("name", "Name", FieldType.STRING, required=True, maximum=200),
    FormField("email", "Email address", FieldType.STRING, required=True, maximum=200),
)
LINKING: Final = (("link", "Let them see this case"), ("end", "End the link"))


def role_fields() -> tuple[FormField, FormField]:
    """Return the questions for a role and its team."""
    with guard.system().read() as connection:
        teams = organisation.open_teams(connection)
    across = ", ".join(ROLE_NAMES[each] for each in ACROSS)
    return (
        FormField("role", "Role", FieldType.ENUM, required=True, options=tuple(ROLE_NAMES.items())),
        FormField(
            "team",
            "Team",
            FieldType.ENUM,
            options=tuple(teams.items()),
            hint=f"Leave empty for roles across the authority: {across}",
        ),
    )


def held(given: Values) -> tuple[str, str]:
    """Return team and role of an answer.

    Raises:
        errors.Invalid: a role of teams has no team, or one across the authority has.
    """
    role, team = str(given["role"]), str(given.get("team") or "")
    if role in ACROSS and team:
        words = f"{ROLE_NAMES[role]} is a role across the authority: leave the team empty"
        raise errors.Invalid(words, errors={"team": (words,)})
    if role not in ACROSS and not team:
        words = "Select the team in which they have this role"
        raise errors.Invalid(words, errors={"team": (words,)})
    return team, role


def invitation_site() -> str:
    """Return the address to which the secret of an invitation is added."""
    settings: Settings = flask.current_app.extensions["settings"]
    return f"{settings.site_url}/invitation/"


def as_csv(found: PeopleFile) -> str:
    """Return people as the file that they were read from, to be sent along once more."""
    written: Any = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(people_file.COLUMNS)
    for person in found.people:
        writer.writerows((person.email, person.name, role, team) for team, role in person.held)
    return str(written.getvalue())
