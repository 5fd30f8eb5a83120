"""Webhooks: who is told of what, and what came of it."""

from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.worker import outbox
from webapp.auth import guard
from webapp.pages.administration import dialog
from webapp.pages.administration.dialog import Dialog
from webapp.presentation import problem
from webapp.settings import Settings
from workflows.access.people import ADMIN
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret
from workflows.commands.send_delivery_again import SendDeliveryAgain
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.queries import agency_list, delivery_log, webhook_list
from workflows.queries.webhook_list import WebhookRow
from workflows.store import webhooks
from workflows.webhooks import events
from workflows.webhooks.details import WebhookDetails

blueprint: Final = flask.Blueprint("webhooks", __name__, url_prefix="/administration/webhooks")
PAGE: Final = "/administration/webhooks"
STATES: Final = (("queued", "Waiting"), ("sent", "Taken"), ("failed", "Given up"))
STATE_TAGS: Final = {
    "queued": "govuk-tag--yellow",
    "sent": "govuk-tag--green",
    "failed": "govuk-tag--red",
}


@blueprint.get("")
@guard.requires(ADMIN)
def listed() -> str:
    """Show the webhooks, and how each fares."""
    with guard.system().read() as connection:
        found = webhook_list.webhook_list(connection)
    return flask.render_template("administration/webhooks.html", webhooks=found)


@blueprint.get("/<uuid:webhook_id>")
@guard.requires(ADMIN)
def webhook(webhook_id: UUID) -> str:
    """Show a webhook with the log of its deliveries."""
    only = flask.request.args.get("only", "")
    row = _webhook(webhook_id)
    with guard.system().read() as connection:
        log = delivery_log.delivery_log(
            connection, webhook_id, only=only, cursor=flask.request.args.get("cursor")
        )
    return flask.render_template(
        "administration/webhook.html",
        webhook=row,
        log=log,
        only=only,
        states=STATES,
        state_names=dict(STATES),
        state_tags=STATE_TAGS,
        titles={**events.known(), events.TEST: "A test"},
        attempts=outbox.ATTEMPTS,
    )


@blueprint.get("/add")
@guard.requires(ADMIN)
def ask_add() -> str:
    """Ask where to send what."""
    return _form_page(None, WebhookDetails("", "", ()))


@blueprint.post("/add")
@guard.requires(ADMIN)
def add() -> str | tuple[str, int]:
    """Add a webhook, and show its secret once."""
    details = _posted()
    command = AddWebhook(details, _allowed())
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _form_page(None, details, refusal), problem.status_of(refusal)
    return _secret(command.secret, command.webhook_id)


@blueprint.get("/<uuid:webhook_id>/change")
@guard.requires(ADMIN)
def ask_change(webhook_id: UUID) -> str:
    """Ask where to send what from now on."""
    row = _webhook(webhook_id)
    return _form_page(row, WebhookDetails(row.name, row.address, row.events, row.agency_id))


@blueprint.post("/<uuid:webhook_id>/change")
@guard.requires(ADMIN)
def change(webhook_id: UUID) -> Response | tuple[str, int]:
    """Change a webhook."""
    details, text = _posted(), flask.request.form.get("seen", "")
    seen = int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 (digits)
    command = ChangeWebhook(webhook_id, details, seen, _allowed())
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        page = _form_page(_webhook(webhook_id), details, refusal)
        return page, problem.status_of(refusal)
    flask.flash("The webhook is changed.", "success")
    return flask.redirect(f"{PAGE}/{webhook_id}", 303)


@blueprint.post("/<uuid:webhook_id>/switch")
@guard.requires(ADMIN)
def switch(webhook_id: UUID) -> Response:
    """Switch a webhook on or off."""
    on = flask.request.form.get("on") == "yes"
    done = "The webhook is on." if on else "The webhook is off."
    return dialog.act(SwitchWebhook(webhook_id, on=on), done, f"{PAGE}/{webhook_id}")


@blueprint.post("/<uuid:webhook_id>/test")
@guard.requires(ADMIN)
def test(webhook_id: UUID) -> Response:
    """Send a test."""
    return dialog.act(
        SendTestEvent(webhook_id),
        "A test is on its way. The log below shows what comes of it.",
        f"{PAGE}/{webhook_id}",
    )


@blueprint.post("/<uuid:webhook_id>/deliveries/<delivery>/again")
@guard.requires(ADMIN)
def again(webhook_id: UUID, delivery: str) -> Response:
    """Send a delivery once more."""
    return dialog.act(
        SendDeliveryAgain(webhook_id, delivery),
        "The delivery is sent again, under the same identifier.",
        f"{PAGE}/{webhook_id}",
    )


def rotate(webhook_id: UUID) -> Dialog:
    """Give a webhook another secret."""
    row = _webhook(webhook_id)
    return Dialog(
        "Change the secret",
        "For a day, deliveries are signed with both secrets, so that the receiver has time to take the "
        "new one. It is shown once.",
        "Change the secret",
        ("Back to the webhook", f"{PAGE}/{webhook_id}"),
        lambda _: RotateWebhookSecret(webhook_id),
        "",
        f"{PAGE}/{webhook_id}",
        caption=row.name,
        shows=lambda command: _secret(command.secret, webhook_id),
    )


dialog.add(blueprint, "/<uuid:webhook_id>/secret", rotate)


def _webhook(webhook_id: UUID) -> WebhookRow:
    with guard.system().read() as connection:
        found = webhook_list.webhook_list(connection, webhook_id)
    if not found:
        raise webhooks.NoSuchWebhook
    return found[0]


def _posted() -> WebhookDetails:
    form = flask.request.form
    return WebhookDetails(
        form.get("name", ""),
        form.get("address", ""),
        tuple(dict.fromkeys(form.getlist("events"))),
        form.get("agency_id", ""),
    )


def _allowed() -> frozenset[str]:
    settings: Settings = flask.current_app.extensions["settings"]
    return settings.webhook_test_hosts


def _secret(secret: str, webhook_id: UUID) -> str:
    return flask.render_template(
        "administration/secret.html",
        title="The secret of the webhook",
        lead="Give it to the receiver now, which checks every delivery with it. It is not shown again.",
        secret=secret,
        back=f"{PAGE}/{webhook_id}",
    )


def _form_page(
    row: WebhookRow | None, details: WebhookDetails, refusal: errors.Refused | None = None
) -> str:
    with guard.system().read() as connection:
        agencies = agency_list.agency_list(connection).agencies
    found: Any = refusal.errors if refusal else {}
    listed = [{"text": words[0], "href": f"#{name}"} for name, words in found.items()]
    return flask.render_template(
        "administration/webhook_form.html",
        webhook=row,
        details=details,
        events=tuple(events.EVENTS.items()),
        facts=tuple(events.facts().items()),
        agencies=[(each.id, each.name) for each in agencies if not each.closed_at],
        errors=found,
        error_list=listed or ([{"text": refusal.message}] if refusal else []),
    )
