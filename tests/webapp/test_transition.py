"""The transition plan: learners come in, are corrected and placed, and are counted."""

import datetime as dt
import io
from pathlib import Path

import pytest

from engine import errors
from tests.support.county import County, settle
from tests.support.learners import added, details, plan, states
from tests.support.pages import Visitor, source_of as text
from workflows.commands.accept_proposals import AcceptProposals, NobodyToPlace
from workflows.commands.add_learner import KnownLearner
from workflows.commands.correct_learner import CorrectLearner
from workflows.commands.import_learners import ImportLearners
from workflows.commands.place_learner import PlaceLearner
from workflows.queries.transition_plan import PlanFilter
from workflows.store.learners import ChangedMeanwhile
from workflows.transition.learner_file import Line, UnacceptableLearners
from workflows.transition.model import Kind
from workflows.transition.schedule import State

HEADER = "first_name,last_name,date_of_birth,kind,year_group,setting_kind,school_year\n"


def send(visitor: Visitor, data: bytes, status: int = 303) -> str:
    upload = (io.BytesIO(data), "learners.csv")
    return text(
        visitor.post("/transition-plan/import", status, page="/transition-plan/import", file=upload)
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [("casework", 200), ("manager", 200), ("panel", 404), ("commissioner", 404), ("parent", 404)],
)
def test_the_plan_is_for_casework_and_managers(
    visitor: Visitor, past: County, name: str, status: int
) -> None:
    learner = added(past)
    visitor.sign_in(name)

    for address in ("", "/add", "/import", f"/{learner}", f"/{learner}/place"):
        visitor.get(f"/transition-plan{address}", status)


@pytest.mark.usefixtures("past")
def test_a_learner_is_added_and_the_cohort_follows(visitor: Visitor) -> None:
    visitor.sign_in("casework")
    given = {
        "kind": "statement",
        "first_name": "Ada",
        "last_name": "<Lovell>",
        "date_of_birth-day": "4",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2000",
        "year_group": "10",
        "school_year": "2014",
        "setting_kind": "secondary",
        "setting_id": "wold-academy",
    }

    answer = visitor.post("/transition-plan/add", page="/transition-plan/add", **given)
    again = visitor.post("/transition-plan/add", 409, page="/transition-plan/add", **given)
    page = text(visitor.get(answer.location))

    assert "Moving to post-16 in 2016: by 30 March 2016" in page
    assert "Ada &lt;Lovell&gt;" in page
    assert "Wold Academy, Secondary school" in page
    assert "is in the plan already" in text(again)
    listed = text(visitor.get("/transition-plan?cohort=post_16_2016&setting=wold&q=ada"))
    assert answer.location in listed
    assert answer.location not in text(visitor.get("/transition-plan?cohort=lda"))


def test_a_learner_that_cannot_be_is_refused_at_the_field(visitor: Visitor, past: County) -> None:
    visitor.sign_in("manager")
    given = {"kind": "statement", "first_name": "Ada", "last_name": "Lovell", "year_group": "10"}
    born = {"date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1950"}
    rest = {"setting_kind": "secondary", "school_year": "2090"}

    refused = text(
        visitor.post(
            "/transition-plan/add", 422, page="/transition-plan/add", **given, **born, **rest
        )
    )

    assert "The date of birth must be after 1984" in refused
    assert "The school year must begin from 2013 to 2035" in refused
    assert 'value="Lovell"' in refused, "what was typed is not lost"
    assert past.everything()["learners"] == []


def test_a_file_brings_many_or_none(visitor: Visitor, past: County) -> None:
    visitor.sign_in("casework")
    good = "".join(f"Ada{n},=1+1,4/3/2000,statement,10,secondary,2014/15\n" for n in range(700))
    before = past.everything()

    refused = send(visitor, (HEADER + good + "Bea,Orr,31/2/2000,x,10,secondary,\n").encode(), 422)
    untouched = past.everything()
    send(visitor, (HEADER + good).encode())
    again = send(visitor, (HEADER + good).encode(), 422)
    nothing = visitor.post("/transition-plan/import", 422, page="/transition-plan/import")

    assert "Line 702: date_of_birth: there is no day “31/2/2000”" in refused
    assert "Line 702: kind: “x” is neither" in refused
    assert untouched["learners"] == before["learners"] == []
    assert plan(past).learners == 700
    assert {row.details.last_name for row in plan(past).rows} == {"=1+1"}
    assert "Line 2: This learner is in the plan already" in again
    assert "There are 600 more" in again
    assert "Select a CSV file" in text(nothing)


def test_an_import_is_one_transaction_on_each_database(database_url: str, tmp_path: Path) -> None:
    county = County(settle(database_url, tmp_path))
    casework = county.person("casework")
    added(county, "Bea")
    lines = (Line(2, details("Ada")), Line(3, details("Bea")))

    with pytest.raises(UnacceptableLearners) as refusal:
        county.system.execute(ImportLearners(lines, "x.csv"), casework)
    county.system.execute(ImportLearners(lines[:1], "x.csv"), casework)
    with pytest.raises(KnownLearner):
        added(county, "ADA")

    assert refusal.value.errors["file"] == ("Line 3: This learner is in the plan already",)
    assert sorted(states(county)) == ["Ada", "Bea"]
    county.system.engine.dispose()


