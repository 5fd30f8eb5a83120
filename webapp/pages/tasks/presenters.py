"""What the task templates print."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import flask
from werkzeug.datastructures import MultiDict

from engine import errors
from engine.definitions.forms import FormDefinition
from webapp.forms import read
from webapp.presentation import dates
from workflows.access.people import ROLE_NAMES, Person
from workflows.queries.work_list import NOBODY, Group, Scope, WorkFilter, WorkItem
from workflows.store import search

# How a list is narrowed to what waits at an element of a diagram.
VERSION_DIGITS: Final = 7
OF_PLACE: Final = ("element", "part", "version", "late")


def filter_of(arguments: MultiDict[str, str], now: dt.datetime) -> WorkFilter:
    """Return the filter that an address asks for; what is not known does not narrow the list."""
    scope = arguments.get("scope", "")
    group = arguments.get("group", "")
    return WorkFilter(
        scope=Scope(scope) if scope in set(Scope) else Scope.TEAM,
        group=Group(group) if group in set(Group) else None,
        team=arguments.get("team", ""),
        role=arguments.get("role", ""),
        process=arguments.get("process", ""),
        assignee=arguments.get("assignee", ""),
        text=arguments.get("q", "").strip()[:100],
        due_before=search.date_or_none(arguments.get("due_before", "")),
        sort="newest" if arguments.get("sort") == "newest" else "due",
        element=arguments.get("element", "")[:120],
        part=arguments.get("part", "")[:120],
        late_at=now if arguments.get("late") else None,
    )


def kept(arguments: MultiDict[str, str]) -> dict[str, str]:
    """Return what narrows the list to a place in a diagram, for forms and links to keep."""
    return {name: arguments[name] for name in OF_PLACE if arguments.get(name)}


def version_of(arguments: MultiDict[str, str]) -> int | None:
    """Return the version of a diagram that an address asks for, None for any."""
    text = arguments.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < VERSION_DIGITS else None


def filters(
    chosen: WorkFilter,
    person: Person,
    *,
    processes: Mapping[str, str],
    mates: Mapping[str, str],
) -> dict[str, list[dict[str, Any]]]:
    """Return the choices of the filter panel.

    Args:
        chosen: What is chosen now.
        person: Who looks.
        processes: Key and name of the processes that run.
        mates: Id and name of those who share a team.
    """
    teams = {each.team_id: each.team_name for each in person.memberships if each.team_id}
    scopes = [
        (Scope.MINE, "My tasks"),
        (Scope.TEAM, "My teams’ tasks"),
        (Scope.WAITING, "Waiting on others"),
    ]
    return {
        "scope": [_choice(value, text, chosen.scope == value) for value, text in scopes],
        "group": [
            _choice(value, text, (chosen.group or "") == value)
            for value, text in [("", "All"), *((each, each.value) for each in Group)]
        ],
        "team": [
            _choice(value, text, chosen.team == value)
            for value, text in [("", "All of my teams"), *teams.items()]
        ],
        "process": [
            _choice(value, text, chosen.process == value)
            for value, text in [("", "All processes"), *processes.items()]
        ],
        "assignee": [
            _choice(value, text, chosen.assignee == value)
            for value, text in [("", "Anybody"), (NOBODY, "Nobody yet"), *mates.items()]
        ],
        "sort": [
            _choice("due", "Most urgent first", chosen.sort == "due"),
            _choice("newest", "Newest first", chosen.sort == "newest"),
        ],
    }


def removable(
    chosen: WorkFilter, choices: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[dict[str, str]]:
    """Return the chosen filters in words, each with the address without it."""

    def words(name: str, value: str) -> str:
        named = {each["value"]: str(each["text"]) for each in choices[name]}
        return named.get(value, value) if value else ""

    shown = {
        "group": chosen.group.value if chosen.group else "",
        "process": words("process", chosen.process),
        "team": words("team", chosen.team),
        "assignee": words("assignee", chosen.assignee),
        "q": chosen.text,
        "due_before": dates.long_date(chosen.due_before),
        "element": f"At: {chosen.element.replace('_', ' ')}" if chosen.element else "",
        "late": "Late" if chosen.late_at else "",
        "version": f"Version {flask.request.args['version']}" if chosen.bundles is not None else "",
    }
    return [
        {"text": text, "href": f"?{urlencode(_without(name))}"}
        for name, text in shown.items()
        if text
    ]


def grouped(items: Sequence[WorkItem]) -> list[tuple[Group, list[WorkItem]]]:
    """Return tasks in the groups of the list, one after the other."""
    return [
        (group, list(found)) for group, found in itertools.groupby(items, lambda each: each.group)
    ]


def next_link(cursor: str | None) -> str:
    """Return the address of the next page, "" at the end."""
    return f"?{urlencode({**_without('cursor'), 'cursor': cursor})}" if cursor else ""


def what_next(opened: Sequence[str]) -> str:
    """Say what a completed task has set going."""
    if not opened:
        return "Task completed."
    return f"Task completed. Next: {', '.join(sorted(set(opened)))}."


def error_list(form: FormDefinition, refusal: errors.Refused | None) -> list[dict[str, Any]]:
    """Return the error summary; a refusal that no field is to blame for stands there by itself."""
    if refusal is None or isinstance(refusal, errors.Conflict):
        return []
    return read.error_list(form, refusal.errors) or [{"text": refusal.message}]


def quicker(refusal: errors.Refused | None, names: Mapping[str, str]) -> str:
    """Say who was quicker, and when."""
    if not isinstance(refusal, errors.Conflict):
        return ""
    who = names.get(refusal.details.get("by", ""), "")
    return f"{refusal.message}{f' It was {who}.' if who else ''}"


def role_name(code: str) -> str:
    """Return the name of a role."""
    return ROLE_NAMES.get(code, code)


def _choice(value: str, text: str, chosen: bool) -> dict[str, Any]:  # noqa: FBT001
    return {"value": str(value), "text": text, "checked": chosen, "selected": chosen}


def _without(name: str) -> dict[str, str]:
    return {
        key: value
        for key, value in flask.request.args.items()
        if key not in {name, "cursor"} and value
    }
