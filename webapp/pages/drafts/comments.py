"""What people say to each other about a draft: on the whole, or on an element of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.definitions import xml
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import people
from workflows.access.people import OWNER
from workflows.commands.comment_on_draft import CommentOnDraft
from workflows.commands.settle_draft_comment import SettleDraftComment
from workflows.store import draft_comments, drafts
from workflows.store.draft_comments import Comment

blueprint: Final = flask.Blueprint("draft_comments", __name__, url_prefix="/drafts")
Answer = str | Response | tuple[str, int] | tuple[dict[str, Any], int] | dict[str, Any]


@blueprint.get("/<uuid:draft_id>/comments")
@guard.requires(OWNER)
def show(draft_id: UUID) -> str:
    """Show the comments on a draft, the open ones first."""
    return _page(draft_id)


@blueprint.get("/<uuid:draft_id>/comments.json")
@guard.requires(OWNER)
def listed(draft_id: UUID) -> dict[str, Any]:
    """Return the comments on a draft, for the studio."""
    found, names = _read(draft_id)
    return {"comments": [_as_json(each, names) for each in found]}


@blueprint.post("/<uuid:draft_id>/comments")
@guard.requires(OWNER)
def add(draft_id: UUID) -> Answer:
    """Add a comment: a form, or JSON with `element` and `text`."""
    sent: Mapping[str, Any] = flask.request.form
    if flask.request.is_json:
        body = flask.request.get_json()
        sent = body if isinstance(body, dict) else {}
    element, text = sent.get("element", ""), sent.get("text", "")
    if not isinstance(element, str) or not isinstance(text, str):
        raise errors.Invalid("Send “element” and “text” as texts.")
    try:
        guard.system().execute(CommentOnDraft(draft_id, element, text), guard.person())
    except errors.Invalid as refusal:
        if flask.request.is_json:
            raise
        return _page(draft_id, refusal), problem.status_of(refusal)
    if flask.request.is_json:
        return listed(draft_id), 201
    return _back(draft_id)


@blueprint.post("/<uuid:draft_id>/comments/<int:number>/settle")
@guard.requires(OWNER)
def settle(draft_id: UUID, number: int) -> Answer:
    """Mark a comment as settled, or (`settled` is "no", or false in JSON) as open again."""
    sent: Any = flask.request.form
    if flask.request.is_json:
        sent = flask.request.get_json()
    wanted = sent.get("settled", True) if isinstance(sent, Mapping) else True
    command = SettleDraftComment(draft_id, number, settled=wanted is not False and wanted != "no")
    guard.system().execute(command, guard.person())
    return listed(draft_id) if flask.request.is_json else _back(draft_id)


def _back(draft_id: UUID) -> Response:
    return flask.redirect(flask.url_for("draft_comments.show", draft_id=draft_id), 303)


def _page(draft_id: UUID, refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        draft = drafts.load(connection, draft_id)
    found, names = _read(draft_id)
    titles = _titles(draft.xml)
    wrong = dict(refusal.errors) if refusal else {}
    return flask.render_template(
        "drafts/comments.html",
        draft=draft,
        still_open=[each for each in found if each.settled_at is None],
        settled=[each for each in found if each.settled_at is not None],
        names=names,
        titles=titles,
        choices=[("", "The whole diagram"), *titles.items()],
        element=flask.request.values.get("element", ""),
        text=flask.request.form.get("text", ""),
        errors=wrong,
        error_list=[{"text": texts[0], "href": f"#{name}"} for name, texts in wrong.items()],
    )


def _read(draft_id: UUID) -> tuple[tuple[Comment, ...], dict[str, str]]:
    with guard.system().read() as connection:
        drafts.load(connection, draft_id)
        found = draft_comments.comments(connection, draft_id)
        names = people.names(connection, set(_mentioned(found)))
    return found, names


def _mentioned(found: Iterable[Comment]) -> Iterable[str]:
    for each in found:
        yield from (each.made_by, each.settled_by or "")


def _titles(data: bytes) -> dict[str, str]:
    """Return the elements that have a name: id to name, by name."""
    found = {
        each.get("id", ""): " ".join((each.get("name") or "").split())
        for each in xml.parse(data).iter(f"{{{xml.BPMN}}}*", f"{{{xml.DMN}}}decision")
        if each.get("id") and each.get("name")
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[1].lower(), pair[0])))


def _as_json(comment: Comment, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": comment.number,
        "element": comment.element_id,
        "text": comment.text,
        "made_at": comment.made_at.isoformat(),
        "made_by": names.get(comment.made_by, ""),
        "settled": comment.settled_at is not None,
        "settled_by": names.get(comment.settled_by or "", ""),
    }
