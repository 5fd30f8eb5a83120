"""The stories beside the diagrams go as they are told."""

from pathlib import Path

import pytest

from engine import doctor
from engine.queries import definition_list
from tests.support.county import County
from workflows.bootstrap import DIAGRAMS
from workflows.rulebook import load
from workflows.rulebook.model import Duty
from workflows.sandbox import run
from workflows.scenarios import model, rules

SCENARIOS = DIAGRAMS / "scenarios"
FILES = [path for path in sorted(SCENARIOS.rglob("*.toml")) if path.parent.name != "duties"]
RULES = {path.stem: rules.read(path) for path in sorted((SCENARIOS / "duties").glob("*.toml"))}
LAW = load.current()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_scenario_goes_as_it_is_told(path: Path, small_county: County) -> None:
    scenario = model.read(path)

    run.run(scenario, small_county.system)

    assert list(doctor.examine(small_county.system.executor)) == []


@pytest.mark.parametrize("area", RULES)
def test_the_rulebook_says_what_the_tables_of_dates_say(area: str) -> None:
    stands = {rule.says: rule.stands(LAW) for rule in RULES[area]}

    assert stands == {rule.says: rule.then for rule in RULES[area]}


@pytest.mark.parametrize("duty", LAW.duties, ids=lambda duty: f"{duty.code}-{duty.in_force_from}")
def test_every_duty_is_opened_met_in_time_met_late_excused_and_voided_by_a_scenario(
    duty: Duty,
) -> None:
    shown = {
        rule.then.partition(",")[0]
        for each in RULES.values()
        for rule in each
        if rule.duty == duty.code
    }

    wanted = {"open", "met", "met_late", "void"} | ({"excused"} if duty.grounds else set())
    assert wanted <= shown


def test_every_step_and_every_way_of_every_diagram_is_walked_by_a_scenario(
    small_county: County,
) -> None:
    system = small_county.system
    passed: set[str] = set()
    for path in FILES:
        passed |= run.run(model.read(path), system).passed

    with system.read() as connection:
        live = [each.bundle_id for each in definition_list.processes(connection)]
    drawn = {
        element.id: element
        for bundle_id in live
        for element in system.executor.bundles.get(bundle_id).elements.values()
        if element.type not in {"subProcess", "laneSet"}
        and not (element.timer and element.timer[0] == "timeCycle")  # it is never left for good
    }
    assert sorted(drawn.keys() - passed) == []
