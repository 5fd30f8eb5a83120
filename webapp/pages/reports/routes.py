"""Reports: joint commissioning, and the counts for freedom of information."""

import datetime as dt
import re
from typing import Final

import flask

from webapp.auth import guard
from webapp.pages.reports import presenters
from workflows.access.people import COMMISSIONING, MANAGER
from workflows.agencies import choices
from workflows.calendar import london
from workflows.plan import questions
from workflows.queries import freedom_of_information, joint_commissioning
from workflows.queries.joint_commissioning import JointCommissioning

blueprint: Final = flask.Blueprint("reports", __name__, url_prefix="/reports")
FIRST_YEAR: Final = 2014  # the Act came into force
ALL_NUMBERS: Final = "all"


@blueprint.get("")
@guard.requires(MANAGER, COMMISSIONING)
def reports() -> str:
    """List the reports."""
    return flask.render_template(
        "reports/reports.html", may_ask=MANAGER in guard.person().roles, year=_today().year
    )


@blueprint.get("/joint-commissioning")
@guard.requires(MANAGER, COMMISSIONING)
def joint() -> str:
    """Show need and provision by type, area, age and agency, what is unmet, and trends."""
    found, areas, area = _joint()
    protect = not _may_see_all()
    return flask.render_template(
        "reports/joint_commissioning.html",
        found=found,
        tables=_tables(found),
        unmet=presenters.unmet_rows(found.unmet, protect=protect),
        trend=presenters.trend_chart(found.trend, protect=protect),
        trend_rows=presenters.trend_rows(found.trend, protect=protect),
        needs=[title for _, title in questions.AREAS],
        areas=areas,
        area=area,
        protect=protect,
        manages=MANAGER in guard.person().roles,
        note=presenters.NOTE,
    )


@blueprint.get("/joint-commissioning.zip")
@guard.requires(MANAGER, COMMISSIONING)
def joint_file() -> flask.Response:
    """Send the report as files in which nobody can be recognised."""
    found, areas, area = _joint()
    where = dict(areas).get(area, "all areas")
    about = f"Joint commissioning report, {where}, as of {_today().isoformat()}"
    return _zip(
        "joint-commissioning", presenters.archive(presenters.protected(found.tables), about)
    )


@blueprint.get("/freedom-of-information")
@guard.requires(MANAGER)
def freedom() -> str:
    """Show the counts of a year that may be given to anybody."""
    year = _year(flask.request.args.get("year", ""))
    return flask.render_template(
        "reports/freedom_of_information.html",
        tables=_counts(year),
        year=year,
        years=[
            {"value": str(each), "text": str(each)}
            for each in range(_today().year, FIRST_YEAR - 1, -1)
        ],
        note=presenters.NOTE,
    )


@blueprint.get("/freedom-of-information/<int:year>.zip")
@guard.requires(MANAGER)
def freedom_file(year: int) -> flask.Response:
    """Send the counts of a year as files without a row about anybody."""
    if not FIRST_YEAR <= year <= _today().year:
        flask.abort(404)
    about = f"Education, health and care needs assessments and plans, counts of {year}"
    return _zip(f"ehc-counts-{year}", presenters.archive(_counts(year), about))


def _counts(year: int) -> tuple[presenters.Shown, ...]:
    with guard.system().read() as connection:
        found = freedom_of_information.freedom_of_information(connection, year)
    return presenters.protected(found)


def _joint() -> tuple[JointCommissioning, tuple[tuple[str, str], ...], str]:
    with guard.system().read() as connection:
        areas = choices.choices("areas", connection)
        area = flask.request.args.get("area", "")
        area = area if area in dict(areas) else ""
        found = joint_commissioning.joint_commissioning(connection, _today(), area)
    return found, areas, area


def _tables(found: JointCommissioning) -> tuple[presenters.Shown, ...]:
    shown = presenters.whole if _may_see_all() else presenters.protected
    return shown(found.tables)


def _may_see_all() -> bool:
    """Tell whether true numbers are asked for by somebody who sees every case anyway."""
    asked = flask.request.args.get("numbers") == ALL_NUMBERS
    return asked and MANAGER in guard.person().roles


def _year(text: str) -> int:
    today = _today()
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else today.year
    return year if FIRST_YEAR <= year <= today.year else today.year


def _today() -> dt.date:
    return london.local_date(guard.system().now())


def _zip(name: str, content: bytes) -> flask.Response:
    answer = flask.Response(content, mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
    return answer
