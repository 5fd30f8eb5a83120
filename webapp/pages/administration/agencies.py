"""Agencies, their teams, areas, and the authority itself."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.pages.administration import dialog
from webapp.pages.administration.dialog import REASON, Dialog, Values
from workflows.access.people import ADMIN
from workflows.agencies import authority
from workflows.agencies.details import KINDS, PHASES, AgencyDetails
from workflows.commands.add_agency import AddAgency
from workflows.commands.add_team import AddTeam
from workflows.commands.change_agency import ChangeAgency
from workflows.commands.change_authority import ChangeAuthority
from workflows.commands.change_team import ChangeTeam
from workflows.commands.close_agency import CloseAgency
from workflows.commands.close_area import CloseArea
from workflows.commands.close_team import CloseTeam
from workflows.commands.pass_task_on import PassTaskOn
from workflows.commands.save_area import SaveArea
from workflows.queries import administration_history, agency_list, team_page
from workflows.queries.agency_list import AgencyRow, Organisation
from workflows.store import organisation

blueprint: Final = flask.Blueprint(
    "administered_agencies", __name__, url_prefix="/administration/agencies"
)
LIST: Final = "/administration/agencies"
BACK: Final = ("Back to agencies and teams", LIST)
_KIND: Final = FormField(
    "kind", "Kind", FieldType.ENUM, required=True, options=tuple(KINDS.items())
)
_NAME: Final = FormField("name", "Name", FieldType.STRING, required=True, maximum=200)
_EMAIL: Final = FormField("email", "Email address", FieldType.STRING, required=True, maximum=200)


@blueprint.get("")
@guard.requires(ADMIN)
def listed() -> str:
    """Show the agencies with their teams, the areas, and the authority."""
    found = _organisation()
    with guard.system().read() as connection:
        name, contacts = organisation.authority(connection)
    show_closed = flask.request.args.get("closed") == "yes"
    return flask.render_template(
        "administration/agencies.html",
        agencies=[each for each in found.agencies if show_closed or not each.closed_at],
        closed=sum(1 for each in found.agencies if each.closed_at),
        show_closed=show_closed,
        areas=found.areas,
        kinds=KINDS,
        phases=PHASES,
        area_names={each.code: each.name for each in found.areas},
        authority_words=authority.words(name, contacts),
    )


@blueprint.get("/<agency_id>")
@guard.requires(ADMIN)
def agency(agency_id: str) -> str:
    """Show an agency with its teams and its history."""
    row, found = _agency(agency_id), _organisation()
    with guard.system().read() as connection:
        history = administration_history.administration_history(
            connection, what="agency", subject=agency_id, limit=20
        )
    return flask.render_template(
        "administration/agency.html",
        agency=row,
        words=AgencyDetails.of_row(row).words()
        | {"Area": _area_name(found, str(row.details.get("area") or ""))},
        history=history.items,
    )


@blueprint.get("/teams/<team_id>")
@guard.requires(ADMIN)
def team(team_id: str) -> str:
    """Show a team: its members by role, and its open tasks with a way to pass them on."""
    with guard.system().read() as connection:
        page = team_page.team_page(connection, team_id)
        history = administration_history.administration_history(
            connection, what="team", subject=team_id, limit=20
        )
        others = organisation.open_teams(connection)
    others.pop(team_id, None)
    return flask.render_template(
        "administration/team.html",
        team=page,
        history=history.items,
        others=tuple(others.items()),
    )


@blueprint.post("/teams/<team_id>/pass-on")
@guard.requires(ADMIN)
def pass_on(team_id: str) -> Response:
    """Pass the team's open tasks on, each in a unit of work of its own."""
    to = flask.request.form.get("to", "")
    reason = flask.request.form.get("reason", "")
    address = f"{LIST}/teams/{team_id}#tasks"
    if not to or not reason.strip():
        flask.flash("Select a team, and enter a reason.", "warning")
        return flask.redirect(address, 303)
    with guard.system().read() as connection:
        waiting = team_page.team_page(connection, team_id).tasks
    try:
        done = _pass_each([each.id for each in waiting], reason, to)
    except errors.Refused as refusal:
        flask.flash(refusal.message, "warning")
        return flask.redirect(address, 303)
    flask.flash(f"{done} of {len(waiting)} tasks were passed on.", "success")
    return flask.redirect(address, 303)


def _pass_each(task_ids: list[UUID], reason: str, team_id: str) -> int:
    done = 0
    for task_id in task_ids:
        try:
            guard.system().execute(PassTaskOn(task_id, reason, team_id), guard.person())
        except errors.Conflict:  # it was completed meanwhile
            continue
        done += 1
    return done


