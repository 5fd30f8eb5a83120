"""Write a section of the plan: its rows one by one, and its text."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid4

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.pages.plan import look
from webapp.presentation import problem
from workflows.calendar import london
from workflows.commands.save_plan_section import SavePlanSection, SectionChanged
from workflows.plan import document, questions, text
from workflows.plan.model import TEXT_LIMIT, Content, Row
from workflows.plan.sections import SectionKind
from workflows.queries.plan_page import PlanPage

blueprint: Final = flask.Blueprint(
    "plan_rows", __name__, url_prefix="/cases/<uuid:case_id>/plan/<section>"
)
NEW: Final = "new"
Answer = Response | str | tuple[str, int]


class WrittenByOthers(errors.Forbidden):
    """This section of the plan is written by others."""


class NoSuchRow(errors.NotFound):
    """There is no such row: a colleague may have removed it."""


@blueprint.route("/rows/<row_id>", methods=["GET", "POST"])
@guard.requires()
def row(case_id: UUID, section: str, row_id: str) -> Answer:
    """Ask for the answers of a row, a new one or one to change; and keep them."""
    page, kind = _writing(case_id, section)
    form = questions.form(kind.code, page.whole, page.readable)
    if flask.request.method == "GET":
        return _row_page(page, kind, row_id, form, _found(page, kind, row_id).values)
    given = read.posted(form, flask.request.form)
    try:
        today = london.local_date(guard.system().now())
        accepted = document.check_row(uuid4().hex if row_id == NEW else row_id, given, form, today)
        _keep(page, kind, page.whole.of(kind.code).with_row(accepted))
    except (errors.Invalid, errors.Conflict) as refusal:
        shown = _row_page(page, kind, row_id, form, given, refusal)
        return shown, problem.status_of(refusal)
    return _done(page, kind, "The section is saved.", f"row-{accepted.id}")


@blueprint.route("/rows/<row_id>/remove", methods=["GET", "POST"])
@guard.requires()
def remove(case_id: UUID, section: str, row_id: str) -> Answer:
    """Ask whether a row is to go; and let it go."""
    page, kind = _writing(case_id, section)
    found = _found(page, kind, row_id)
    refusal: errors.Refused | None = None
    if flask.request.method == "POST":
        try:
            _keep(page, kind, page.whole.of(kind.code).without_row(row_id))
        except errors.Conflict as conflict:
            refusal = conflict
        else:
            return _done(page, kind, "The row is removed.", "rows")
    shown = flask.render_template(
        "plan/remove.html",
        page=page,
        kind=kind,
        label=page.whole.labels()[row_id],
        row_id=row_id,
        answers=text.answers(page.whole, kind.code, found),
        conflict=_conflict(page, refusal),
    )
    return (shown, problem.status_of(refusal)) if refusal else shown


@blueprint.post("/rows/<row_id>/up")
@guard.requires()
def move_up(case_id: UUID, section: str, row_id: str) -> Answer:
    """Let a row stand before the one that it stood behind."""
    page, kind = _writing(case_id, section)
    _found(page, kind, row_id)
    _keep(page, kind, page.whole.of(kind.code).moved_up(row_id))
    return _done(page, kind, "The row has moved up.", f"row-{row_id}")


@blueprint.route("/text", methods=["GET", "POST"])
@guard.requires()
def free_text(case_id: UUID, section: str) -> Answer:
    """Ask for the text of a section that belongs to no row; and keep it."""
    page, kind = _writing(case_id, section)
    content = page.whole.of(kind.code)
    hint = "Each paragraph on its own line. Rows say more: the golden thread is checked in them."
    field = FormField("text", "Text of the section", FieldType.TEXTAREA, hint, maximum=TEXT_LIMIT)
    form = FormDefinition((field,))
    if flask.request.method == "GET":
        return _row_page(page, kind, "", form, {"text": content.text})
    given = read.posted(form, flask.request.form)
    try:
        _keep(page, kind, Content(content.rows, str(given.get("text") or "")))
    except (errors.Invalid, errors.Conflict) as refusal:
        shown = _row_page(page, kind, "", form, given, refusal)
        return shown, problem.status_of(refusal)
    return _done(page, kind, "The section is saved.", "rows")


@blueprint.post("/proposed")
@guard.requires()
def proposed(case_id: UUID, section: str) -> Answer:
    """Enter the rows that the case can fill in: advice received, the personal budget."""
    page, kind = _writing(case_id, section)
    content = page.whole.of(kind.code)
    for each in page.proposed.get(kind.code, ()):
        content = content.with_row(each)
    _keep(page, kind, content)
    return _done(page, kind, "The section is saved.", "rows")


def _writing(case_id: UUID, section: str) -> tuple[PlanPage, SectionKind]:
    page = look.at_plan(case_id, f"writing section {section[:2].upper()}")
    kind = look.at_section(page, section)
    if kind.code not in page.editable:
        raise WrittenByOthers
    return page, kind


def _found(page: PlanPage, kind: SectionKind, row_id: str) -> Row:
    if row_id == NEW:
        return Row(NEW, {})
    found = page.whole.of(kind.code).row(row_id)
    if found is None:
        raise NoSuchRow
    return found


def _keep(page: PlanPage, kind: SectionKind, content: Content) -> None:
    """Save a section, unless a colleague changed it since the form was opened."""
    opened = flask.request.form.get("revision", "")
    last = page.kept.changed_since(int(opened) if opened.isdecimal() else 0, kind.code)
    if last is not None:
        raise SectionChanged(details={"by": str(last["by"]), "at": str(last["at"])})
    command = SavePlanSection(
        page.case.id, kind.code, document.dump_content(content), page.kept.revision
    )
    guard.system().execute(command, guard.person())


def _done(page: PlanPage, kind: SectionKind, message: str, where: str) -> Response:
    flask.flash(message, "success")
    address = flask.url_for("plan.section", case_id=page.case.id, section=kind.code, _anchor=where)
    return flask.redirect(address, 303)


def _conflict(page: PlanPage, refusal: errors.Refused | None) -> str:
    if not isinstance(refusal, errors.Conflict):
        return ""
    who = page.names.get(refusal.details.get("by", ""), "")
    return f"{refusal.message}{f' It was {who}.' if who else ''}"


def _row_page(
    page: PlanPage,
    kind: SectionKind,
    row_id: str,
    form: FormDefinition,
    values: Mapping[str, Any],
    refusal: errors.Refused | None = None,
) -> str:
    invalid = refusal if isinstance(refusal, errors.Invalid) else None
    known = {each.id for each in form.fields}
    wrong = {
        name: why for name, why in (invalid.errors if invalid else {}).items() if name in known
    }
    summary = read.error_list(form, wrong)
    if invalid and not summary:
        others = [message for messages in invalid.errors.values() for message in messages]
        summary = [{"text": each} for each in others or [invalid.message]]
    now = page.whole.of(kind.code).row(row_id)
    return flask.render_template(
        "plan/row.html",
        page=page,
        kind=kind,
        row_id=row_id,
        label=page.whole.labels().get(row_id, ""),
        fields=[replace(each, required=questions.is_expected(each)) for each in form.fields],
        values=values,
        errors=wrong,
        error_list=summary,
        conflict=_conflict(page, refusal),
        current=text.answers(page.whole, kind.code, now) if now else (),
    )
