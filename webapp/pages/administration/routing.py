"""The routing table: which team gets which tasks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import flask
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine import errors
from engine.queries import definition_list
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access.people import ADMIN, FAMILY, ROLE_NAMES
from workflows.agencies import choices, routing as live_routing, routing_rules
from workflows.agencies.details import PHASES
from workflows.agencies.routing_rules import RoutingRule
from workflows.commands.change_routing import ChangeRouting
from workflows.queries import agency_list
from workflows.queries.publishing_rules import publishing_rules
from workflows.sandbox import rehearse
from workflows.store import organisation

blueprint: Final = flask.Blueprint("routing", __name__, url_prefix="/administration/routing")
ROLES: Final = {key: name for key, name in ROLE_NAMES.items() if key != FAMILY}
_CELL: Final = re.compile(r"(role|area|phase|setting|team)-([0-9]{1,3})")
Table = tuple[bytes, int]


@blueprint.get("")
@guard.requires(ADMIN)
def table() -> str:
    """Show the table, where each rule leads, and which one takes a combination."""
    data, version = _live()
    asked = {name: flask.request.args.get(name, "") for name in routing_rules.COLUMNS}
    number = routing_rules.decided_by(data, asked) if any(asked.values()) else None
    rules = routing_rules.read(data)
    return flask.render_template(
        "administration/routing.html",
        rules=rules,
        version=version,
        asked=asked,
        number=number,
        answer=_leads(rules[number - 1], asked) if number else "",
        **_lists(),
    )


@blueprint.get("/edit")
@guard.requires(ADMIN)
def edit() -> str:
    """Show the table as fields."""
    data, version = _live()
    return _edit_page(list(routing_rules.read(data)), version)


@blueprint.post("/edit")
@guard.requires(ADMIN)
def change() -> Response | str | tuple[str, int]:
    """Add, move or remove a rule; or publish the table."""
    form = flask.request.form
    rules, version = _posted(form), int(form.get("seen") or 0)
    step = form.get("step", "publish")
    if step != "publish":
        return _edit_page(_stepped(rules, step), version, reason=form.get("reason", ""))
    command = ChangeRouting(tuple(rules), form.get("reason", ""), version)
    try:
        _refuse_broken(command)
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        page = _edit_page(rules, version, refusal, form.get("reason", ""))
        return page, problem.status_of(refusal)
    with guard.system().read() as connection:
        drafted = publishing_rules(connection).second_person
    flask.flash(
        "The table is a draft now: a process owner must approve and publish it."
        if drafted
        else "The table is published. New tasks go by it; open tasks stay where they are.",
        "success",
    )
    return flask.redirect("/administration/routing", 303)


def _refuse_broken(command: ChangeRouting) -> None:
    """Let scenarios be lived through that this concerns, as for everything that is published."""
    data, _ = _live()
    written = routing_rules.write(data, command.rules)
    rehearse.refuse_broken(guard.system(), {"routing.dmn": written})


def _posted(form: MultiDict[str, str]) -> list[RoutingRule]:
    found: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        cell = _CELL.fullmatch(name)
        if cell:
            found.setdefault(int(cell[2]), {})[cell[1]] = value.strip()
    return [_rule(found[at]) for at in sorted(found)]


def _rule(cells: Mapping[str, str]) -> RoutingRule:
    role, area, phase, setting, team = (
        cells.get(name, "") for name in (*routing_rules.COLUMNS, "team")
    )
    return RoutingRule(role, area, phase, setting, team)


def _stepped(rules: list[RoutingRule], step: str) -> list[RoutingRule]:
    """Return the rules after a button: "add", "up-3", "remove-3"."""
    verb, _, text = step.partition("-")
    at = int(text) - 1 if text.isdecimal() else -1
    if verb == "add" and len(rules) < routing_rules.RULES_LIMIT:
        return [RoutingRule("", "", "", "", ""), *rules]
    if not 0 <= at < len(rules):
        return rules
    moved = [*rules]
    rule = moved.pop(at)
    if verb == "up" and at > 0:
        moved.insert(at - 1, rule)
    elif verb != "remove":
        return rules
    return moved


def _edit_page(
    rules: list[RoutingRule],
    version: int,
    refusal: errors.Refused | None = None,
    reason: str = "",
) -> str:
    found: Mapping[str, tuple[str, ...]] = refusal.errors if refusal else {}
    listed = [{"text": messages[0], "href": f"#{name}"} for name, messages in found.items()] or (
        [{"text": refusal.message}] if refusal else []
    )
    return flask.render_template(
        "administration/edit_routing.html",
        rules=[replace(each, plain=True) for each in rules],
        plain=all(each.plain for each in rules),
        version=version,
        reason=reason,
        errors=found,
        error_list=listed,
        **_lists(),
    )


def _live() -> Table:
    with guard.system().read() as connection:
        files = definition_list.live(connection)
        version = definition_list.live_version(connection, live_routing.KEY)
    if live_routing.KEY not in files:
        raise routing_rules.NoRoutingTable
    return files[live_routing.KEY], version


def _lists() -> dict[str, Any]:
    with guard.system().read() as connection:
        organised = agency_list.agency_list(connection)
        settings = choices.choices("settings", connection)
        areas = organisation.open_areas(connection)
    teams = {each.id: each for agency in organised.agencies for each in agency.teams}
    open_teams = [(each.id, each.name) for each in teams.values() if not each.closed_at]
    return {
        "roles": ROLES,
        "areas": areas,
        "phases": PHASES,
        "settings": dict(settings),
        "teams": teams,
        "team_choices": [
            (routing_rules.SETTING, "The setting that it is about"),
            *sorted(open_teams, key=lambda each: each[1]),
        ],
    }


def _leads(rule: RoutingRule, asked: Mapping[str, str]) -> str:
    return asked["setting"] if rule.team == routing_rules.SETTING else rule.team