def add_agency() -> Dialog:
    """Add an agency."""
    return Dialog(
        "Add an agency",
        "An education setting gets its own team at once. Other agencies get their teams afterwards.",
        "Add the agency",
        BACK,
        lambda given: AddAgency(_details(given)),
        "The agency has been added.",
        LIST,
        _agency_form(),
    )


def change_agency(agency_id: str) -> Dialog:
    """Change what is kept of an agency."""
    row = _agency(agency_id)
    details = AgencyDetails.of_row(row)
    values = {name: getattr(details, name) for name in details.__dataclass_fields__}
    return Dialog(
        "Change the agency",
        "What was kept before stays in the history.",
        "Save",
        ("Back to the agency", f"{LIST}/{agency_id}"),
        lambda given: ChangeAgency(agency_id, _details(given), given.get("reason") or ""),
        "The agency is changed.",
        f"{LIST}/{agency_id}",
        FormDefinition((*_agency_form(details.area).fields, _optional_reason())),
        values,
        row.name,
    )


def close_agency(agency_id: str) -> Dialog:
    """Close an agency, or open it again."""
    row = _agency(agency_id)
    closes = row.closed_at is None
    return Dialog(
        "Close the agency" if closes else "Open the agency again",
        "Forms offer a closed agency no longer. What it did stays on record."
        if closes
        else "Forms will offer it again. Open its teams afterwards.",
        "Close the agency" if closes else "Open the agency",
        ("Back to the agency", f"{LIST}/{agency_id}"),
        lambda given: CloseAgency(agency_id, given["reason"], closes),
        "The agency is closed." if closes else "The agency is open again.",
        f"{LIST}/{agency_id}",
        FormDefinition((REASON,)),
        caption=row.name,
        warns=closes,
    )


def add_team(agency_id: str) -> Dialog:
    """Add a team to an agency."""
    row = _agency(agency_id)
    code = FormField(
        "code",
        "Code",
        FieldType.STRING,
        required=True,
        maximum=36,
        hint="Small letters, digits, hyphens and underscores. The routing table names the team by it; "
        "it cannot be changed later",
    )
    return Dialog(
        "Add a team",
        "Tasks go to it once the routing table leads to it.",
        "Add the team",
        ("Back to the agency", f"{LIST}/{agency_id}"),
        lambda given: AddTeam(agency_id, given["code"], given["name"], given["email"]),
        "The team has been added.",
        f"{LIST}/{agency_id}",
        FormDefinition((_NAME, code, _EMAIL)),
        caption=row.name,
    )


def change_team(team_id: str) -> Dialog:
    """Change a team's name or email address."""
    row = _team(team_id)
    return Dialog(
        "Change the team",
        "Its code stays, since the routing table names it.",
        "Save",
        ("Back to the team", f"{LIST}/teams/{team_id}"),
        lambda given: ChangeTeam(team_id, given["name"], given["email"], given.get("reason") or ""),
        "The team is changed.",
        f"{LIST}/teams/{team_id}",
        FormDefinition((_NAME, _EMAIL, _optional_reason())),
        {"name": row.name, "email": row.email},
        row.name,
    )


def close_team(team_id: str) -> Dialog:
    """Close a team, or open it again."""
    row = _team(team_id)
    closes = row.closed_at is None
    return Dialog(
        "Close the team" if closes else "Open the team again",
        "No task may be with it, and no rule of the routing table may lead to it."
        if closes
        else "Tasks go to it once the routing table leads to it.",
        "Close the team" if closes else "Open the team",
        ("Back to the team", f"{LIST}/teams/{team_id}"),
        lambda given: CloseTeam(team_id, given["reason"], closes),
        "The team is closed." if closes else "The team is open again.",
        f"{LIST}/teams/{team_id}",
        FormDefinition((REASON,)),
        caption=row.name,
        warns=closes,
    )


def add_area() -> Dialog:
    """Add an area."""
    hint = "Small letters, digits, hyphens and underscores. The routing table names the area by it"
    code = FormField("code", "Code", FieldType.STRING, required=True, maximum=36, hint=hint)
    return Dialog(
        "Add an area",
        "Requests offer it as soon as it is added. Say in the routing table who works there.",
        "Add the area",
        BACK,
        lambda given: SaveArea(given["code"], given["name"]),
        "The area has been added.",
        f"{LIST}#areas",
        FormDefinition((_NAME, code)),
    )


