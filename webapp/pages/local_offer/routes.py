"""The local offer to the public: comment on it, and read comments with the authority's response."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import people, visits
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer
from workflows.queries import offer_comment_list
from workflows.store import offer_comments

blueprint: Final = flask.Blueprint("local_offer", __name__, url_prefix="/local-offer/comments")
FIELDS: Final = ("about", "who", "text")


@blueprint.get("")
@guard.open_to_anyone
def ask() -> str:
    """Ask for a comment, and list the years that are published."""
    return _page()


@blueprint.post("")
@guard.open_to_anyone
def comment() -> Response | tuple[str, int]:
    """Take a comment."""
    here, form = guard.system(), flask.request.form
    command = CommentOnLocalOffer(form.get("about", ""), form.get("who", ""), form.get("text", ""))
    try:
        address = flask.request.remote_addr or ""
        visits.count_visit(here.engine, "local-offer", address=address, now=here.now())
        here.execute(command, people.PUBLIC)
    except (errors.Invalid, errors.Forbidden) as refusal:
        return _page(refusal), problem.status_of(refusal)
    flask.flash("Thank you. We have your comment, and publish it with our response.", "success")
    return flask.redirect(flask.url_for("local_offer.ask"), 303)


@blueprint.get("/<int:year>")
@guard.open_to_anyone
def published(year: int) -> str:
    """Show the comments of a year with the authority's response."""
    with guard.system().read() as connection:
        years = offer_comment_list.offer_years_list(connection)
        told = next((each for each in years if each.year == year and each.published_at), None)
        if told is None:
            flask.abort(404)
        found = offer_comment_list.offer_comment_list(connection, year, published=True)
    return flask.render_template("local_offer/published.html", told=told, comments=found)


def _page(refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        years = offer_comment_list.offer_years_list(connection)
    found = dict(refusal.errors) if refusal else {}
    messages = [
        {"text": texts[0], "href": f"#{name}"} for name, texts in found.items() if name in FIELDS
    ]
    return flask.render_template(
        "local_offer/ask.html",
        about=offer_comments.ABOUT,
        who=offer_comments.WHO,
        longest=offer_comments.LONGEST,
        years=[each for each in years if each.published_at],
        given=flask.request.form,
        errors=found,
        error_list=messages or ([{"text": refusal.message}] if refusal else []),
    )
