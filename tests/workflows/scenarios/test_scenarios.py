"""The stories beside the diagrams go as they are told."""

from pathlib import Path

import pytest

from engine import doctor
from tests.support.county import County
from workflows.bootstrap import DIAGRAMS
from workflows.scenarios import model, run

FILES = sorted((DIAGRAMS / "scenarios").rglob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_scenario_goes_as_it_is_told(path: Path, small_county: County) -> None:
    scenario = model.read(path)

    run.run(scenario, small_county.system)

    assert list(doctor.examine(small_county.system.executor)) == []
