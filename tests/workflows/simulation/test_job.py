"""A worker runs simulations one after the other, and none is left running for ever."""

import datetime as dt
import time
from typing import Any
from uuid import UUID

import pytest

from engine import ports
from tests.support.county import County
from workflows.commands.ask_for_simulation import AskForSimulation
from workflows.commands.begin_simulation import BeginSimulation
from workflows.commands.stop_simulation import StopSimulation
from workflows.simulation import job, sources
from workflows.simulation.setup import BadSetup, Capacity, Setup, Spread, of_json
from workflows.store import simulations
from workflows.store.simulations import State, Summary

VERSION = "version:ehc_assessment:1"
PATIENCE = 60  # seconds


def ask(county: County, **changes: Any) -> UUID:
    with county.system.read() as connection:
        source = sources.of_choice(connection, VERSION)
    setup = Setup(cases=4, weekly=5, begins=county.system.now().date()).as_json()
    run = {
        "label": "A run",
        "process": source.process_key,
        "files": {key: data.decode() for key, data in source.files.items()},
        "setup": {**setup, **changes.pop("setup", {})},
    }
    command = AskForSimulation("Title", ({**run, **changes},))
    county.system.execute(command, county.person("owner"))
    return command.simulation_id


def state(county: County, simulation_id: UUID) -> Summary:
    with county.system.read() as connection:
        return simulations.summary(connection, simulation_id)


def test_one_runs_after_the_other(small_county: County) -> None:
    asked = [ask(small_county), ask(small_county)]
    simulator = job.Simulator(small_county.system, members=1)

    simulator.look()
    simulator.wait()
    between = {state(small_county, each).status for each in asked}
    simulator.look()
    simulator.wait()

    assert between == {State.DONE, State.WAITING}
    assert {state(small_county, each).status for each in asked} == {State.DONE}


def test_none_begins_while_another_runs(small_county: County) -> None:
    running, waiting = ask(small_county), ask(small_county)
    small_county.system.execute(BeginSimulation(running), ports.SYSTEM)

    job.Simulator(small_county.system, members=1).look()

    assert state(small_county, waiting).status == State.WAITING
    with pytest.raises(simulations.NotItsTurn):
        small_county.system.execute(BeginSimulation(running), ports.SYSTEM)


def test_one_that_is_stopped_while_it_runs_ends_without_a_result(
    small_county: County,
) -> None:
    simulation_id = ask(small_county, setup={"cases": 5_000, "weekly": 900})
    simulator = job.Simulator(small_county.system, members=1, report_every=0)

    simulator.look()
    until = time.monotonic() + PATIENCE
    while state(small_county, simulation_id).beats < 3 and time.monotonic() < until:
        time.sleep(0.05)
    small_county.system.execute(StopSimulation(simulation_id), small_county.person("owner"))
    simulator.wait()

    found = state(small_county, simulation_id)
    assert found.status == State.STOPPED
    assert 0 < found.progress < 1


def test_one_whose_worker_died_is_given_up_once_it_was_silent_long_enough(
    small_county: County,
) -> None:
    simulation_id = ask(small_county)
    small_county.system.execute(BeginSimulation(simulation_id), ports.SYSTEM)
    simulator = job.Simulator(small_county.system, members=1)

    simulator.look()
    simulator.look()
    before = state(small_county, simulation_id).status
    impatient = job.Simulator(small_county.system, members=1, silent_for=0)
    impatient.look()
    impatient.look()
    found = state(small_county, simulation_id)

    assert before == State.RUNNING
    assert found.status == State.INTERRUPTED
    assert "Start it again" in found.problem


def test_what_cannot_be_simulated_says_why(small_county: County) -> None:
    simulation_id = ask(small_county, files={"ehc_assessment": "<no diagram/>"})
    simulator = job.Simulator(small_county.system, members=1)

    simulator.look()
    simulator.wait()

    found = state(small_county, simulation_id)
    assert found.status == State.FAILED
    assert found.problem


def test_a_setup_comes_back_from_json_as_it_was() -> None:
    setup = Setup(
        cases=7,
        weekly=2.5,
        begins=dt.date(2026, 1, 5),
        months=(1.0,) * 12,
        durations={("work", "clerks"): Spread(1, 2)},
        capacities={"clerks": Capacity(2, 3)},
        shares={("work", "enough"): {"yes": 0.5, "no": 0.5}},
    )

    assert of_json(setup.as_json()) == setup


@pytest.mark.parametrize(
    "changes",
    [
        {"cases": 10**9},
        {"weekly": "NaN"},
        {"begins": "yesterday"},
        {"durations": [["work", "clerks", 1]]},
        {"durations": [["work", "clerks", 5, 1]]},
        {"capacities": [["clerks", 0, 1]]},
        {"shares": [["work", "enough", {"yes": 0}]]},
        {"months": [1, 2]},
        {"months": [0] * 12},
    ],
)
def test_a_setup_that_no_simulation_can_run_with_is_refused(changes: dict[str, Any]) -> None:
    usual = Setup(cases=7, weekly=2, begins=dt.date(2026, 1, 5)).as_json()

    with pytest.raises(BadSetup):
        of_json({**usual, **changes})
