"""Comments on the local offer, as the authority reads, answers and publishes them."""

import re
from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access.people import COMMISSIONING, MANAGER
from workflows.calendar import london
from workflows.commands.answer_offer_comments import AnswerOfferComments
from workflows.commands.judge_offer_comment import JudgeOfferComment
from workflows.commands.publish_offer_comments import PublishOfferComments
from workflows.queries import offer_comment_list

blueprint: Final = flask.Blueprint("offer_desk", __name__, url_prefix="/reports/local-offer")
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@blueprint.get("")
@guard.requires(MANAGER, COMMISSIONING)
def comments() -> str:
    """Show the comments of a year."""
    return _page(_chosen_year())


@blueprint.post("/<int:year>/comments/<uuid:comment_id>")
@guard.requires(MANAGER, COMMISSIONING)
def judge(year: int, comment_id: UUID) -> Response | tuple[str, int]:
    """Keep a comment for publication, or leave it out."""
    form = flask.request.form
    keep = form.get("decision") == "keep"
    words = form.get("text", ""), form.get("reason", "")
    done = "The comment is kept for publication." if keep else "The comment is left out."
    return _do(JudgeOfferComment(comment_id, keep, *words), year, done, f"comment-{comment_id}")


@blueprint.post("/<int:year>/answer")
@guard.requires(MANAGER, COMMISSIONING)
def answer(year: int) -> Response | tuple[str, int]:
    """Give one response to the comments that were chosen."""
    chosen = [each for each in flask.request.form.getlist("comment") if _ID.fullmatch(each)]
    response = flask.request.form.get("response", "")
    command = AnswerOfferComments(tuple(UUID(each) for each in chosen), response)
    return _do(command, year, "The response is on record.", "answer")


@blueprint.post("/<int:year>/publish")
@guard.requires(MANAGER, COMMISSIONING)
def publish(year: int) -> Response | tuple[str, int]:
    """Publish the comments of a year with the response."""
    site = flask.current_app.extensions["settings"].site_url
    link = f"{site}{flask.url_for('local_offer.published', year=year)}"
    command = PublishOfferComments(year, flask.request.form.get("introduction", ""), link)
    return _do(command, year, f"The comments of {year} are published.", "publish")


def _do(command: object, year: int, done: str, place: str) -> Response | tuple[str, int]:
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(year, refusal, place), problem.status_of(refusal)
    flask.flash(done, "success")
    return flask.redirect(flask.url_for("offer_desk.comments", year=year) + f"#{place}", 303)


def _page(year: int, refusal: errors.Refused | None = None, place: str = "") -> str:
    with guard.system().read() as connection:
        found = offer_comment_list.offer_comment_list(connection, year)
        years = offer_comment_list.offer_years_list(connection)
    messages = [text for texts in refusal.errors.values() for text in texts] if refusal else []
    return flask.render_template(
        "local_offer/desk.html",
        comments=found,
        year=year,
        told=next((each for each in years if each.year == year), None),
        years=sorted({year, *(each.year for each in years)}, reverse=True),
        error_list=[
            {"text": text, "href": f"#{place}"}
            for text in (messages or ([refusal.message] if refusal else []))
        ],
        given=flask.request.form,
        place=place,
    )


def _chosen_year() -> int:
    today = london.local_date(guard.system().now())
    text = flask.request.args.get("year", "")
    return int(text) if re.fullmatch(r"20[0-9]{2}", text) else today.year
