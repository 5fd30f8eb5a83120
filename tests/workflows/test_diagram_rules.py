"""Every rule tells of its invalid examples, lets its valid ones pass, and has a page."""

import re
from pathlib import Path

import pytest

from engine.checks import ruleset
from tests.support.examples import FOLDERS, diagram_of, examples, expected_of
from tests.support.source import ROOT
from workflows import bootstrap, diagram_check
from workflows.checks import known_options, known_property, known_topic
from workflows.documents.store import DocumentStore

PAGES = ROOT / "docs" / "rules"


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def test_rules_and_pages_are_the_same_set() -> None:
    pages = {each.stem for each in PAGES.glob("*.md")}

    assert pages == {*diagram_check.RULES, ruleset.READ}


def test_every_rule_has_examples_of_both_kinds() -> None:
    for kind in ("valid", "invalid"):
        shown = {each.parent.name for each in examples(kind)}

        assert shown == set(diagram_check.RULES), f"{kind} examples"


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_says_how_severe_it_is_how_to_mend_it_and_shows_it(page: Path) -> None:
    text = page.read_text()

    assert text.startswith("# ")
    assert re.search(r"\b(error|warning)\b", text, re.IGNORECASE)
    assert "mend" in text.lower()
    assert "```" in text


@pytest.mark.parametrize("path", examples("valid"), ids=name_of)
def test_a_rule_lets_its_valid_example_pass(path: Path) -> None:
    assert list(diagram_check.RULES[path.parent.name](diagram_of(path))) == []


@pytest.mark.parametrize("path", examples("invalid"), ids=name_of)
def test_a_rule_tells_of_its_invalid_example(path: Path) -> None:
    found = list(diagram_check.RULES[path.parent.name](diagram_of(path)))

    assert sorted(each.element for each in found) == expected_of(path)
    page = (PAGES / f"{path.parent.name}.md").read_text().lower()
    for each in found:
        assert each.rule == path.parent.name
        assert each.line > 0
        assert each.message.strip()
        assert each.severity.value in page


def test_examples_stand_beside_the_rule_that_they_show() -> None:
    for package, folder in zip(("engine", "workflows"), FOLDERS, strict=True):
        rules = {
            name
            for name, rule in diagram_check.RULES.items()
            if rule.__module__.startswith(package)
        }

        assert {each.name for each in folder.iterdir()} == rules


def test_our_own_diagrams_have_neither_errors_nor_warnings() -> None:
    files = bootstrap.delivered()
    found = diagram_check.check_together(files)

    told = [each for problems in found.values() for each in problems]
    assert len(found) == len(files) > 10
    assert told == []


def test_what_rules_know_of_topics_and_lists_is_what_there_is() -> None:
    described = (ROOT / "docs" / "diagrams.md").read_text()

    assert set(known_topic.TOPICS) == set(bootstrap.topics(DocumentStore("memory://")))
    for each in (*known_property.ELEMENT, *known_property.FIELD, *known_options.LISTS):
        assert f"`{each}`" in described, each
