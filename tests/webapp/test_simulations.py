"""Process owners simulate a process from their pages, and others do not."""

import csv
import io
import re

import pytest
from flask import Flask

from engine import ports
from tests.support.county import County
from tests.support.pages import Visitor, words_of as text
from workflows.commands.begin_simulation import BeginSimulation
from workflows.commands.end_simulation import EndSimulation
from workflows.commands.report_simulation import ReportSimulation
from workflows.simulation import job
from workflows.store import simulations
from workflows.store.simulations import State

WHAT = "version:ehc_assessment:1"
NEW = f"/simulations/new?what={WHAT}"
PSYCHOLOGY = "educational_psychology"


def filled(owner: Visitor, **changes: str) -> dict[str, str]:
    """Return the form as it stands on the page, with changes."""
    page = owner.get(NEW).get_data(as_text=True)
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        is_radio = 'type="radio"' in tag and "checked" not in tag
        if name and name[1] != "csrf_token" and not is_radio:
            found[name[1]] = value[1] if value else ""
    return {**found, **changes}


def ask(owner: Visitor, **changes: str) -> str:
    answer = owner.post("/simulations/new", page=NEW, **filled(owner, **changes))
    address: str = answer.headers["Location"]
    return address


def simulate(county: County) -> None:
    """Do what a worker does."""
    simulator = job.Simulator(county.system, members=2)
    simulator.look()
    simulator.wait()


def test_one_more_psychologist_is_compared_with_as_many_as_there_are(
    owner: Visitor, small_county: County
) -> None:
    people = {f"people:{PSYCHOLOGY}": "1", f"each:{PSYCHOLOGY}": "2"}
    address = ask(owner, cases="12", weekly="12", second=f"more:{PSYCHOLOGY}", **people)
    waiting = text(owner.get(address))

    simulate(small_county)
    found = owner.get(address).get_data(as_text=True)
    sheet = owner.get(f"{address}.csv").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(sheet)))

    assert "Waiting" in waiting
    assert "as soon as a worker is free" in waiting
    assert "Give advice for the assessment" in found
    assert found.count("<svg") > 3
    assert {"EHC needs assessment and plan, version 1", "One more: Educational psychology"} <= {
        row[0] for row in rows[1:]
    }
    assert ["Cases that began", "12"] in [row[4:] for row in rows]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cases": "0"}, "The number of cases must be between 1 and 5,000."),
        ({"cases": "many"}, "The number of cases must be a number."),
        ({"cases": "1.5"}, "The number of cases must be a whole number."),
        ({"weekly": "nan"}, "The number of cases a week must be a number."),
        ({"weekly": "1e99999"}, "The number of cases a week must be a number."),
        ({"duration:decide_to_assess:decision_panel:p80": "0.1"}, "cannot be less than the usual"),
        ({f"people:{PSYCHOLOGY}": "-3"}, "The number of people must be between 1 and 1,000."),
        ({"second": f"more:{PSYCHOLOGY}"}, "Say how many people “Educational psychology” has"),
        ({"second": "more:nobody"}, "Say how many people"),
        ({"title": " "}, "Enter a title"),
    ],
)
def test_numbers_that_cannot_be_used_are_told_and_what_was_typed_is_kept(
    owner: Visitor, changes: dict[str, str], message: str
) -> None:
    typed = filled(owner, seed="4711", **changes)

    answer = owner.post("/simulations/new", status=422, page=NEW, **typed)

    assert message in text(answer)
    assert 'value="4711"' in answer.get_data(as_text=True)


def test_a_simulation_that_waits_is_stopped_and_one_that_runs_learns_of_it(
    owner: Visitor, small_county: County
) -> None:
    waiting, running = ask(owner, cases="5"), ask(owner, cases="5")
    system = small_county.system
    with system.read() as connection:
        ids = {f"/simulations/{each.id}": each.id for each in simulations.newest(connection)}

    owner.post(f"{waiting}/stop", page=waiting)
    system.execute(BeginSimulation(ids[running]), ports.SYSTEM)
    system.execute(ReportSimulation(ids[running], 0.25), ports.SYSTEM)
    before = text(owner.get(running))
    owner.post(f"{running}/stop", page=running)

    assert "Done so far: 25%" in before
    assert "Stopped" in text(owner.get(waiting))
    with pytest.raises(simulations.Over):
        system.execute(ReportSimulation(ids[running], 0.5), ports.SYSTEM)
    system.execute(EndSimulation(ids[running], State.STOPPED), ports.SYSTEM)
    assert "Stopped" in text(owner.get(running))


def test_only_so_many_wait_at_a_time(owner: Visitor) -> None:
    for _ in range(simulations.MOST_WAITING):
        ask(owner, cases="5")

    refused = owner.post("/simulations/new", status=409, page=NEW, **filled(owner))

    assert "Five simulations wait already" in text(refused)


def test_a_draft_is_simulated_and_compared_with_the_live_version(
    owner: Visitor, small_county: County
) -> None:
    begun = owner.post(
        "/drafts", page="/diagrams/ehc_assessment/1", key="ehc_assessment", version="1"
    )
    draft = begun.headers["Location"]

    led = owner.get(f"{draft}/simulate", status=302).headers["Location"]
    page = owner.get(led).get_data(as_text=True)
    typed = filled(owner, cases="3", what=f"draft:{draft.rsplit('/', 1)[1]}", second=WHAT)
    address = owner.post("/simulations/new", page=NEW, **typed).headers["Location"]
    simulate(small_county)

    assert "EHC needs assessment and plan, draft" in page
    assert "EHC needs assessment and plan, version 1" in page
    assert "Nothing waited for people" in text(owner.get(address))
    assert "the same" in text(owner.get(address))


def test_a_process_that_is_not_there_is_not_found(owner: Visitor) -> None:
    owner.get("/simulations/new?what=version:nothing:1", status=404)
    owner.get("/simulations/new?what=draft:nothing", status=404)
    owner.get("/simulations/new?what=version:ehc_assessment:99999999999999999999", status=422)
    owner.get("/simulations/new", status=422)


def test_simulations_are_for_process_owners(owner: Visitor, app: Flask) -> None:
    address = ask(owner, cases="2")
    manager = Visitor(app)
    manager.sign_in("manager")

    for page in ("/simulations", NEW, address, f"{address}.csv"):
        manager.get(page, status=404)
    assert "/simulations" in owner.get("/diagrams").get_data(as_text=True)
