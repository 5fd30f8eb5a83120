"""What the rules for diagrams ask, why, and how to mend what they find."""

from typing import Final

import flask

from webapp.auth import guard
from webapp.presentation import markdown
from workflows import rule_pages

blueprint: Final = flask.Blueprint("help", __name__, url_prefix="/help/rules")


@blueprint.get("")
@guard.requires()
def rules() -> str:
    """List the rules."""
    found = rule_pages.pages()
    summaries = {name: markdown.render(each.summary) for name, each in found.items()}
    return flask.render_template("help/rules.html", found=found, summaries=summaries)


@blueprint.get("/<name>")
@guard.requires()
def rule(name: str) -> str:
    """Show the page of one rule."""
    found = rule_pages.pages().get(name)
    if found is None:
        flask.abort(404)
    return flask.render_template(
        "help/rule.html", found=found, body=markdown.render(found.body), name=name
    )
