"""The rules about control flow: what they say of their examples, and of diagrams that people drew."""

import importlib
import re
from pathlib import Path

import pytest

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault, Finding
from engine.definitions import xml
from tests.support.source import ROOT

EXAMPLES = ROOT / "tests" / "engine" / "checks" / "rules"
OWN = [*(ROOT / "bpmn").glob("*.bpmn"), *(ROOT / "bpmn" / "shared").glob("*.bpmn")]
MIWG = ROOT.parent / "shared" / "data" / "bpmn-miwg"
# The reference models stand beside the repository where it is developed. All others are sound.
UNSOUND_MIWG = {"B.2.0.bpmn": {Fault.DEADLOCK}}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def examples(kind: str) -> list[Path]:
    return sorted(each for fault in Fault for each in EXAMPLES.glob(f"{fault}/{kind}_*.bpmn"))


def problems(path: Path) -> list[Problem]:
    rule = importlib.import_module(f"engine.checks.rules.{path.parent.name}")
    return list(rule.find(Diagram(path.name, xml.parse(path.read_bytes()))))


def analysed(path: Path) -> tuple[Finding, ...]:
    others = {each.stem: xml.parse(each.read_bytes()) for each in OWN}
    return analysis.analyse(Diagram(path.name, xml.parse(path.read_bytes()), others))


@pytest.mark.parametrize("path", examples("valid"), ids=named)
def test_a_rule_lets_its_valid_examples_pass(path: Path) -> None:
    assert problems(path) == []


@pytest.mark.parametrize("path", examples("invalid"), ids=named)
def test_a_rule_names_the_element_of_its_invalid_examples(path: Path) -> None:
    expected = re.findall(r"<!-- expected: (.+) -->", path.read_text())

    found = problems(path)

    assert [problem.element for problem in found] == expected
    for problem in found:
        assert problem.rule == path.parent.name
        assert problem.line > 1
        assert problem.mend


@pytest.mark.parametrize(
    ("example", "severity"),
    [
        ("deadlock/invalid_choice_joined_in_parallel", Severity.ERROR),
        ("cannot_end/invalid_loop_without_a_way_out", Severity.ERROR),
        ("cannot_end/invalid_only_a_withdrawal_ends_it", Severity.WARNING),
        ("too_large_to_explore/invalid_every_way_crosses", Severity.WARNING),
    ],
)
def test_what_keeps_a_case_from_its_end_is_an_error(example: str, severity: Severity) -> None:
    (problem,) = problems(EXAMPLES / f"{example}.bpmn")

    assert problem.severity is severity


def test_a_deadlock_is_shown_as_the_way_to_it() -> None:
    (problem,) = problems(EXAMPLES / "deadlock" / "invalid_choice_joined_in_parallel.bpmn")

    assert problem.path[0] == "requested"
    assert problem.path[-1] == "both"


@pytest.mark.parametrize("path", OWN, ids=named)
def test_our_own_diagrams_are_sound(path: Path) -> None:
    assert analysed(path) == ()


@pytest.mark.parametrize("path", sorted(MIWG.glob("*.bpmn")), ids=named)
def test_the_reference_models_of_other_tools_get_a_verdict(path: Path) -> None:
    found = analysed(path)

    assert {finding.fault for finding in found} == UNSOUND_MIWG.get(path.name, set())
