"""People: who can sign in, with which roles."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.pages.administration import dialog, people_forms
from webapp.pages.administration.dialog import REASON, Dialog
from webapp.presentation import problem
from workflows.access import people_file
from workflows.access.people import ADMIN, ROLE_NAMES
from workflows.access.people_file import PeopleFile
from workflows.commands.add_person import AddPerson
from workflows.commands.change_person import ChangePerson
from workflows.commands.deactivate_person import DeactivatePerson
from workflows.commands.import_people import ImportPeople
from workflows.commands.invite_person import InvitePerson
from workflows.commands.link_party import LinkParty
from workflows.commands.pass_task_on import PassTaskOn
from workflows.commands.set_roles import SetRoles
from workflows.commands.unlock_person import UnlockPerson
from workflows.queries import administration_history, people_list, person_page
from workflows.queries.people_list import PeopleFilter
from workflows.queries.person_page import PersonPage
from workflows.store import directory, organisation

blueprint: Final = flask.Blueprint(
    "administered_people", __name__, url_prefix="/administration/people"
)
LIST: Final = "/administration/people"
BACK: Final = ("Back to people", LIST)
STATES: Final = (
    ("active", "Can sign in"),
    ("invited", "Invited, no password yet"),
    ("deactivated", "Deactivated"),
)


@blueprint.get("")
@guard.requires(ADMIN)
def listed() -> str:
    """Show the people, searched and narrowed."""
    asked = flask.request.args
    chosen = PeopleFilter(
        asked.get("q", ""),
        asked.get("role", ""),
        asked.get("team", ""),
        asked.get("state", "active"),
    )
    with guard.system().read() as connection:
        page = people_list.people_list(connection, chosen, cursor=asked.get("cursor"))
        teams = organisation.open_teams(connection)
    return flask.render_template(
        "administration/people.html",
        page=page,
        chosen=chosen,
        roles=tuple(ROLE_NAMES.items()),
        teams=tuple(teams.items()),
        states=STATES,
    )


@blueprint.get("/<person_id>")
@guard.requires(ADMIN)
def person(person_id: str) -> str:
    """Show a person with their roles, tasks and history."""
    page = _person(person_id)
    with guard.system().read() as connection:
        history = administration_history.administration_history(
            connection, what="person", subject=person_id, limit=20
        )
    return flask.render_template("administration/person.html", shown=page, history=history.items)


@blueprint.post("/<person_id>/invite")
@guard.requires(ADMIN)
def invite(person_id: str) -> Response:
    """Send a link to choose a password."""
    command = InvitePerson(person_id, people_forms.invitation_site())
    return dialog.act(command, "The link is on its way by email.", f"{LIST}/{person_id}")


@blueprint.post("/<person_id>/unlock")
@guard.requires(ADMIN)
def unlock(person_id: str) -> Response:
    """Let somebody sign in again."""
    return dialog.act(UnlockPerson(person_id), "They can sign in again.", f"{LIST}/{person_id}")


@blueprint.post("/<person_id>/release")
@guard.requires(ADMIN)
def release(person_id: str) -> Response:
    """Give all open tasks that a person has back to their teams."""
    reason = flask.request.form.get("reason", "")
    released, waiting = 0, _person(person_id).tasks
    for each in waiting:
        try:
            guard.system().execute(PassTaskOn(each.id, reason), guard.person())
        except errors.Conflict:  # it was completed meanwhile
            continue
        except errors.Invalid as refusal:
            flask.flash(refusal.message, "warning")
            return flask.redirect(f"{LIST}/{person_id}#tasks", 303)
        released += 1
    flask.flash(f"{released} tasks went back to their teams.", "success")
    return flask.redirect(f"{LIST}/{person_id}#tasks", 303)


@blueprint.get("/import")
@guard.requires(ADMIN)
def ask_import() -> str:
    """Ask for a file."""
    return _import_page(PeopleFile((), ()))


@blueprint.post("/import")
@guard.requires(ADMIN)
def check_import() -> str | tuple[str, int]:
    """Check a file, and show what it would do."""
    upload = flask.request.files.get("file")
    found = _read(upload.read(people_file.SIZE_LIMIT + 1) if upload else b"")
    return (_import_page(found), 422) if found.problems else _import_page(found)


@blueprint.post("/import/confirm")
@guard.requires(ADMIN)
def confirm_import() -> Response | tuple[str, int]:
    """Add the people of a file that was shown."""
    found = _read(flask.request.form.get("content", "").encode())
    if found.problems:
        return _import_page(found), 422
    command = ImportPeople(found.people, people_forms.invitation_site())
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _import_page(PeopleFile((), (refusal.message,))), problem.status_of(refusal)
    flask.flash(f"{len(found.people)} people were imported.", "success")
    return flask.redirect(LIST, 303)


def add_person() -> Dialog:
    """Add a person."""
    return Dialog(
        "Add a person",
        "They get an email with a link, good for seven days, by which they choose their password.",
        "Add and invite",
        BACK,
        lambda given: AddPerson(
            given["email"],
            given["name"],
            (people_forms.held(given),),
            people_forms.invitation_site(),
        ),
        "The person has been added, and the invitation is on its way by email.",
        LIST,
        FormDefinition((*people_forms.IDENTITY, *people_forms.role_fields())),
    )


def change_person(person_id: str) -> Dialog:
    """Change a person's name or email address."""
    page = _person(person_id)
    return Dialog(
        "Change name or email address",
        "They sign in with the new address from then on.",
        "Save",
        _back(page),
        lambda given: ChangePerson(
            person_id, given["email"], given["name"], given.get("reason") or ""
        ),
        "The change is saved.",
        f"{LIST}/{person_id}",
        FormDefinition(
            (
                *people_forms.IDENTITY,
                FormField("reason", "Reason", FieldType.TEXTAREA, maximum=500),
            )
        ),
        {"name": page.name, "email": page.email},
        page.name,
    )


