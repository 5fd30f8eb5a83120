"""Each rule of the law finds what is wrong in its own examples, at the element that they name."""

import re
from pathlib import Path

import pytest

from engine.checks.diagram import Diagram
from engine.definitions import xml
from tests.support import lawful
from tests.support.source import ROOT

EXAMPLES = Path(__file__).parent / "rules"
VALID = sorted(EXAMPLES.rglob("valid_*.bpmn"))
INVALID = sorted(EXAMPLES.rglob("invalid_*.bpmn"))
RULES = {path.parent.name for path in (*VALID, *INVALID)}
NAMED = re.compile(r"<!-- expected: ([\w ]*\w) -->")


def example(path: Path) -> Diagram:
    return Diagram(path.name, xml.parse(path.read_bytes(), name=path.name))


@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_lawful_example_passes(path: Path) -> None:
    assert not lawful.found(path.parent.name, example(path))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_unlawful_example_is_refused_at_the_element_that_it_names(path: Path) -> None:
    named = NAMED.search(path.read_text())
    assert named, "Say in a first comment at which element: <!-- expected: the_id -->"

    found = lawful.found(path.parent.name, example(path))

    assert [each.element for each in found] == named[1].split()
    for each in found:
        assert each.rule == path.parent.name
        assert each.line
        assert each.message
        assert each.mend


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_of_the_law_has_its_page_and_examples_of_both_kinds(rule: str) -> None:
    assert rule in lawful.rules()
    assert any(path.parent.name == rule for path in VALID)
    assert any(path.parent.name == rule for path in INVALID)
    assert (ROOT / "docs" / "rules" / f"{rule}.md").is_file()
