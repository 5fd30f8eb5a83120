"""Whether the provision of the plan is made: say where it is not, and when it is again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.plan import look
from webapp.presentation import problem
from workflows.access.people import FAMILY
from workflows.calendar import london
from workflows.commands.settle_unmet_provision import SettleUnmetProvision
from workflows.commands.tell_unmet_provision import TellUnmetProvision
from workflows.queries import provision_of_case
from workflows.queries.provision_of_case import ProvisionOfCase
from workflows.reports import unmet

blueprint: Final = flask.Blueprint(
    "provision", __name__, url_prefix="/cases/<uuid:case_id>/plan/provision"
)
TELL: Final = FormDefinition(
    (
        FormField("since", "Not made since", FieldType.DATE, required=True, past_or_today=True),
        FormField("reason", "Reason", FieldType.ENUM, required=True, options=unmet.REASONS),
        FormField("detail", "More about it", FieldType.TEXTAREA, maximum=1000),
    )
)
SETTLE: Final = FormDefinition(
    (
        FormField("on", "Made again since", FieldType.DATE, required=True, past_or_today=True),
        FormField("how", "How it is made now", FieldType.TEXTAREA, required=True, maximum=1000),
    )
)


@dataclass(frozen=True, slots=True)
class _Question:
    """What a page asks: its words, its form, and what it is about."""

    title: str
    lead: str
    about: str
    button: str
    form: FormDefinition


@blueprint.get("")
@guard.requires()
def provision(case_id: UUID) -> str:
    """Show each provision of the plan, and whether it is made."""
    return flask.render_template(
        "plan/provision.html",
        page=look.at_plan(case_id, "whether provision is made"),
        found=_found(case_id),
        may_tell=bool(guard.person().roles - {FAMILY}),
    )


@blueprint.get("/<row_id>")
@guard.requires()
def ask_unmet(case_id: UUID, row_id: str) -> str:
    """Ask since when a provision is not made, and why."""
    return _form(case_id, _unmet(case_id, row_id))


@blueprint.post("/<row_id>")
@guard.requires()
def tell_unmet(case_id: UUID, row_id: str) -> Response | tuple[str, int]:
    """Put on record that a provision is not made."""

    def make(given: Mapping[str, Any]) -> object:
        since = dt.date.fromisoformat(given["since"])
        return TellUnmetProvision(
            case_id, row_id, since, given["reason"], given.get("detail") or ""
        )

    return _do(case_id, _unmet(case_id, row_id), make, "It is on record that this is not made.")


@blueprint.get("/unmet/<uuid:unmet_id>")
@guard.requires()
def ask_made(case_id: UUID, unmet_id: UUID) -> str:
    """Ask since when a provision is made again."""
    return _form(case_id, _made(case_id, unmet_id))


@blueprint.post("/unmet/<uuid:unmet_id>")
@guard.requires()
def tell_made(case_id: UUID, unmet_id: UUID) -> Response | tuple[str, int]:
    """Put on record that a provision is made again."""

    def make(given: Mapping[str, Any]) -> object:
        on = dt.date.fromisoformat(given["on"])
        return SettleUnmetProvision(case_id, unmet_id, on, given["how"])

    return _do(case_id, _made(case_id, unmet_id), make, "It is on record that this is made again.")


def _do(case_id: UUID, question: _Question, make: Any, done: str) -> Response | tuple[str, int]:  # noqa: ANN401
    here = guard.system()
    try:
        given = forms.validate(
            question.form,
            read.posted(question.form, flask.request.form),
            variables={},
            today=london.local_date(here.now()),
        )
        here.execute(make(given), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(case_id, question, refusal), problem.status_of(refusal)
    flask.flash(done, "success")
    return flask.redirect(flask.url_for("provision.provision", case_id=case_id), 303)


def _form(case_id: UUID, question: _Question, refusal: errors.Refused | None = None) -> str:
    page = look.at_plan(case_id, "form: whether provision is made")
    posted = (
        read.posted(question.form, flask.request.form) if flask.request.method == "POST" else {}
    )
    return flask.render_template(
        "plan/provision_form.html",
        page=page,
        question=question,
        values=posted,
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(question.form, refusal),
        address=flask.request.path,
    )


def _found(case_id: UUID) -> ProvisionOfCase:
    with guard.system().read() as connection:
        return provision_of_case.provision_of_case(connection, guard.person(), case_id)


def _unmet(case_id: UUID, row_id: str) -> _Question:
    found = next((each for each in _found(case_id).provision if each.row_id == row_id), None)
    if found is None:
        flask.abort(404)
    return _Question(
        "Say that provision is not made",
        "The authority must secure special educational provision, the health body health provision. "
        "What is told here is counted for joint commissioning.",
        f"{found.label}: {found.title}",
        "Put it on record",
        TELL,
    )


def _made(case_id: UUID, unmet_id: UUID) -> _Question:
    found = next((each for each in _found(case_id).told if each.id == unmet_id), None)
    if found is None:
        flask.abort(404)
    return _Question(
        "Say that provision is made again",
        "What was told before stays on record.",
        f"{found.label}: {found.title}",
        "Put it on record",
        SETTLE,
    )