def give_role(person_id: str) -> Dialog:
    """Give a person another role."""
    page = _person(person_id)
    return Dialog(
        "Give a role",
        "It holds from the next page that they open.",
        "Give the role",
        _back(page),
        lambda given: SetRoles(
            person_id, tuple({*_held(page), people_forms.held(given)}), given["reason"]
        ),
        "The role is given.",
        f"{LIST}/{person_id}",
        FormDefinition((*people_forms.role_fields(), REASON)),
        caption=page.name,
    )


def take_role(person_id: str, role: str) -> Dialog:
    """Take a role away."""
    page = _person(person_id)
    code, _, team_id = role.partition("@")
    taken = next((r for r in page.roles if (r.team_id, r.role) == (team_id, code)), None)
    if taken is None:
        raise errors.NotFound("This person does not have this role.")
    return Dialog(
        "Take the role away",
        f"{taken.words}. Open tasks of a team that they would leave must be released first.",
        "Take the role away",
        _back(page),
        lambda given: SetRoles(
            person_id, tuple({*_held(page)} - {(team_id, code)}), given["reason"]
        ),
        "The role is taken away.",
        f"{LIST}/{person_id}",
        FormDefinition((REASON,)),
        caption=page.name,
        warns=True,
    )


def deactivate_person(person_id: str) -> Dialog:
    """Deactivate a person, or activate them again."""
    page = _person(person_id)
    ends = page.active
    return Dialog(
        "Deactivate" if ends else "Activate again",
        "Their sessions and API tokens end at once. What they did stays under their name. Their open "
        "tasks must be released or given to a colleague first."
        if ends
        else "They can sign in again with their password. Tokens that were revoked stay so.",
        "Deactivate" if ends else "Activate",
        _back(page),
        lambda given: DeactivatePerson(person_id, given["reason"], active=not ends),
        "They can no longer sign in." if ends else "They can sign in again.",
        f"{LIST}/{person_id}",
        FormDefinition((REASON,)),
        caption=page.name,
        warns=ends,
    )


def link_party(person_id: str) -> Dialog:
    """Let a parent or young person see their case."""
    page = _person(person_id)
    reference = FormField(
        "reference",
        "Reference of the case",
        FieldType.STRING,
        required=True,
        maximum=20,
        hint="The case must have a parent or young person with the email address of this person",
    )
    ends = FormField(
        "ends", "What to do", FieldType.ENUM, required=True, options=people_forms.LINKING
    )
    return Dialog(
        "Sign-in for the family",
        "The link is made by the email address that casework has entered in the case, so that nobody "
        "sees the case of another family.",
        "Save",
        _back(page),
        lambda given: LinkParty(
            person_id, given["reference"], given["reason"], linked=given["ends"] == "link"
        ),
        "The change is saved.",
        f"{LIST}/{person_id}",
        FormDefinition((reference, ends, REASON)),
        {"ends": "link"},
        page.name,
    )


dialog.add(blueprint, "/add", add_person)
dialog.add(blueprint, "/<person_id>/change", change_person)
dialog.add(blueprint, "/<person_id>/give-role", give_role)
dialog.add(blueprint, "/<person_id>/take-role/<role>", take_role)
dialog.add(blueprint, "/<person_id>/deactivate", deactivate_person)
dialog.add(blueprint, "/<person_id>/link", link_party)


def _person(person_id: str) -> PersonPage:
    here = guard.system()
    with here.read() as connection:
        return person_page.person_page(connection, person_id, here.now())


def _back(page: PersonPage) -> tuple[str, str]:
    return "Back to the person", f"{LIST}/{page.id}"


def _held(page: PersonPage) -> list[tuple[str, str]]:
    return [(each.team_id, each.role) for each in page.roles]


def _read(data: bytes) -> PeopleFile:
    with guard.system().read() as connection:
        return people_file.read(data, directory.teams_with_kinds(connection))


def _import_page(found: PeopleFile) -> str:
    with guard.system().read() as connection:
        known = {each.email for each in found.people if directory.id_of(connection, each.email)}
        teams = organisation.team_names(connection)
    return flask.render_template(
        "administration/import_people.html",
        found=found,
        known=known,
        content=people_forms.as_csv(found),
        limit=people_file.MOST,
        columns=",".join(people_file.COLUMNS),
        role_names=ROLE_NAMES,
        team_names=teams,
    )
