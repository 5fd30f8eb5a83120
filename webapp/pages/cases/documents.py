"""The versions of a document of a case: earlier ones, and a new one."""

from typing import Final
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import record
from workflows.commands.add_document_version import AddDocumentVersion
from workflows.queries import case_page, document_versions as query

blueprint: Final = flask.Blueprint(
    "case_documents",
    __name__,
    url_prefix="/cases/<uuid:case_id>/documents/<uuid:document_id>/versions",
)


@blueprint.get("")
@guard.requires()
def versions(case_id: UUID, document_id: UUID) -> str:
    """Show all versions of a document; that they were looked at is on record."""
    return _page(case_id, document_id)


@blueprint.post("")
@guard.requires()
def add_version(case_id: UUID, document_id: UUID) -> Response | tuple[str, int]:
    """Add a version; those before it stay."""
    here = guard.system()
    try:
        _found(case_id, document_id)  # nothing is kept for whoever may not see it
        upload = flask.request.files.get("file")
        if upload is None or not upload.filename:
            raise errors.Invalid("Select a file")  # noqa: TRY301 (answered as the others below)
        stored = here.documents.put(upload.filename, upload.read())
        here.execute(AddDocumentVersion(case_id, document_id, stored), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(case_id, document_id, refusal), problem.status_of(refusal)
    flask.flash("The new version has been added.", "success")
    address = flask.url_for("case_documents.versions", case_id=case_id, document_id=document_id)
    return flask.redirect(address, 303)


@blueprint.get("/<int:version>")
@guard.requires()
def version(case_id: UUID, document_id: UUID, version: int) -> Response:
    """Send one version of a document; that it was opened is on record."""
    here, person = guard.system(), guard.person()
    found = _found(case_id, document_id)
    chosen = next((each for each in found.versions if each.version == version), None)
    if chosen is None:
        flask.abort(404)
    what = f"document: {found.title}, version {version}"
    record.record_view(here.engine, person, case_id, what=what, why=found.why, now=here.now())
    response = flask.Response(here.documents.get(chosen.location), mimetype=chosen.media_type)
    disposition = "inline" if chosen.media_type == "application/pdf" else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=chosen.file_name)
    return response


def _found(case_id: UUID, document_id: UUID) -> query.Versions:
    with guard.system().read() as connection:
        return query.document_versions(connection, guard.person(), case_id, document_id)


def _page(case_id: UUID, document_id: UUID, refusal: errors.Refused | None = None) -> str:
    here, person = guard.system(), guard.person()
    found = _found(case_id, document_id)
    with here.read() as connection:
        reference = case_page.reference(connection, case_id)
    what = f"versions of: {found.title}"
    record.record_view(here.engine, person, case_id, what=what, why=found.why, now=here.now())
    return flask.render_template(
        "cases/document_versions.html",
        case_id=case_id,
        reference=reference,
        found=found,
        refusal=refusal,
    )
