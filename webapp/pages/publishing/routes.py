"""Publish a draft, with the approval of a second person where the authority wants it."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.publishing import gate
from webapp.presentation import differences, problem
from workflows.access.people import ADMIN, OWNER
from workflows.commands.ask_approval import AskApproval
from workflows.commands.decide_approval import DecideApproval
from workflows.commands.publish_draft import PublishDraft
from workflows.commands.want_second_person import WantSecondPerson
from workflows.queries.publishing_rules import publishing_rules

blueprint: Final = flask.Blueprint("publishing", __name__)
REASON_LIMIT: Final = 500
Answer = str | Response | tuple[str, int]


@blueprint.get("/drafts/<uuid:draft_id>/publish")
@guard.requires(OWNER)
def show(draft_id: UUID) -> str:
    """Show what publishing a draft would come to, and what is in its way."""
    number = flask.request.args.get("back_to", "")
    reason = f"Back to version {number}" if number.isdecimal() else ""
    return _page(draft_id, reason=reason)


@blueprint.post("/drafts/<uuid:draft_id>/publish")
@guard.requires(OWNER)
def publish(draft_id: UUID) -> Answer:
    """Publish a draft as it was looked at."""
    found = gate.look(gate.load(draft_id))
    form = flask.request.form
    reason = " ".join(form.get("reason", "").split())
    try:
        _refuse(found, reason)
        command = PublishDraft(draft_id, _number("revision"), _number("seen"), reason)
        guard.system().execute(command, guard.person())
    except errors.Refused as refusal:
        return _page(draft_id, reason=reason, refusal=refusal), problem.status_of(refusal)
    version = found.live + 1
    flask.flash(f"Version {version} is live. New cases take it from now on.", "success")
    page = flask.url_for("diagrams.version", key=found.draft.key, version=version)
    return flask.redirect(page, 303)


@blueprint.post("/drafts/<uuid:draft_id>/publish/ask")
@guard.requires(OWNER)
def ask(draft_id: UUID) -> Answer:
    """Ask another process owner to approve the draft as it is."""
    found = gate.look(gate.load(draft_id))
    try:
        if found.faults:
            raise errors.Invalid(" ".join(found.faults))
        guard.system().execute(AskApproval(draft_id, _number("revision")), guard.person())
    except errors.Refused as refusal:
        return _page(draft_id, refusal=refusal), problem.status_of(refusal)
    flask.flash("Another process owner can approve the draft now.", "success")
    return flask.redirect(flask.url_for("publishing.show", draft_id=draft_id), 303)


@blueprint.post("/drafts/<uuid:draft_id>/publish/decide")
@guard.requires(OWNER)
def decide(draft_id: UUID) -> Answer:
    """Approve a draft that another process owner wants to publish, or decline it."""
    form = flask.request.form
    choice, said = form.get("decision", ""), " ".join(form.get("decision_reason", "").split())
    try:
        if choice not in {"approve", "decline"}:
            wanted = ("Select whether you approve the draft",)
            raise errors.Invalid("Say what you decide.", errors={"decision": wanted})
        approved = choice == "approve"
        if not approved and not said:
            wanted = ("Enter why you decline it",)
            raise errors.Invalid("Say why.", errors={"decision_reason": wanted})
        command = DecideApproval(draft_id, _number("revision"), approved, said)
        guard.system().execute(command, guard.person())
    except errors.Refused as refusal:
        return _page(draft_id, refusal=refusal), problem.status_of(refusal)
    flask.flash("The draft is approved." if approved else "The draft is declined.", "success")
    return flask.redirect(flask.url_for("publishing.show", draft_id=draft_id), 303)


@blueprint.get("/diagrams/settings")
@guard.requires(OWNER, ADMIN)
def settings() -> str:
    """Show whether a second person must approve what is published."""
    with guard.system().read() as connection:
        found = publishing_rules(connection)
    return flask.render_template(
        "publishing/settings.html", rules=found, sees_library=OWNER in guard.person().roles
    )


@blueprint.post("/diagrams/settings")
@guard.requires(OWNER, ADMIN)
def set_rules() -> Response:
    """Set whether a second person must approve what is published."""
    wanted = flask.request.form.get("second_person") == "yes"
    guard.system().execute(WantSecondPerson(wanted), guard.person())
    flask.flash("The setting is kept.", "success")
    return flask.redirect(flask.url_for("publishing.settings"), 303)


def _refuse(found: gate.Gate, reason: str) -> None:
    """Refuse what the page has told already, and a publication without a reason."""
    if found.obstacles:
        raise errors.Invalid(" ".join(found.obstacles))
    if not reason or len(reason) > REASON_LIMIT:
        wanted = f"Enter a reason of at most {REASON_LIMIT} characters"
        raise errors.Invalid("Give a reason.", errors={"reason": (wanted,)})
    if found.is_overtaken and flask.request.form.get("compared") != "yes":
        wanted = "Confirm that you have compared the draft with the live version"
        raise errors.Invalid("Compare first.", errors={"compared": (wanted,)})


def _page(draft_id: UUID, *, reason: str = "", refusal: errors.Refused | None = None) -> str:
    found = gate.look(gate.load(draft_id))
    if found.draft.status != "open":
        return flask.render_template("publishing/closed.html", draft=found.draft)
    wrong = dict(refusal.errors) if refusal else {}
    fields = {"reason", "compared", "decision", "decision_reason"}
    summary = [
        {"text": texts[0], "href": f"#{name}"} for name, texts in wrong.items() if name in fields
    ]
    if refusal and not summary:
        summary = [{"text": refusal.message}]
    return flask.render_template(
        "publishing/publish.html",
        gate=found,
        draft=found.draft,
        groups=differences.groups(found.comparison) if found.comparison else [],
        summary=differences.summary(found.comparison) if found.comparison else "",
        may_decide=guard.person().id not in _cannot_decide(found),
        reason=reason,
        values=flask.request.form,
        errors=wrong,
        error_list=summary,
    )


def _cannot_decide(found: gate.Gate) -> set[str]:
    asked_by = found.approval.asked_by if found.approval else ""
    return {asked_by, found.draft.saved_by}


def _number(name: str) -> int:
    value = flask.request.form.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < len("1000000000")):
        raise errors.Invalid(f"“{name}” must be a whole number.")
    return int(value)