def change_area(code: str) -> Dialog:
    """Give an area another name."""
    row = _area(code)
    return Dialog(
        "Rename the area",
        "Its code stays, since cases and the routing table name it.",
        "Save",
        BACK,
        lambda given: SaveArea(code, given["name"]),
        "The area is renamed.",
        f"{LIST}#areas",
        FormDefinition((_NAME,)),
        {"name": row.name},
        row.name,
    )


def close_area(code: str) -> Dialog:
    """Close an area, or open it again."""
    row = _area(code)
    closes = row.closed_at is None
    return Dialog(
        "Close the area" if closes else "Open the area again",
        "Requests offer a closed area no longer. Cases in it stay as they are."
        if closes
        else "Requests will offer it again.",
        "Close the area" if closes else "Open the area",
        BACK,
        lambda given: CloseArea(code, given["reason"], closes),
        "The area is closed." if closes else "The area is open again.",
        f"{LIST}#areas",
        FormDefinition((REASON,)),
        caption=row.name,
        warns=closes,
    )


def change_authority() -> Dialog:
    """Change the authority's name and contacts."""
    with guard.system().read() as connection:
        name, contacts = organisation.authority(connection)
    fields = [
        FormField("name", "Name of the authority", FieldType.STRING, required=True, maximum=200)
    ]
    fields += [
        FormField(key, label, FieldType.STRING, required=True, maximum=authority.CONTACT_LIMIT)
        for key, label in authority.CONTACTS.items()
    ]
    return Dialog(
        "The authority",
        "Notices must tell families whom they can turn to. Those issued from now on say what stands here.",
        "Save",
        BACK,
        lambda given: ChangeAuthority(
            given["name"],
            {key: given[key] for key in authority.CONTACTS},
            given.get("reason") or "",
        ),
        "The authority’s details are changed.",
        LIST,
        FormDefinition((*fields, _optional_reason())),
        {"name": name, **contacts},
    )


dialog.add(blueprint, "/add", add_agency)
dialog.add(blueprint, "/authority", change_authority)
dialog.add(blueprint, "/<agency_id>/change", change_agency)
dialog.add(blueprint, "/<agency_id>/close", close_agency)
dialog.add(blueprint, "/<agency_id>/add-team", add_team)
dialog.add(blueprint, "/teams/<team_id>/change", change_team)
dialog.add(blueprint, "/teams/<team_id>/close", close_team)
dialog.add(blueprint, "/areas/add", add_area)
dialog.add(blueprint, "/areas/<code>/change", change_area)
dialog.add(blueprint, "/areas/<code>/close", close_area)


def _details(given: Values) -> AgencyDetails:
    known = AgencyDetails.__dataclass_fields__
    return AgencyDetails(**{name: str(given.get(name) or "") for name in known})


def _agency_form(area: str = "") -> FormDefinition:
    found = _organisation()
    areas = tuple(
        (each.code, each.name) for each in found.areas if not each.closed_at or each.code == area
    )
    for_settings = "For education settings"
    return FormDefinition(
        (
            _NAME,
            _KIND,
            _EMAIL,
            FormField("phone", "Telephone", FieldType.STRING, maximum=40),
            FormField("address", "Address", FieldType.TEXTAREA, maximum=500),
            FormField(
                "phase", "Phase", FieldType.ENUM, hint=for_settings, options=tuple(PHASES.items())
            ),
            FormField("area", "Area", FieldType.ENUM, hint=for_settings, options=areas),
            FormField(
                "urn", "URN", FieldType.STRING, maximum=6, hint="Unique reference number, 6 digits"
            ),
            FormField("ukprn", "UKPRN", FieldType.STRING, maximum=8, hint="8 digits"),
        )
    )


def _optional_reason() -> FormField:
    return FormField("reason", "Reason", FieldType.TEXTAREA, maximum=500)


def _organisation() -> Organisation:
    with guard.system().read() as connection:
        return agency_list.agency_list(connection)


def _agency(agency_id: str) -> AgencyRow:
    found = next((each for each in _organisation().agencies if each.id == agency_id), None)
    if found is None:
        raise organisation.NoSuchAgency
    return found


def _team(team_id: str) -> team_page.TeamPage:
    with guard.system().read() as connection:
        return team_page.team_page(connection, team_id)


def _area(code: str) -> agency_list.AreaRow:
    found = next((each for each in _organisation().areas if each.code == code), None)
    if found is None:
        raise organisation.NoSuchArea
    return found


def _area_name(found: Organisation, code: str) -> str:
    return next((each.name for each in found.areas if each.code == code), code)
