"""The return of a year: how it stands, its problems, what is sent of a case, files, the submission."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.returns import presenters
from webapp.presentation import exports
from workflows.access import record
from workflows.access.people import CASEWORK, MANAGER
from workflows.calendar import london
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.record_return_download import RecordReturnDownload
from workflows.queries import return_overview, return_problem_list, return_record
from workflows.queries.return_problem_list import ProblemFilter, ProblemItem
from workflows.returns import census, headers
from workflows.returns.rules import book
from workflows.store import return_runs
from workflows.store.return_runs import Kind

blueprint: Final = flask.Blueprint("returns", __name__, url_prefix="/returns")
FILES: Final = {"xml": "application/xml", "tables": "application/zip"}


@blueprint.get("")
@guard.requires(MANAGER)
def state() -> str:
    """Show how the return stands; the year that is worked on where none is chosen."""
    today = london.local_date(guard.system().now())
    year = flask.request.args.get("year", type=int) or census.current(today).year
    return flask.render_template("returns/state.html", **_state(year))


@blueprint.post("/<int:year>/<any(check, files):kind>")
@guard.requires(MANAGER)
def ask(year: int, kind: str) -> Response:
    """Let a worker check the return, or make its files."""
    try:
        guard.system().execute(AskForReturn(year, Kind(kind)), guard.person())
        flask.flash("A worker begins in a moment. You can leave this page.", "success")
    except errors.Conflict as refusal:
        flask.flash(refusal.message, "info")
    return flask.redirect(flask.url_for("returns.state", year=year), 303)


@blueprint.get("/<int:year>/problems")
@guard.requires(MANAGER)
def problems(year: int) -> str:
    """List what is to be mended."""
    chosen, here = _chosen(year), guard.system()
    with here.read() as connection:
        found = return_problem_list.return_problem_list(
            connection, guard.person(), chosen, cursor=flask.request.args.get("cursor")
        )
        overview = return_overview.return_overview(connection, year)
    kept = {key: each for key, each in flask.request.args.items() if key != "cursor" and each}
    return flask.render_template(
        "returns/problems.html",
        year=year,
        lines=[presenters.line(each) for each in found.items],
        chosen=chosen,
        filters=_filters(overview),
        next_link=found.next_cursor and f"?{urlencode({**kept, 'cursor': found.next_cursor})}",
        kept=urlencode(kept),
    )


@blueprint.get("/<int:year>/problems.<any(csv, xlsx):ending>")
@guard.requires(MANAGER)
def problems_file(year: int, ending: str) -> Response:
    """Send the problems as a file, row by row."""
    chosen = _chosen(year)
    make = exports.csv_response if ending == "csv" else exports.xlsx_response
    rows = presenters.cells(_all(chosen))
    return make(f"sen2-{year}-problems", presenters.COLUMNS, rows)


@blueprint.get("/<int:year>/cases/<uuid:case_id>")
@guard.requires(MANAGER, CASEWORK)
def case(year: int, case_id: UUID) -> str:
    """Show what is sent of a case; that it was looked at is on record."""
    here, person = guard.system(), guard.person()
    chosen = census.of(year)
    with here.read() as connection:
        found = return_record.return_record(connection, person, year, case_id)
    what = f"return of {year}"
    record.record_view(here.engine, person, case_id, what=what, why=found.why, now=here.now())
    return flask.render_template(
        "returns/case.html",
        year=year,
        census=chosen,
        found=found,
        tables=presenters.tables(found),
        problems=[_problem(found, each) for each in found.problems],
        manages=MANAGER in person.roles,
    )


@blueprint.get("/runs/<uuid:run_id>/<any(xml, tables):what>")
@guard.requires(MANAGER)
def file(run_id: UUID, what: str) -> Response:
    """Send a file of the return, which names every child; that it was taken is on record."""
    here = guard.system()
    with here.read() as connection:
        run = return_runs.load(connection, run_id)
    if not run.files:
        flask.abort(404)
    here.execute(RecordReturnDownload(run_id, what), guard.person())
    kept = run.files[what]
    response = flask.Response(here.documents.pieces(kept["location"]), mimetype=FILES[what])
    response.headers.set("Content-Disposition", "attachment", filename=kept["name"])
    response.content_length = kept["size"]
    return response


@blueprint.get("/<int:year>/compared")
@guard.requires(MANAGER)
def compared(year: int) -> str:
    """Set the return beside the one that was submitted last year."""
    found = _state(year)
    overview: return_overview.Overview = found["overview"]
    totals = found["totals"]
    return flask.render_template(
        "returns/compared.html",
        **found,
        rows=presenters.compared(overview, totals),
        differences=presenters.rules(totals, last_year=True),
    )


def _state(year: int) -> dict[str, Any]:
    chosen = census.of(year)
    with guard.system().read() as connection:
        overview = return_overview.return_overview(connection, year)
    totals = (overview.latest.totals if overview.latest else None) or {}
    broken = presenters.rules(totals)
    return {
        "year": year,
        "census": chosen,
        "years": sorted(census.years(), reverse=True),
        "overview": overview,
        "totals": totals,
        "ready": presenters.per_cent(totals.get("ready", 0), totals.get("cases", 0)),
        "teams": presenters.teams(overview),
        "rules": broken,
        "rules_chart": presenters.rules_chart(broken),
        "trend_chart": presenters.trend_chart(overview),
        "measures": presenters.measured(totals),
        "header_faults": headers.faults(overview.header),
        "words": presenters,
    }


def _chosen(year: int) -> ProblemFilter:
    census.of(year)
    arguments = flask.request.args
    severity, rule = arguments.get("severity", ""), arguments.get("rule", "")
    return ProblemFilter(
        year,
        severity=severity if severity in presenters.TAGS else "",
        rule=rule if rule in book.BY_CODE else "",
        team=arguments.get("team", "")[:36],
        area=arguments.get("area", "")[:60],
    )


def _filters(overview: return_overview.Overview) -> dict[str, list[dict[str, str]]]:
    totals = (overview.latest.totals if overview.latest else None) or {}
    broken = [*presenters.rules(totals), *presenters.rules(totals, last_year=True)]
    everything = {"value": "", "text": "All"}
    return {
        "rules": [everything]
        + [{"value": each.code, "text": f"{each.code}: {each.words}"} for each in broken],
        "teams": [everything]
        + [
            {"value": each.key, "text": each.title}
            for each in presenters.teams(overview)
            if each.key
        ],
    }


def _all(chosen: ProblemFilter) -> Iterator[ProblemItem]:
    """Yield all problems; the connection stays open while they are sent."""
    with guard.system().read() as connection:
        yield from return_problem_list.all_problems(connection, guard.person(), chosen)


def _problem(found: return_record.ReturnRecord, each: Any) -> presenters.ProblemLine:  # noqa: ANN401
    item = ProblemItem(
        found.case_id, found.reference, "", 0, each.rule, each.severity, each.module,
        each.element, each.value, each.source, "", "",
    )  # fmt: skip
    return presenters.line(item)
