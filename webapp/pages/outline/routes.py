"""The outline of a draft: the whole, one step, and what can be done with it."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.outline import desk, presenters
from webapp.pages.outline.desk import Desk
from workflows import diagram_check
from workflows.access.people import OWNER
from workflows.outline import change, extras, reading
from workflows.outline.dialogs import adding, question, step as step_dialog, ways
from workflows.outline.dialogs.pieces import Dialog
from workflows.outline.drawing import Drawing

blueprint: Final = flask.Blueprint("outline", __name__, url_prefix="/drafts/<uuid:draft_id>")
_ACTS: Final[Mapping[str, Callable[[Desk, str], Dialog]]] = {
    "add": lambda at, element: adding.adding(at.drawing, element, at.lists, at.outline.numbers),
    "reminder": lambda at, element: adding.reminder(at.drawing, element, at.lists),
    "go-to": lambda at, element: ways.way_on(at.drawing, element, at.outline.numbers),
    "remove": lambda at, element: ways.removal(at.drawing, element),
    "form": lambda at, element: question.question(at.drawing, element, ""),
}


@blueprint.get("/outline")
@guard.requires(OWNER)
def overview(draft_id: UUID) -> str:
    """Show the diagram as a list of steps, with what the check finds beside each."""
    at = desk.open_draft(draft_id)
    problems = [diagram_check.as_json(each) for each in desk.problems(at)]
    return flask.render_template(
        "outline/outline.html",
        draft=at.draft,
        outline=at.outline,
        saved_by=at.saved_by,
        problems=problems,
        of_step=presenters.by_step(problems, at.drawing),
        onward=reading.onward_text,
    )


@blueprint.get("/outline/<element>")
@guard.requires(OWNER)
def step(draft_id: UUID, element: str) -> str:
    """Show a step with all that is said of it."""
    return desk.ask(
        draft_id,
        lambda at: _step(at, element),
        _outline(draft_id, element),
        **_around(draft_id, element),
    )


@blueprint.post("/outline/<element>")
@guard.requires(OWNER)
def save_step(draft_id: UUID, element: str) -> Response | tuple[str, int]:
    """Save a step."""
    return desk.answer(draft_id, lambda at: _step(at, element), _outline(draft_id, element))


@blueprint.get("/outline/<element>/<any(add, reminder, 'go-to', remove, form):act>")
@guard.requires(OWNER)
def act(draft_id: UUID, element: str, act: str) -> str:
    """Ask what is needed to add after a step, to lead it elsewhere, or to take it away."""
    return desk.ask(draft_id, lambda at: _ACTS[act](at, element), _back(draft_id, element))


@blueprint.post("/outline/<element>/<any(add, reminder, 'go-to', remove, form):act>")
@guard.requires(OWNER)
def do(draft_id: UUID, element: str, act: str) -> Response | tuple[str, int]:
    """Do it."""
    return desk.answer(draft_id, lambda at: _ACTS[act](at, element), _back(draft_id, element))


@blueprint.post("/outline/<element>/move")
@guard.requires(OWNER)
def move(draft_id: UUID, element: str) -> Response:
    """Let a step come earlier or later."""
    earlier = flask.request.form.get("to") == "earlier"
    mover = change.move_earlier if earlier else change.move_later
    return desk.change(draft_id, lambda drawing: mover(drawing, element), element)


@blueprint.get("/outline/<element>/form/<field>")
@guard.requires(OWNER)
def field(draft_id: UUID, element: str, field: str) -> str:
    """Show a question of a step's form."""
    return desk.ask(
        draft_id, lambda at: question.question(at.drawing, element, field), _back(draft_id, element)
    )


@blueprint.post("/outline/<element>/form/<field>")
@guard.requires(OWNER)
def save_field(draft_id: UUID, element: str, field: str) -> Response | tuple[str, int]:
    """Save a question."""
    return desk.answer(
        draft_id, lambda at: question.question(at.drawing, element, field), _back(draft_id, element)
    )


@blueprint.post("/outline/<element>/form/<field>/move")
@guard.requires(OWNER)
def move_field(draft_id: UUID, element: str, field: str) -> Response:
    """Let a question come earlier or later, or take it away."""
    to = flask.request.form.get("to", "")
    if to not in {"earlier", "later", "away"}:
        raise errors.Invalid("Say whether the question comes earlier or later, or goes away.")

    def apply(drawing: Drawing) -> None:
        node = drawing.node(element)
        if to == "away":
            extras.remove_field(node, field)
        else:
            extras.move_field(node, field, -1 if to == "earlier" else 1)

    return desk.change(draft_id, apply, element)


@blueprint.get("/ways/<flow>")
@guard.requires(OWNER)
def way(draft_id: UUID, flow: str) -> str:
    """Show a way from one step to another."""
    return desk.ask(draft_id, lambda at: _way(at, flow), _outline(draft_id, ""), way=flow)


@blueprint.post("/ways/<flow>")
@guard.requires(OWNER)
def save_way(draft_id: UUID, flow: str) -> Response | tuple[str, int]:
    """Save where a way leads, and when it is taken."""
    return desk.answer(draft_id, lambda at: _way(at, flow), _outline(draft_id, ""))


@blueprint.get("/ways/<flow>/remove")
@guard.requires(OWNER)
def no_way(draft_id: UUID, flow: str) -> str:
    """Ask before a way is taken away."""
    return desk.ask(draft_id, lambda at: ways.without_way(at.drawing, flow), _outline(draft_id, ""))


@blueprint.post("/ways/<flow>/remove")
@guard.requires(OWNER)
def remove_way(draft_id: UUID, flow: str) -> Response | tuple[str, int]:
    """Take a way away; the steps stay."""
    return desk.answer(
        draft_id, lambda at: ways.without_way(at.drawing, flow), _outline(draft_id, "")
    )


def _step(at: Desk, element: str) -> Dialog:
    return step_dialog.step(at.drawing, element, at.lists)


def _way(at: Desk, flow: str) -> Dialog:
    return ways.way(at.drawing, flow, at.outline.numbers)


def _around(draft_id: UUID, element: str) -> dict[str, Any]:
    """Return what the page of a step shows around its questions."""
    at = desk.open_draft(draft_id)
    return {"around": presenters.around(at.drawing, at.outline, element)}


def _outline(draft_id: UUID, element: str) -> str:
    anchor = f"step-{element}" if element else None
    return flask.url_for("outline.overview", draft_id=draft_id, _anchor=anchor)


def _back(draft_id: UUID, element: str) -> str:
    return flask.url_for("outline.step", draft_id=draft_id, element=element)
