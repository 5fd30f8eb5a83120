"""A form that becomes a command: asked on a page of its own, carried out, and said when done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import problem
from workflows.access.people import ADMIN
from workflows.calendar import london

Values = Mapping[str, Any]
REASON: Final = FormField("reason", "Reason", FieldType.TEXTAREA, required=True, maximum=500)
NO_QUESTIONS: Final = FormDefinition(())


@dataclass(frozen=True, slots=True)
class Dialog:
    """A form, and what comes of it.

    Attributes:
        title, lead, button: What the page says.
        back: Where one came from: words and address.
        form: The questions.
        make: The command for the answers.
        done: What is said afterwards, on the page `to`.
        values: What is filled in at first.
        caption: What it is about.
        warns: The button is a warning: something ends.
        shows: Instead of going to `to`: the page that shows what the command made, once.
    """

    title: str
    lead: str
    button: str
    back: tuple[str, str]
    make: Callable[[Values], object]
    done: str
    to: str
    form: FormDefinition = NO_QUESTIONS
    values: Values = field(default_factory=dict)
    caption: str = ""
    warns: bool = False
    shows: Callable[[Any], str] | None = None


def page(dialog: Dialog, refusal: errors.Refused | None = None) -> str:
    """Return the page of a dialog."""
    posted: Values = {}
    if flask.request.method == "POST":
        posted = read.posted(dialog.form, flask.request.form)
    return flask.render_template(
        "administration/dialog.html",
        dialog=dialog,
        values={**dialog.values, **posted},
        errors=dict(refusal.errors) if refusal else {},
        error_list=read.error_summary(dialog.form, refusal),
        address=flask.request.path,
    )


def carry_out(dialog: Dialog) -> Response | str | tuple[str, int]:
    """Execute the command of a dialog, and go on; a refusal is said on its page."""
    today = london.local_date(guard.system().now())
    try:
        posted = read.posted(dialog.form, flask.request.form)
        given = forms.validate(dialog.form, posted, variables={}, today=today)
        command = dialog.make(given)
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return page(dialog, refusal), problem.status_of(refusal)
    if dialog.shows is not None:
        return dialog.shows(command)
    flask.flash(dialog.done, "success")
    return flask.redirect(dialog.to, 303)


def add(
    blueprint: flask.Blueprint,
    rule: str,
    build: Callable[..., Dialog],
    roles: tuple[str, ...] = (ADMIN,),
) -> None:
    """Give a dialog its two routes: the question, and what is done with the answer."""
    name = build.__name__

    def ask(**named: Any) -> str:  # noqa: ANN401 (parts of the address)
        return page(build(**named))

    def do(**named: Any) -> Response | str | tuple[str, int]:  # noqa: ANN401
        return carry_out(build(**named))

    for view, method, prefix in ((ask, "GET", "ask"), (do, "POST", "do")):
        view.__qualname__ = f"{blueprint.name}.{prefix}_{name}"
        view.__doc__ = build.__doc__
        guarded: Callable[..., Any] = guard.requires(*roles)(view)
        blueprint.add_url_rule(rule, f"{prefix}_{name}", guarded, methods=[method])


def act(command: object, done: str, to: str) -> Response:
    """Execute a command that asks nothing, say that it is done, and go on; a refusal is said too."""
    try:
        guard.system().execute(command, guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        flask.flash(refusal.message, "warning")
        return flask.redirect(to, 303)
    flask.flash(done, "success")
    return flask.redirect(to, 303)
