"""Lawful exceptions that casework asked for: a manager grants or refuses each."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import problem
from workflows.access import record, sight
from workflows.access.people import MANAGER
from workflows.calendar import london
from workflows.commands.decide_exception import DecideException
from workflows.queries import exception_request_list as query
from workflows.queries.exception_request_list import Asked

blueprint: Final = flask.Blueprint("exceptions", __name__, url_prefix="/step-in/exceptions")
STATUSES: Final = {
    "asked": ("Waits for an answer", "govuk-tag--yellow"),
    "granted": ("Granted", "govuk-tag--green"),
    "refused": ("Refused", "govuk-tag--red"),
}
DECISION: Final = FormField(
    "decision",
    "Your decision",
    FieldType.ENUM,
    required=True,
    options=(("grant", "Grant the exception"), ("refuse", "Refuse it")),
)
TOLD: Final = FormField(
    "told_family_on",
    "Family told on",
    FieldType.DATE,
    past_or_today=True,
    hint="When the family was told that the limit is not kept, and why.",
)
ANSWER: Final = FormField(
    "answer",
    "Reason",
    FieldType.TEXTAREA,
    maximum=2000,
    hint="Whoever asked reads it. To refuse, it is needed.",
)
FORM: Final = FormDefinition((DECISION, TOLD, ANSWER))


@blueprint.get("")
@guard.requires(MANAGER)
def requests() -> str:
    """Show what is asked for, the longest waiting first; or what was granted or refused."""
    status = flask.request.args.get("status", "asked")
    chosen = status if status in STATUSES else "asked"
    with guard.system().read() as connection:
        found = query.exception_request_list(
            connection, guard.person(), chosen, cursor=flask.request.args.get("cursor")
        )
    return flask.render_template(
        "exceptions/requests.html", found=found, chosen=chosen, statuses=STATUSES
    )


@blueprint.get("/<uuid:request_id>")
@guard.requires(MANAGER)
def request(request_id: UUID) -> str:
    """Show what is asked for, with its evidence, and ask for a decision."""
    return _show(request_id)


@blueprint.post("/<uuid:request_id>")
@guard.requires(MANAGER)
def decide(request_id: UUID) -> Response | tuple[str, int]:
    """Grant or refuse."""
    here = guard.system()
    try:
        given = forms.validate(
            FORM,
            read.posted(FORM, flask.request.form),
            variables={},
            today=london.local_date(here.now()),
        )
        here.execute(_command(request_id, given), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _show(request_id, refusal), problem.status_of(refusal)
    granted = given["decision"] == "grant"
    flask.flash(f"The exception is {'granted' if granted else 'refused'}.", "success")
    return flask.redirect(flask.url_for("exceptions.requests"), 303)


def _command(request_id: UUID, given: Any) -> DecideException:  # noqa: ANN401
    told = given.get("told_family_on")
    return DecideException(
        request_id,
        granted=given["decision"] == "grant",
        answer=given.get("answer") or "",
        told_family_on=dt.date.fromisoformat(told) if told else None,
    )


def _show(request_id: UUID, refusal: errors.Refused | None = None) -> str:
    asked = _asked(request_id)
    posted = read.posted(FORM, flask.request.form)
    values = {"told_family_on": asked.told_family_on.isoformat()} if asked.told_family_on else {}
    return flask.render_template(
        "exceptions/request.html",
        asked=asked,
        status=STATUSES[asked.status],
        form=FORM if asked.status == "asked" else None,
        values={**values, **posted},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(FORM, refusal),
    )


def _asked(request_id: UUID) -> Asked:
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        asked = query.exception_request(connection, person, request_id)
        why = sight.why_may_see(connection, person, asked.case_id)
    record.record_view(
        here.engine, person, asked.case_id, what="exception asked for", why=why, now=here.now()
    )
    return asked
