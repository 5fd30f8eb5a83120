"""Every statutory deadline with how it stands."""

from typing import Any, Final
from urllib.parse import urlencode

import flask

from webapp.auth import guard
from webapp.presentation import tags
from workflows.duties.deadlines import Status
from workflows.queries.deadline_list import DeadlineFilter, deadline_counts, deadline_list
from workflows.rulebook import load
from workflows.store import search

blueprint: Final = flask.Blueprint("timers", __name__, url_prefix="/timers")


@blueprint.get("")
@guard.requires()
def timers() -> str:
    """Show deadlines, the soonest first; those that are open unless another state is chosen."""
    here, now, arguments = guard.system(), guard.system().now(), flask.request.args
    state = arguments.get("status", "open")
    chosen = DeadlineFilter(
        status=Status(state) if state in set(Status) else None,
        duty=arguments.get("duty", ""),
        area=arguments.get("area", ""),
        due_before=search.date_or_none(arguments.get("due_before", "")),
    )
    with here.read() as connection:
        found = deadline_list(
            connection, guard.person(), chosen, now=now, cursor=arguments.get("cursor")
        )
        counts = deadline_counts(connection, guard.person(), now=now)
    kept = {key: value for key, value in arguments.items() if key != "cursor" and value}
    more = f"?{urlencode({**kept, 'cursor': found.next_cursor})}" if found.next_cursor else ""
    return flask.render_template(
        "timers/timers.html",
        found=found,
        chosen=chosen,
        counts=[(each, tags.WORDS[each], counts[each]) for each in Status],
        duties=_duties(),
        next_link=more,
    )


def _duties() -> list[dict[str, Any]]:
    known = {duty.code: duty.title for duty in load.current().duties}
    return [
        {"value": "", "text": "All"},
        *({"value": code, "text": text} for code, text in known.items()),
    ]
