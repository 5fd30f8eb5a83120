"""Who has a draft open just now, so that two are told of each other before they draw the same."""

from typing import Any, Final
from uuid import UUID

import flask

from webapp.auth import guard
from workflows.access import people
from workflows.access.people import OWNER
from workflows.store import draft_comments, drafts

blueprint: Final = flask.Blueprint("draft_presence", __name__, url_prefix="/drafts")


@blueprint.post("/<uuid:draft_id>/here")
@guard.requires(OWNER)
def here(draft_id: UUID) -> dict[str, Any]:
    """Tell that one still has the draft open; returns who else has, and the newest revision."""
    with guard.system().read() as connection:
        found = drafts.load(connection, draft_id)
    return {"others": others(draft_id), "revision": found.revision, "status": found.status}


def others(draft_id: UUID) -> list[dict[str, str]]:
    """Write down that one has a draft open; return who else has: name, and when last seen."""
    system, person = guard.system(), guard.person()
    now = system.now()
    draft_comments.is_here(system.engine, draft_id, person.id, now)
    with system.read() as connection:
        found = draft_comments.others_here(connection, draft_id, person.id, now)
        names = people.names(connection, set(found))
    return [
        {"name": names.get(each, "A colleague"), "seen_at": seen.isoformat()}
        for each, seen in found.items()
    ]
