"""A case that an earlier release saved still loads and goes on.

Each `state_vN.json` was saved by the release that introduced version N and is never made anew: a
county's cases are years old. A new version of the state brings a file of its own.
"""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from engine.runtime import state
from engine.runtime.run import Stored
from tests.support.diagrams import Machine, bundle

VERSIONS = range(1, state.VERSION + 1)


def saved(version: int) -> dict[str, Any]:
    path = Path(__file__).with_name(f"state_v{version}.json")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def resumed(version: int, **changed: Any) -> Machine:
    entry = {**saved(version), **changed}
    documents = {key: text.encode() for key, text in entry["diagrams"].items()}
    stored = Stored(
        UUID(entry["instance_id"]),
        UUID(entry["subject_id"]),
        base64.b64decode(entry["state"]),
        entry["state_version"],
        entry["variables"],
        entry["done"],
    )
    return Machine.resumed(bundle(*documents.values(), keys=tuple(documents)), stored)


@pytest.fixture(params=VERSIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    """A case in which two advisers are awaited, one was chased, and one has answered."""
    return resumed(request.param)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_has_a_case_that_it_saved(version: int) -> None:
    assert saved(version)["state_version"] == version


def test_a_saved_case_waits_for_what_it_waited_for(machine: Machine) -> None:
    assert machine.tasks == ["advise", "advise"]
    assert machine.timers == ["chase", "chase", "pause"]
    assert machine.messages == ["stopped"]
    assert machine.run.variables["reference"] == "R-1"


def test_a_saved_case_goes_on_to_its_end(machine: Machine) -> None:
    machine.fire("chase")
    machine.complete("advise", advice="two")
    machine.complete("advise", advice="three")
    waiting = machine.tasks
    machine.fire("pause")
    machine.complete("decide", decision="yes")

    assert waiting == []
    assert machine.context.called == ["remind", "thank"]
    assert machine.ended == "agreed"


def test_a_saved_case_can_be_stopped(machine: Machine) -> None:
    machine.deliver("stopped")

    assert machine.context.called == ["confirm"]
    assert machine.tasks == machine.timers == []
    assert machine.ended is not None


def test_a_saved_case_is_saved_again_as_this_version_saves(machine: Machine) -> None:
    _, version = machine.run.dump()

    assert version == state.VERSION


def test_a_case_of_a_later_version_is_refused() -> None:
    with pytest.raises(state.UnknownStateVersion, match="Upgrade"):
        resumed(state.VERSION, state_version=state.VERSION + 1)
