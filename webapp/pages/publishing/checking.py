"""What the check finds in a draft: as a page, and for the studio while one draws."""

from typing import Any, Final
from uuid import UUID

import flask

from engine import errors
from engine.checks.problem import Problem, Severity
from engine.queries import definition_list
from webapp.auth import guard
from webapp.pages.publishing import gate
from workflows import diagram_check
from workflows.access.people import OWNER

blueprint: Final = flask.Blueprint("checking", __name__)


@blueprint.get("/drafts/<uuid:draft_id>/check")
@guard.requires(OWNER)
def show(draft_id: UUID) -> str:
    """Show the problems of a draft: errors, then warnings; each with why, where and how to mend."""
    draft = gate.load(draft_id)
    found = diagram_check.check_beside(draft.xml, draft.name, _live())
    states = {each.element: _state(each) for each in reversed(found) if each.element}
    return flask.render_template(
        "publishing/check.html",
        draft=draft,
        problems=found,
        of_severity={
            severity: [each for each in found if each.severity == severity] for severity in Severity
        },
        states=states | {e.element: _state(e) for e in found if e.severity == Severity.ERROR},
    )


@blueprint.post("/drafts/<uuid:draft_id>/check")
@guard.requires(OWNER)
def check(draft_id: UUID) -> dict[str, Any]:
    """Check what is drawn and not saved yet: JSON with `xml`; without it, the draft as it is saved."""
    draft = gate.load(draft_id)
    body = flask.request.get_json(silent=True)
    content = body.get("xml") if isinstance(body, dict) else None
    if content is not None and not isinstance(content, str):
        raise errors.Invalid("Send the diagram as “xml”.")
    data = draft.xml if content is None else content.encode()
    found = diagram_check.check_beside(data, draft.name, _live())
    return {"problems": [diagram_check.as_json(each) for each in found]}


def _live() -> dict[str, bytes]:
    with guard.system().read() as connection:
        return definition_list.live(connection)


def _state(found: Problem) -> str:
    return "incident" if found.severity == Severity.ERROR else "warning"
