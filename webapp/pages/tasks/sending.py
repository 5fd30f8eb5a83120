"""What completing a task sends, shown before it is sent; whoever completes it checks to whom."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.changes import Values
from engine.definitions import forms
from webapp.auth import guard
from workflows.access import record
from workflows.access.people import FAMILY
from workflows.calendar import london
from workflows.documents.store import MEDIA_TYPES
from workflows.notices import pdf
from workflows.queries import case_page, task_page as task_query
from workflows.queries.task_page import TaskPage
from workflows.queries.upcoming_notices import Letter, Makers, upcoming_notices

blueprint: Final = flask.Blueprint("sending", __name__, url_prefix="/tasks/<uuid:task_id>/preview")
CHECKED: Final = "recipients_checked"


class NotChecked(errors.Invalid):
    """Check who this is sent to."""


@blueprint.get("/<element_id>")
@guard.requires()
def preview(task_id: UUID, element_id: str) -> Response:
    """Show a notice as it would be sent with the answers saved so far; the look is on record."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
        case = case_page.case_page(connection, person, page.item.case_id, now=now)
    wanted = flask.request.args.get("letter", "0")
    found = [each for each in letters(page) if each.element_id == element_id]
    letter = next((each for each in found if str(each.number) == wanted), None)
    if letter is None:
        flask.abort(404)
    what = f"preview: {letter.title}"
    record.record_view(here.engine, person, page.item.case_id, what=what, why=case.why, now=now)
    response = flask.Response(pdf.render(letter.content), mimetype=MEDIA_TYPES["pdf"])
    response.headers.set("Content-Disposition", "inline", filename="preview.pdf")
    return response


def letters(page: TaskPage, answers: Values | None = None) -> tuple[Letter, ...]:
    """Return what completing a task may send at once; nothing to families, who answer for nobody.

    Args:
        page: The task.
        answers: What was typed, where that is newer than what is saved.
    """
    here = guard.system()
    if page.item.status != "open" or not page.may_complete or not guard.person().roles - {FAMILY}:
        return ()
    makers = Makers(here.domain.rulebook, here.domain.topics, here.templates)
    bundle = here.executor.bundles.get(page.bundle_id)
    given = {**page.values, **(answers or {})}
    wrong = _wrong(page, given)
    known = {name: value for name, value in given.items() if name not in wrong}
    with here.read() as connection:
        return upcoming_notices(connection, page, known, bundle, makers, now=here.now())


def demand_check(task_id: UUID, answers: Values) -> None:
    """Refuse to complete a task that sends something, until it was checked to whom.

    Raises:
        NotChecked: the tick is missing; what else is wrong with the form is told with it.
    """
    if flask.request.form.get(CHECKED) == "yes":
        return
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = task_query.task_page(connection, person, task_id, here.executor.bundles, now=now)
    if letters(page, answers):
        missing = ("Confirm that you have checked who this is sent to",)
        raise NotChecked(errors={**_wrong(page, answers), CHECKED: missing})


def _wrong(page: TaskPage, answers: Values) -> Mapping[str, tuple[str, ...]]:
    """Return what is wrong with the answers."""
    today = london.local_date(guard.system().now())
    try:
        forms.validate(page.form, answers, variables=page.variables, today=today)
    except errors.Invalid as refusal:
        return refusal.errors
    return {}
