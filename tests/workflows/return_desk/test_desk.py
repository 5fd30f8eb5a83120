"""The return of a small county: looked at by night, mended, made, submitted, compared with the next."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from lxml import etree

from engine import errors, ports
from tests.support.county import County
from tests.support.returns import DETAILS
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.freeze_return import FreezeReturn, NoFiles, Outdated
from workflows.commands.keep_return_records import KeepReturnRecords
from workflows.commands.record_exception import RecordException
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.queries.return_overview import Overview, return_overview
from workflows.queries.return_problem_list import ProblemFilter, all_problems
from workflows.return_desk.desk import ReturnDesk
from workflows.returns import schema
from workflows.store import return_runs, returns
from workflows.store.return_runs import Kind, Run
from workflows.store.return_tables import return_records
from workflows.store.simulations import State

HEADER = {"LEA": "999", "DMO": "Y", "DCO": "N", "DSCO": "R"}
WHY = "From the school census"


@pytest.fixture
def desk(small_county: County) -> ReturnDesk:
    small_county.system.execute(SaveReturnHeader(2026, HEADER), small_county.person("manager"))
    return ReturnDesk(small_county.system)


def correct(county: County, case_id: UUID, **values: str) -> None:
    command = CorrectDetails(case_id, values, WHY)
    county.system.execute(command, county.person("casework"))


def ready_case(county: County, number: int, **changed: str) -> UUID:
    """Open a case with a request of last year that nothing is wrong with."""
    case_id = county.open_case(
        child_first_name=f"Child {number}",
        child_date_of_birth=f"2017-03-{number:02d}",
        received_on=f"2025-12-{number:02d}",
    )
    correct(county, case_id, **{**DETAILS, "upn": UPNS[number - 1], **changed})
    return case_id


UPNS = ("H801200001001", "X801200001002", "L801200001003", "A801200001004")


def run(desk: ReturnDesk, county: County, kind: Kind = Kind.CHECK, year: int = 2026) -> Run:
    command = AskForReturn(year, kind)
    county.system.execute(command, county.person("manager"))
    for _ in range(3):  # the look of the night may come first
        desk.look()
        desk.wait()
    with county.system.read() as connection:
        return return_runs.load(connection, command.run_id)


def overview(county: County, year: int = 2026) -> Overview:
    with county.system.read() as connection:
        return return_overview(connection, year)


def broken(county: County, year: int = 2026) -> set[tuple[UUID, str]]:
    with county.system.read() as connection:
        found = list(all_problems(connection, None, ProblemFilter(year)))
    return {(each.case_id, each.rule) for each in found}


def totals(run: Run) -> Mapping[str, Any]:
    assert run.totals is not None
    return run.totals


def test_the_upns_are_valid() -> None:
    from workflows.returns import formats  # noqa: PLC0415 (for this test alone)

    assert all(formats.is_upn(each) for each in UPNS)


def test_each_night_is_looked_at_once_and_only_what_was_touched(
    small_county: County, desk: ReturnDesk
) -> None:
    first = ready_case(small_county, 1)
    ready_case(small_county, 2, ethnicity="")

    desk.look()
    desk.wait()
    desk.look()
    desk.wait()

    assert [(each.cases, each.ready) for each in overview(small_county).trend] == [(2, 1)]

    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(days=1))
    correct(small_county, first, child_sex="M")
    desk.look()
    desk.wait()

    found = overview(small_county)
    assert [(each.cases, each.ready) for each in found.trend] == [(2, 1), (2, 1)]
    assert found.latest
    assert found.latest.checked == 1


def test_on_sunday_all_cases_are_looked_at(small_county: County, desk: ReturnDesk) -> None:
    ready_case(small_county, 1)
    ready_case(small_county, 2)
    run(desk, small_county)

    small_county.system.clock.move_to(dt.datetime(2026, 1, 11, 9, tzinfo=dt.UTC))
    desk.look()
    desk.wait()

    found = overview(small_county).latest
    assert found
    assert (found.whole, found.checked) == (True, 2)


def test_a_problem_goes_with_what_mended_it(small_county: County, desk: ReturnDesk) -> None:
    case_id = ready_case(small_county, 1, ethnicity="", sen_type="")
    run(desk, small_county)
    assert broken(small_county) == {(case_id, "1.5-missing")}

    correct(small_county, case_id, ethnicity="WBRI")
    done = run(desk, small_county)

    assert broken(small_county) == set()
    assert (totals(done)["cases"], totals(done)["ready"]) == (1, 1)


def test_readiness_is_counted_by_team_and_measures_as_published(
    small_county: County, desk: ReturnDesk
) -> None:
    for number in (1, 2, 3):
        ready_case(small_county, number, ethnicity="" if number == 3 else "WBRI")
    refused = ready_case(small_county, 4)
    fact = CorrectFact(
        refused, "assessment_decision_notified", dt.date(2025, 12, 30), WHY, outcome="refuse"
    )
    small_county.system.execute(fact, small_county.person("casework"))

    found = totals(run(desk, small_county))

    assert found["teams"] == {"sen_north": [4, 3]}
    assert found["rules"] == {"1.5-missing": 1}
    assert found["measures"] == {
        "decision.open": 3,
        "decision.within": 1,
        "request.refused": 1,
        "requests": 4,
    }


def test_cases_of_one_child_are_sent_as_one_person(small_county: County, desk: ReturnDesk) -> None:
    first = small_county.open_case(received_on="2025-03-03")
    second = small_county.open_case(received_on="2025-11-03")
    for each in (first, second):
        correct(small_county, each, **DETAILS)

    done = run(desk, small_county, Kind.FILES)

    assert (totals(done)["cases"], totals(done)["persons"]) == (2, 1)
    root = etree.XML(file(small_county, done, "xml"))
    assert len(root.findall("Persons/Person")) == 1
    assert len(root.findall("Persons/Person/Requests")) == 2


def test_two_children_with_one_upn_are_told(small_county: County, desk: ReturnDesk) -> None:
    first, second = ready_case(small_county, 1), ready_case(small_county, 2, upn=UPNS[0])

    done = run(desk, small_county)

    assert broken(small_county) == {(first, "1.7a-shared"), (second, "1.7a-shared")}
    assert totals(done)["ready"] == 0

    correct(small_county, second, upn=UPNS[1])
    run(desk, small_county)

    assert broken(small_county) == set()


def test_the_files_fit_the_schema_and_hold_what_is_on_record(
    small_county: County, desk: ReturnDesk
) -> None:
    ready_case(small_county, 1)
    ready_case(small_county, 2, address_withheld="1")

    done = run(desk, small_county, Kind.FILES)

    assert done.status is State.DONE, done.problem
    assert done.files
    assert done.files["faults"] == []
    root = etree.XML(file(small_county, done, "xml"))
    assert schema.schema().validate(root), schema.schema().error_log
    assert root.findtext("Header/Source/LEA") == "999"
    persons = {each.findtext("Forename"): each for each in root.findall("Persons/Person")}
    assert persons["Child 1"].findtext("PostCode") == "WO1 1AB"
    assert persons["Child 2"].find("PostCode") is None
    assert persons["Child 1"].findtext("Requests/ReceivedDate") == "2025-12-01"
    with zipfile.ZipFile(io.BytesIO(file(small_county, done, "tables"))) as archive:
        text = archive.read("requests.csv").decode("utf-8-sig")
    assert [row["RequestOutcome"] for row in csv.DictReader(io.StringIO(text))] == ["A", "A"]
    assert done.files["counts"]["Requests"] == 2


def file(county: County, done: Run, what: str) -> bytes:
    assert done.files is not None, done.problem
    return b"".join(county.system.documents.pieces(done.files[what]["location"]))


def test_the_flag_of_the_twenty_weeks_and_the_exception_go_together(
    small_county: County, desk: ReturnDesk
) -> None:
    case_id = small_county.open_case(received_on="2025-01-06")
    correct(small_county, case_id, **DETAILS, week20="1")
    for code, on, outcome in (
        ("assessment_decision_notified", "2025-02-10", "assess"),
        ("plan_decision_notified", "2025-05-01", "yes"),
        ("draft_plan_served", "2025-06-01", ""),
        ("final_plan_sent", "2025-07-01", ""),
    ):
        fact = CorrectFact(case_id, code, dt.date.fromisoformat(on), WHY, outcome=outcome)
        small_county.system.execute(fact, small_county.person("casework"))
    run(desk, small_county)
    assert broken(small_county) == {(case_id, "3.7-claimed")}

    exception = RecordException(
        case_id,
        "assessment.final_plan",
        "exceptional_circumstances",
        dt.date(2025, 3, 1),
        dt.date(2025, 4, 1),
        "In hospital",
        told_family_on=dt.date(2025, 4, 2),
    )
    small_county.system.execute(exception, small_county.person("manager"))
    run(desk, small_county)
    assert broken(small_county) == set()

    correct(small_county, case_id, week20="0")
    run(desk, small_county)
    assert broken(small_county) == {(case_id, "3.7-recorded")}


def test_what_was_submitted_stays_and_next_year_is_compared_with_it(
    small_county: County, desk: ReturnDesk
) -> None:
    manager = small_county.person("manager")
    lost, moved = ready_case(small_county, 1), ready_case(small_county, 2)
    done = run(desk, small_county, Kind.FILES)

    small_county.system.execute(FreezeReturn(done.id, "COLLECT 17"), manager)

    frozen = overview(small_county).frozen
    assert frozen
    assert done.files
    assert (frozen.sha256, frozen.reference) == (done.files["xml"]["sha256"], "COLLECT 17")
    with pytest.raises(returns.Frozen):
        small_county.system.execute(AskForReturn(2026, Kind.CHECK), manager)
    with pytest.raises(returns.Frozen):
        small_county.system.execute(FreezeReturn(done.id, "COLLECT 18"), manager)
    with pytest.raises(returns.Frozen):
        small_county.system.execute(SaveReturnHeader(2026, HEADER), manager)
    with pytest.raises(returns.Frozen):
        small_county.system.execute(KeepReturnRecords(2026, "x", ()), ports.SYSTEM)

    decided = CorrectFact(
        lost, "assessment_decision_notified", dt.date(2025, 12, 20), WHY, outcome="refuse"
    )
    earlier = CorrectFact(moved, "request_received", dt.date(2025, 11, 20), WHY)
    for command in (decided, earlier):
        small_county.system.execute(command, small_county.person("casework"))
    run(desk, small_county, year=2027)

    found = broken(small_county, 2027)
    assert {each for each in found if each[1].startswith("last-")} == {
        (lost, "last-lost"),
        (moved, "last-dates"),
    }


def test_a_file_that_is_older_than_its_records_is_not_what_was_submitted(
    small_county: County, desk: ReturnDesk
) -> None:
    manager = small_county.person("manager")
    case_id = ready_case(small_county, 1)
    done = run(desk, small_county, Kind.FILES)
    checked = run(desk, small_county)
    with pytest.raises(NoFiles):
        small_county.system.execute(FreezeReturn(checked.id, "COLLECT 17"), manager)

    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(hours=1))
    correct(small_county, case_id, ethnicity="AIND")
    run(desk, small_county)

    with pytest.raises(Outdated):
        small_county.system.execute(FreezeReturn(done.id, "COLLECT 17"), manager)
    with pytest.raises(errors.Invalid):
        small_county.system.execute(FreezeReturn(done.id, " "), manager)


def test_work_that_died_is_given_up_and_can_be_asked_for_again(small_county: County) -> None:
    from workflows.commands.begin_return_run import BeginReturnRun  # noqa: PLC0415

    desk = ReturnDesk(small_county.system, silent_for=0)
    command = AskForReturn(2026, Kind.CHECK)
    small_county.system.execute(command, small_county.person("manager"))
    with pytest.raises(return_runs.AlreadyAsked):
        small_county.system.execute(AskForReturn(2026, Kind.CHECK), small_county.person("manager"))
    small_county.system.execute(BeginReturnRun(command.run_id), ports.SYSTEM)

    for _ in range(3):
        desk.look()
        desk.wait()

    with small_county.system.read() as connection:
        assert return_runs.load(connection, command.run_id).status is State.INTERRUPTED
    assert run(desk, small_county).status is State.DONE


def test_how_cases_stand_is_the_same_on_both_databases(county: County, tmp_path: Path) -> None:
    del tmp_path
    desk = ReturnDesk(county.system)
    ready_case(county, 1, ethnicity="")
    ready_case(county, 2, upn=UPNS[0])

    done = run(desk, county, Kind.FILES)

    assert done.status is State.DONE, done.problem
    assert totals(done)["rules"] == {"1.5-missing": 1, "1.7a-shared": 2}
    with county.system.read() as connection:
        keys = connection.execute(
            sa.select(return_records.c.person_key).order_by(return_records.c.person_key)
        )
        assert len(set(keys.scalars())) == 2
