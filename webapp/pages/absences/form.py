"""The form of an absence, and the command that it becomes."""

import datetime as dt
from typing import Any

import flask

from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import absences
from workflows.access import people
from workflows.access.people import FAMILY, ROLE_NAMES, Person
from workflows.calendar import london
from workflows.commands.set_absence import SetAbsence
from workflows.store.absences import Deputy


def form_for(person: Person) -> FormDefinition:
    """Return the questions about an absence of a person; whoever enters another’s says why."""
    own = person.id == guard.person().id
    why = "Your colleagues see until when you are away, but not why" if own else ""
    return FormDefinition(
        (
            FormField("from_date", "The first day away", FieldType.DATE, required=True),
            FormField("to_date", "The last day away", FieldType.DATE, required=True),
            *_deputies(person),
            FormField(
                "move_open",
                "Move open tasks to the deputies",
                FieldType.BOOLEAN,
                required=True,
                default=True,
                hint=(
                    "They move on the first day. Those that nobody has begun come back after the "
                    "last. New tasks go to the deputies either way"
                ),
            ),
            FormField(
                "reason", "The reason", FieldType.STRING, hint=why, required=not own, maximum=500
            ),
        )
    )


def command(person: Person) -> SetAbsence:
    """Return the command for what was posted.

    Raises:
        errors.Invalid: an answer is missing or wrong.
    """
    form = form_for(person)
    here = guard.system()
    given: dict[str, Any] = dict(
        forms.validate(
            form,
            read.posted(form, flask.request.form),
            variables={},
            today=london.local_date(here.now()),
        )
    )
    deputies = [
        Deputy(*_role_of(each), given[each.id]) for each in _deputies(person) if given.get(each.id)
    ]
    return SetAbsence(
        person.id,
        dt.date.fromisoformat(given["from_date"]),
        dt.date.fromisoformat(given["to_date"]),
        tuple(deputies),
        bool(given["move_open"]),
        given.get("reason") or "",
    )


def _role_of(field: FormField) -> tuple[str, str]:
    _, team_id, role = field.id.split(".")
    return team_id, role


def _deputies(person: Person) -> list[FormField]:
    found = []
    whose = "Your" if person.id == guard.person().id else "Their"
    teams = [each.team_id for each in person.memberships if each.role != FAMILY]
    with guard.system().read() as connection:
        for each in person.memberships:
            if not each.team_id or each.role == FAMILY:
                continue
            able = people.colleagues(connection, each.team_id, each.role)
            options = tuple((one, name) for one, name in able if one != person.id)
            if options:
                role = ROLE_NAMES.get(each.role, each.role)
                for_role = f", as {role}" if teams.count(each.team_id) > 1 else ""
                found.append(
                    FormField(
                        f"deputy.{each.team_id}.{each.role}",
                        f"{whose} deputy in {each.team_name}{for_role}",
                        FieldType.ENUM,
                        required=True,
                        options=tuple((one, absences.named(one, name)) for one, name in options),
                    )
                )
    return found
