"""The case list, the case page, its timeline and its documents."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from webapp.auth import guard
from webapp.pages.cases import forecast, presenters
from webapp.presentation import startable
from workflows.access import record
from workflows.access.people import MANAGER, ROLE_NAMES
from workflows.calendar import london
from workflows.documents.store import MEDIA_TYPES
from workflows.queries import (
    case_list as list_query,
    case_page as page_query,
    case_seers,
    sent_notices as sent,
    timeline as events,
)
from workflows.queries.awaited_messages import awaited_messages
from workflows.queries.case_forecast import case_forecast
from workflows.queries.restricted_matches import restricted_matches

blueprint: Final = flask.Blueprint("cases", __name__, url_prefix="/cases")


@blueprint.get("")
@guard.requires()
def case_list() -> str:
    """Show the cases that one may see, and find one."""
    arguments = flask.request.args
    chosen = list_query.CaseFilter(
        text=arguments.get("q", "").strip()[:100],
        status=arguments.get("status", ""),
        outcome=arguments.get("outcome", ""),
        area=arguments.get("area", ""),
        contact=arguments.get("contact", ""),
        team=arguments.get("team", ""),
    )
    with guard.system().read() as connection:
        found = list_query.case_list(
            connection, guard.person(), chosen, cursor=arguments.get("cursor")
        )
        whose = list_query.whose(connection, chosen)
        hidden = restricted_matches(connection, guard.person(), chosen.text)
    return flask.render_template(
        "cases/case_list.html",
        found=found,
        chosen=chosen,
        whose=whose,
        hidden=hidden,
        next_link=presenters.next_link(found.next_cursor),
    )


@blueprint.get("/<uuid:case_id>")
@guard.requires()
def case(case_id: UUID) -> str:
    """Show a case; that it was looked at is on record."""
    here, person, now = guard.system(), guard.person(), guard.system().now()
    with here.read() as connection:
        page = page_query.case_page(connection, person, case_id, now=now)
        awaited = awaited_messages(connection, case_id, here.executor.bundles)
        foreseen = case_forecast(connection, person, case_id) if forecast.may_see(person) else None
        happened = events.timeline(
            connection, person, case_id, limit=40, cursor=flask.request.args.get("cursor")
        )
        seers = case_seers.case_seers(connection, case_id) if MANAGER in person.roles else ()
    record.record_view(here.engine, person, case_id, what="case page", why=page.why, now=now)
    return flask.render_template(
        "cases/case.html",
        page=page,
        happened=happened,
        seers=seers,
        forecast=forecast.panel(foreseen, london.local_date(now)),
        progress=presenters.progress(page, here.executor.bundles),
        clocks=presenters.clocks(page.deadlines),
        header=presenters.header(page, now),
        undelivered=presenters.undelivered(page, person),
        actions=presenters.actions(page, person, startable.on_a_case(here), awaited),
        role_names=ROLE_NAMES,
        fact_title=presenters.fact_title,
        older_link=presenters.next_link(happened.next_cursor),
    )


@blueprint.get("/<uuid:case_id>/documents/<uuid:document_id>")
@guard.requires()
def document(case_id: UUID, document_id: UUID) -> Response:
    """Send a document; that it was opened is on record."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = page_query.document(connection, person, case_id, document_id)
    if found is None:
        flask.abort(404)
    record.record_view(
        here.engine, person, case_id, what=f"document: {found.title}", why="opened", now=here.now()
    )
    response = flask.Response(here.documents.get(found.location), mimetype=found.media_type)
    disposition = "inline" if found.media_type == "application/pdf" else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=found.file_name)
    return response


@blueprint.get("/<uuid:case_id>/documents/<uuid:document_id>/word")
@guard.requires()
def document_in_word(case_id: UUID, document_id: UUID) -> Response:
    """Send a notice as the Word document that was issued; that it was opened is on record."""
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = page_query.document(connection, person, case_id, document_id)
        issued = sent.sent_notices(connection, case_id).by_document.get(document_id)
    if found is None or issued is None or not issued.word_location:
        flask.abort(404)
    what = f"document in Word: {found.title}"
    record.record_view(here.engine, person, case_id, what=what, why="opened", now=here.now())
    data = here.documents.get(issued.word_location)
    response = flask.Response(data, mimetype=MEDIA_TYPES["docx"])
    response.headers.set("Content-Disposition", "attachment", filename=issued.word_file_name)
    return response
