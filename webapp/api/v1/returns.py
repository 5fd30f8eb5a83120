"""The statutory return: how it stands, its problems, what is sent of a case, and its files."""

from typing import Any
from uuid import UUID

import flask
from flask_smorest import Blueprint

from engine.queries.paging import Page
from webapp.api.v1 import door, return_shapes
from webapp.auth import guard
from workflows.access import record
from workflows.access.people import CASEWORK, MANAGER
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.correct_details import CorrectDetails
from workflows.queries import return_overview, return_problem_list, return_record
from workflows.queries.return_problem_list import ProblemFilter
from workflows.returns import census, details, sending
from workflows.returns.rules import book
from workflows.store import return_runs
from workflows.store.return_runs import Kind

blueprint = Blueprint("api_returns", __name__, description="The statutory return")


@blueprint.get("/returns/<int:year>")
@blueprint.response(200, return_shapes.ReturnState)
@door.for_people
def state(year: int) -> dict[str, Any]:
    """Return how the return of a year stands."""
    _for(MANAGER)
    chosen = census.of(year)
    with guard.system().read() as connection:
        found = return_overview.return_overview(connection, year)
    totals = (found.latest.totals if found.latest else None) or {}
    return {
        "year": year,
        "census_day": chosen.day,
        "first_day": chosen.first_day,
        "last_day": chosen.last_day,
        "checked_at": found.latest.ended_at if found.latest else None,
        "cases": totals.get("cases"),
        "ready": totals.get("ready"),
        "persons": totals.get("persons"),
        "rules": totals.get("rules", {}),
        "measures": totals.get("measures", {}),
        "frozen_at": found.frozen.at if found.frozen else None,
    }


@blueprint.get("/returns/<int:year>/problems")
@blueprint.arguments(return_shapes.ReturnProblemQuery, location="query")
@blueprint.response(200, return_shapes.ReturnProblemPage)
@door.for_people
def problems(query: dict[str, Any], year: int) -> Any:  # noqa: ANN401
    """List what is to be mended, errors first."""
    _for(MANAGER)
    census.of(year)
    chosen = ProblemFilter(year, query["severity"], query["rule"], query["team"], query["area"])
    with guard.system().read() as connection:
        page = return_problem_list.return_problem_list(
            connection, guard.person(), chosen, limit=query["limit"], cursor=query["cursor"]
        )
    items = tuple(_problem(each, each.case_id, each.reference) for each in page.items)
    return Page(items, page.next_cursor)


@blueprint.get("/returns/<int:year>/cases/<uuid:case_id>")
@blueprint.response(200, return_shapes.ReturnRecord)
@door.for_people
def case(year: int, case_id: UUID) -> dict[str, Any]:
    """Return what is sent of a case; that it was looked at is on record."""
    _for(MANAGER, CASEWORK)
    census.of(year)
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        found = return_record.return_record(connection, person, year, case_id)
    what = f"return of {year}"
    record.record_view(here.engine, person, case_id, what=what, why=found.why, now=here.now())
    return {
        "case_id": case_id,
        "reference": found.reference,
        "checked_at": found.checked_at,
        "xml": sending.element(found.record) if found.record else "",
        "problems": [_problem(each, case_id, found.reference) for each in found.problems],
    }


@blueprint.post("/returns/<int:year>/runs")
@blueprint.arguments(return_shapes.NewReturnRun)
@blueprint.response(202, return_shapes.ReturnRun)
@door.for_people
def ask(body: dict[str, Any], year: int) -> return_runs.Run:
    """Let a worker check the return of a year, or make its files."""
    command = AskForReturn(year, Kind(body["kind"]))
    door.execute(command)
    return _run(command.run_id)


@blueprint.get("/returns/runs/<uuid:run_id>")
@blueprint.response(200, return_shapes.ReturnRun)
@door.for_people
def run(run_id: UUID) -> return_runs.Run:
    """Return how work on the return stands. Its files are taken on the pages."""
    _for(MANAGER)
    return _run(run_id)


@blueprint.patch("/cases/<uuid:case_id>/details")
@blueprint.arguments(return_shapes.Details)
@blueprint.response(200, return_shapes.DetailsKept)
@door.for_people
def correct(body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Correct details of a case that the return needs; answers them as they were kept."""
    door.execute(CorrectDetails(case_id, body["values"], body["reason"]))
    return {"case_id": case_id, "values": details.tidy(body["values"])}


def _for(*roles: str) -> None:
    if not guard.person().roles & set(roles):
        flask.abort(404, "There is no such return.")


def _run(run_id: UUID) -> return_runs.Run:
    with guard.system().read() as connection:
        return return_runs.load(connection, run_id)


def _problem(each: Any, case_id: UUID, reference: str) -> dict[str, Any]:  # noqa: ANN401
    rule = book.BY_CODE[each.rule]
    return {
        "case_id": case_id,
        "reference": reference,
        "severity": each.severity,
        "rule": each.rule,
        "module": each.module,
        "element": each.element,
        "value": each.value,
        "source": each.source,
        "words": rule.words,
        "mend": rule.mend,
    }
