"""Comments on a section of a plan, with replies."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.plan import look, presenters
from webapp.presentation import problem
from workflows.commands.comment_on_plan import CommentOnPlan
from workflows.commands.reply_to_comment import ReplyToComment
from workflows.plan import sections

blueprint: Final = flask.Blueprint(
    "plan_comments", __name__, url_prefix="/cases/<uuid:case_id>/plan/comments"
)


@blueprint.get("/<int:number>/<section>")
@guard.requires()
def discussion(case_id: UUID, number: int, section: str) -> str:
    """Show a section of a version with what was said about it."""
    return _page(case_id, number, section)


@blueprint.post("/<int:number>/<section>")
@guard.requires()
def comment(case_id: UUID, number: int, section: str) -> Response | tuple[str, int]:
    """Comment on a section; what was typed is shown again when it cannot be."""
    typed = flask.request.form.get("text", "")
    try:
        guard.system().execute(CommentOnPlan(case_id, section, number, typed), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        shown = _page(case_id, number, section, ("comment", typed), refusal)
        return shown, problem.status_of(refusal)
    flask.flash("Your comment is added.", "success")
    return _back(case_id, number, section)


@blueprint.post("/<int:number>/<section>/<uuid:comment_id>")
@guard.requires()
def reply(case_id: UUID, number: int, section: str, comment_id: UUID) -> Response | tuple[str, int]:
    """Reply to a comment; what was typed is shown again when it cannot be."""
    typed = flask.request.form.get("text", "")
    try:
        guard.system().execute(ReplyToComment(case_id, comment_id, typed), guard.person())
    except errors.Invalid as refusal:
        shown = _page(case_id, number, section, (f"reply-{comment_id}", typed), refusal)
        return shown, problem.status_of(refusal)
    flask.flash("Your reply is added.", "success")
    return _back(case_id, number, section)


def _back(case_id: UUID, number: int, section: str) -> Response:
    address = (
        flask.url_for("plan_comments.discussion", case_id=case_id, number=number, section=section)
        if number
        else flask.url_for("plan.section", case_id=case_id, section=section)
    )
    return flask.redirect(f"{address}#comments", 303)


def _page(
    case_id: UUID,
    number: int,
    section: str,
    typed: tuple[str, str] = ("", ""),
    refusal: errors.Refused | None = None,
) -> str:
    page = look.at_plan(case_id, f"comments on section {section[:2].upper()}")
    found = look.at_version(page, number)
    if section not in found.shown:
        raise look.NoSuchSection
    version = next((each for each in page.versions if each.number == number), None)
    messages = [each for why in (refusal.errors.values() if refusal else ()) for each in why]
    if refusal and not messages:
        messages = [refusal.message]
    return flask.render_template(
        "plan/discussion.html",
        page=page,
        found=found,
        view=presenters.bare_section(found.plan, sections.KINDS[section]),
        comments=presenters.comments_on(page, section, number),
        is_open=version is None or not version.final,
        typed=dict([typed]),
        wrong={typed[0]: messages[0]} if messages else {},
        error_list=[{"text": each, "href": f"#{typed[0]}"} for each in messages],
    )
