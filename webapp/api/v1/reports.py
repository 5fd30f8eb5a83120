"""Reports: tables of counts in which nobody can be recognised."""

from typing import Any

import flask
from flask_smorest import Blueprint

from webapp.api.v1 import door, report_shapes as shapes
from webapp.auth import guard
from workflows.access.people import COMMISSIONING, MANAGER
from workflows.agencies import choices
from workflows.calendar import london
from workflows.queries import freedom_of_information, joint_commissioning
from workflows.reports import suppression
from workflows.reports.table import CountTable

blueprint = Blueprint("api_reports", __name__, description="Reports")


@blueprint.get("/reports/joint-commissioning")
@blueprint.arguments(shapes.JointQuery, location="query")
@blueprint.response(200, shapes.Report)
@door.for_people
def joint(query: dict[str, Any]) -> dict[str, Any]:
    """Return need and provision by type, area, age and agency."""
    _only(MANAGER, COMMISSIONING)
    here = guard.system()
    with here.read() as connection:
        areas = dict(choices.choices("areas", connection))
        if query["area"] and query["area"] not in areas:
            flask.abort(422, f"There is no area {query['area']!r}: {', '.join(areas)}.")
        found = joint_commissioning.joint_commissioning(
            connection, london.local_date(here.now()), query["area"]
        )
    return {"tables": _protected(found.tables)}


@blueprint.get("/reports/freedom-of-information/<int:year>")
@blueprint.response(200, shapes.Report)
@door.for_people
def freedom(year: int) -> dict[str, Any]:
    """Return the counts of a calendar year that may be given to anybody."""
    _only(MANAGER)
    here = guard.system()
    if not shapes.FIRST_YEAR <= year <= london.local_date(here.now()).year:
        flask.abort(404)
    with here.read() as connection:
        found = freedom_of_information.freedom_of_information(connection, year)
    return {"tables": _protected(found)}


def _only(*roles: str) -> None:
    if not guard.person().roles & set(roles):
        flask.abort(403)


def _protected(tables: tuple[CountTable, ...]) -> list[dict[str, Any]]:
    return [_table(suppression.protect(each)) for each in tables]


def _table(safe: suppression.Safe) -> dict[str, Any]:
    return {
        "code": safe.table.code,
        "title": safe.table.title,
        "note": safe.table.note,
        "rows": list(safe.table.rows),
        "columns": list(safe.table.columns),
        "cells": [list(row) for row in safe.cells],
        "row_totals": list(safe.row_totals),
        "column_totals": list(safe.column_totals),
        "total": safe.total,
    }
