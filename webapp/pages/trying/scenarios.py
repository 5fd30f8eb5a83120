"""Scenarios: what was tried is saved as one, and all that a change concerns are run."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.trying import sandbox
from webapp.presentation import problem
from workflows.access.people import MANAGER, OWNER
from workflows.commands.retire_scenario import RetireScenario
from workflows.commands.save_scenario import SaveScenario
from workflows.sandbox import gate, rehearse, write
from workflows.scenarios import model
from workflows.store import scenarios as store

blueprint: Final = flask.Blueprint("scenarios", __name__)


@blueprint.get("/drafts/<uuid:draft_id>/try/save")
@guard.requires(OWNER)
def write_down(draft_id: UUID) -> str | Response:
    """Show what was tried as a scenario, to be changed before it is saved."""
    found = sandbox.trial(draft_id)
    if found.document is None:
        return flask.redirect(flask.url_for("trying.show", draft_id=draft_id), 303)
    lived = sandbox.living(found, found.document)
    toml = write.as_toml(
        lived.document, lived.story.state(), title="What happens, in a sentence", law=""
    )
    return _save_page(f"/drafts/{draft_id}/try", "", toml)


@blueprint.post("/drafts/<uuid:draft_id>/try/save")
@guard.requires(OWNER)
def save_trial(draft_id: UUID) -> Response | tuple[str, int]:
    """Save a scenario that was tried."""
    return _save(f"/drafts/{draft_id}/try")


@blueprint.get("/drafts/<uuid:draft_id>/scenarios")
@guard.requires(OWNER)
def of_draft(draft_id: UUID) -> str:
    """Show the scenarios that publishing a draft concerns, and how they went."""
    found = sandbox.trial(draft_id)
    change = rehearse.change_of(guard.system(), {found.draft.name: found.draft.xml})
    standing = rehearse.standing(guard.system(), change)
    return flask.render_template(
        "trying/rehearsal.html", draft=found.draft, change=change, standing=standing
    )


@blueprint.post("/drafts/<uuid:draft_id>/scenarios")
@guard.requires(OWNER)
def run(draft_id: UUID) -> Response:
    """Run the scenarios that publishing a draft concerns."""
    found = sandbox.trial(draft_id)
    change = rehearse.change_of(guard.system(), {found.draft.name: found.draft.xml})
    rehearse.begin(guard.system(), change, guard.person())
    return flask.redirect(flask.url_for("scenarios.of_draft", draft_id=draft_id), 303)


@blueprint.get("/diagrams/<key>/scenarios")
@guard.requires(OWNER, MANAGER)
def of_process(key: str) -> str:
    """Show the scenarios of a process."""
    with guard.system().read() as connection:
        named = {each.key: each.name for each in definition_list.processes(connection)}
        told = gate.told(connection)
        retired = [each for each in store.kept(connection, key) if each.retired_at is not None]
    if key not in named:
        flask.abort(404)
    return flask.render_template(
        "trying/scenarios.html",
        key=key,
        name=named[key],
        told=[each for each in told if each.process_key == key],
        retired=retired,
        can_edit=OWNER in guard.person().roles,
    )


@blueprint.get("/diagrams/<key>/scenarios/new")
@guard.requires(OWNER)
def new(key: str) -> str:
    """Ask for a scenario, written by hand or taken from a file."""
    return _save_page(f"/diagrams/{key}/scenarios", "", "")


@blueprint.post("/diagrams/<key>/scenarios/new")
@guard.requires(OWNER)
def add(key: str) -> Response | tuple[str, int]:
    """Keep a scenario."""
    return _save(f"/diagrams/{key}/scenarios")


@blueprint.get("/diagrams/<key>/scenarios/<name>.toml")
@guard.requires(OWNER, MANAGER)
def file(key: str, name: str) -> flask.Response:
    """Send a scenario as its file."""
    with guard.system().read() as connection:
        found = next((each for each in gate.told(connection) if each.name == f"{key}/{name}"), None)
    if found is None:
        raise store.NoSuchScenario
    answer = flask.Response(found.toml, mimetype="application/toml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.toml")
    return answer


@blueprint.post("/diagrams/<key>/scenarios/<name>/retire")
@guard.requires(OWNER)
def retire(key: str, name: str) -> Response:
    """Take a scenario out of use."""
    guard.system().execute(RetireScenario(key, name), guard.person())
    flask.flash("The scenario is retired: it is not run any more.", "success")
    return flask.redirect(flask.url_for("scenarios.of_process", key=key), 303)


def _save(back: str) -> Response | tuple[str, int]:
    name, toml = flask.request.form.get("name", ""), flask.request.form.get("toml", "")
    command = SaveScenario(name.strip(), toml.replace("\r\n", "\n"))
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _save_page(back, name, toml, refusal), problem.status_of(refusal)
    flask.flash("The scenario is kept, and run at each publishing that concerns it.", "success")
    key = model.parse(command.toml, name).process
    return flask.redirect(flask.url_for("scenarios.of_process", key=key), 303)


def _save_page(back: str, name: str, toml: str, refusal: errors.Refused | None = None) -> str:
    found = dict(refusal.errors) if refusal else {}
    summary = [{"text": texts[0], "href": f"#{field}"} for field, texts in found.items()]
    return flask.render_template(
        "trying/save.html",
        back=back,
        address=flask.request.path,
        name=name,
        toml=toml,
        errors=found,
        error_list=summary or ([{"text": refusal.message}] if refusal else []),
    )