def test_a_person_places_a_learner_with_a_reason(visitor: Visitor, past: County) -> None:
    learner = added(past)
    visitor.sign_in("casework")
    address = f"/transition-plan/{learner}/place"

    unsaid = visitor.post(address, 422, page=address, month="10", year="2015", reason="")
    wrong = visitor.post(address, 422, page=address, month="13", year="2015", reason="Exam")
    early = visitor.post(address, 422, page=address, month="8", year="2014", reason="Exam")
    visitor.post(address, page=address, month="10", year="2015", reason="Before the exams")
    page = text(visitor.get(f"/transition-plan/{learner}"))

    assert "Enter reason" in text(unsaid)
    assert "Month must be" in text(wrong)
    assert "The month must be from September 2014" in text(early)
    assert "October 2015: Before the exams" in page
    assert states(past) == {"Ada": State.PLACED}


def test_a_cohort_is_placed_as_proposed_and_what_was_chosen_stays(past: County) -> None:
    casework = past.person("casework")
    chosen = added(past, "Ada")
    past.system.execute(PlaceLearner(chosen, dt.date(2015, 9, 30), "Asked for"), casework)
    added(past, "Bea")
    added(past, "Cem", year_group=8)

    past.system.execute(AcceptProposals("post_16_2016"), casework)

    rows = {row.details.first_name: row for row in plan(past).rows}
    assert rows["Ada"].progress.month == dt.date(2015, 9, 1)
    assert rows["Bea"].progress.month == rows["Bea"].standing.proposed
    assert rows["Cem"].progress.month is None
    with pytest.raises(NobodyToPlace):
        past.system.execute(AcceptProposals("post_16_2016"), casework)
    with pytest.raises(errors.NotFound):
        past.system.execute(AcceptProposals("nobody"), casework)


def test_the_button_places_a_cohort(visitor: Visitor, past: County) -> None:
    added(past)
    visitor.sign_in("manager")

    assert "Place 1 as proposed" in text(visitor.get("/transition-plan?cohort=post_16_2016"))
    visitor.post("/transition-plan/place-all", cohort="post_16_2016")

    assert states(past) == {"Ada": State.PLACED}
    assert "Place 1 as proposed" not in text(visitor.get("/transition-plan?state=not_placed"))


def test_a_correction_moves_the_cohort_and_keeps_what_was(visitor: Visitor, past: County) -> None:
    learner = added(past)
    casework = past.person("casework")
    right = details("Ada", year_group=9)

    past.system.execute(CorrectLearner(learner, right, "Wrong year", seen=1), casework)
    with pytest.raises(ChangedMeanwhile):
        past.system.execute(CorrectLearner(learner, right, "Again", seen=1), casework)
    with pytest.raises(errors.Invalid):
        past.system.execute(CorrectLearner(learner, right, " "), casework)
    added(past, "Bea")
    with pytest.raises(errors.Conflict):
        past.system.execute(CorrectLearner(learner, details("Bea"), "Name"), casework)

    visitor.sign_in("casework")
    page = text(visitor.get(f"/transition-plan/{learner}"))
    assert "Moving to post-16 in 2017" in page
    assert "Wrong year Before: year group was “10”." in page
    visitor.get(f"/transition-plan/{learner}/correct")


def test_who_is_taken_out_is_gone_and_the_history_says_why(visitor: Visitor, past: County) -> None:
    learner = added(past)
    visitor.sign_in("casework")
    address = f"/transition-plan/{learner}/remove"

    visitor.post(address, 422, page=address, reason=" ")
    visitor.post(address, page=address, reason="Moved to Leeds")

    visitor.get(f"/transition-plan/{learner}", 404)
    kept = [row for row in past.everything()["learner_history"] if row.learner_id == learner]
    assert [row.kind for row in kept] == ["added", "removed"]
    assert kept[1].body["reason"] == "Moved to Leeds"


def test_the_counts_say_who_will_miss_the_last_days(visitor: Visitor, past: County) -> None:
    added(past, "Ada")
    added(past, "Bea", kind="lda", year_group=13)
    past.system.clock.move_to(dt.datetime(2016, 6, 1, 9, tzinfo=dt.UTC))

    found = plan(past)

    assert found.misses_final == {Kind.STATEMENT: 0, Kind.LDA: 1}
    assert states(past) == {"Ada": State.MISSED, "Bea": State.WILL_MISS}
    assert [r.details.first_name for r in plan(past, PlanFilter(misses_final=True)).rows] == ["Bea"]
    assert found.by_cohort["lda"] == (1, 0)
    visitor.sign_in("manager")
    page = text(visitor.get("/transition-plan?final=yes"))
    assert "Learning difficulty assessment: 1 will not have moved" in page
    assert page.count("<rect") == len(found.by_cohort)


def test_the_plan_goes_on_page_by_page(visitor: Visitor, past: County) -> None:
    for number in range(53):
        added(past, f"Ada{number}")
    visitor.sign_in("casework")

    first = text(visitor.get("/transition-plan?q=ada"))
    last = text(visitor.get("/transition-plan?q=ada&from=50"))
    beyond = text(visitor.get("/transition-plan?from=99999999999999999999"))

    assert 'href="?q=ada&amp;from=50#learners"' in first
    assert last.count('<th scope="row"') == 10 + 3, "cohorts, and who is left"
    assert "Next page" not in last
    assert "53 learners" in beyond
