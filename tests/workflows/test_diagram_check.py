"""The one door to the check: everything that is wrong at once, beside what is live; never a crash."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st
from lxml import etree

from engine.checks.problem import Severity
from engine.commands.publish_definitions import PublishDefinitions
from engine.definitions import xml
from engine.ports import SYSTEM
from tests.support.county import County
from tests.support.diagrams import diagram, flows
from webapp.cli.check import check as command
from workflows import bootstrap, diagram_check

FILES = bootstrap.delivered()
B = f"{{{xml.BPMN}}}"
START, END = '<startEvent id="start" name="Asked"/>', '<endEvent id="end" name="Done"/>'


def others(key: str) -> dict[str, bytes]:
    return {name: data for name, data in FILES.items() if name != key}


def edited(key: str, old: str, new: str) -> bytes:
    text = FILES[key].decode()
    assert old in text
    return text.replace(old, new).encode()


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    data = diagram(
        START
        + '<userTask id="ask" camunda:assignee="${nobody}"/>\n'
        + '<endEvent id="told"><signalEventDefinition/></endEvent>\n'
        + flows("start", "ask", "told")
        + '<userTask id="lost" name="Lost" camunda:candidateGroups="doctors"/>'
    )

    found = diagram_check.check(data, "bad.bpmn")

    assert {(each.rule, each.element) for each in found} >= {
        ("expression_compiles", "ask"),
        ("task_has_form", "ask"),
        ("labelled", "ask"),
        ("runs_as_drawn", "told"),
        ("way_in", "lost"),
        ("way_out", "lost"),
        ("known_role", "lost"),
    }
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert "parsed_by_engine" not in {each.rule for each in found}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not well-formed"),
        (b"<html/>", "the root element is html"),
        (b"<x>" + b" " * 10_000_000 + b"</x>", "at most 5,000,000"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<x>&a;</x>', "DOCTYPE"),
        (b"<a>" * 300 + b"</a>" * 300, "Excessive depth"),
    ],
)
def test_what_is_no_diagram_is_told_in_one_sentence(data: bytes, words: str) -> None:
    (found,) = diagram_check.check(data, "file.bpmn")

    assert (found.rule, found.severity, found.element) == ("well_formed", Severity.ERROR, "")
    assert words in found.message


def test_a_file_that_is_not_of_the_schema_is_told_of_that_alone() -> None:
    data = diagram(START + '<userTask id="start"/><userTask id="lost"/>')

    assert {each.rule for each in diagram_check.check(data, "twice.bpmn")} == {"bpmn_schema"}


def test_a_call_is_looked_up_in_what_is_live() -> None:
    data = diagram(
        START
        + '<callActivity id="advice" name="Gather advice" calledElement="gather_advice"/>'
        + END
        + flows("start", "advice", "end")
    )

    alone = diagram_check.check(data, "caller.bpmn")
    beside = diagram_check.check(data, "caller.bpmn", FILES)

    assert "call_leads_somewhere" in {each.rule for each in alone}
    assert [each for each in beside if each.severity == Severity.ERROR] == []


def test_a_name_that_a_caller_needs_is_missed_before_publishing() -> None:
    asks = 'calledElement="consult_setting"'
    caller = edited("draft_and_issue_plan", asks, f'{asks} camunda:dueDate="${{responded_on}}"')
    called = edited("consult_setting", "responded_on", "answered_on")
    live = {**FILES, "draft_and_issue_plan": caller}

    before = diagram_check.check(FILES["consult_setting"], "c.bpmn", live)
    alone = diagram_check.check_together({"c.bpmn": called}, live)
    together = diagram_check.check_together({"c.bpmn": called, "d.bpmn": caller}, live)

    assert "callers_keep_their_names" not in {each.rule for each in before}
    assert "callers_keep_their_names" in {each.rule for each in alone["c.bpmn"]}
    assert "expression_compiles" in {each.rule for each in together["d.bpmn"]}


def test_a_file_with_thousands_of_faults_is_told_of_in_bounded_time_and_length() -> None:
    body = "".join(
        f'<userTask id="a{each}"/><userTask id="b{each}"/>'
        + flows(f"a{each}", f"b{each}", f"a{each}")
        for each in range(1_500)
    )

    found = diagram_check.check(diagram(START + body + END), "large.bpmn")

    assert 100 < len(found) < 101 * len(diagram_check.RULES)
    assert any("There are more" in each.message for each in found)


def test_files_of_one_publication_see_each_other_and_differ_in_their_ids() -> None:
    calling = diagram(
        START + '<callActivity id="call" name="Call" calledElement="part"/>' + END
        + flows("start", "call", "end")
    )  # fmt: skip
    part = diagram(
        '<startEvent id="begins" name="Asked"/><endEvent id="ends" name="Done"/>'
        + flows("begins", "ends"),
        "part",
    )

    together = diagram_check.check_together({"main.bpmn": calling, "part.bpmn": part})
    twice = diagram_check.check_together({"main.bpmn": part, "part.bpmn": part})

    errors = [each for found in together.values() for each in found if each.severity == "error"]
    assert errors == []
    assert {each.rule for each in twice["main.bpmn"]} >= {"process_key"}


def test_publishing_refuses_errors_of_changed_files_with_all_of_them(small_county: County) -> None:
    bad = edited("mediation", "due_for(", "due_four(")
    before = small_county.everything()

    with pytest.raises(diagram_check.NotPublishable) as refused:
        small_county.system.execute(PublishDefinitions({"mediation.bpmn": bad}, "A test"), SYSTEM)

    assert "due_four" in refused.value.message
    assert len(refused.value.errors) > 1
    assert small_county.everything() == before


def test_publishing_lets_warnings_pass(small_county: County) -> None:
    plain = edited("mediation", 'name="Told"', 'name=""')

    small_county.system.execute(PublishDefinitions({"m.bpmn": plain}, "A test"), SYSTEM)

    assert {
        each.severity.value for each in diagram_check.check(plain, "m", others("mediation"))
    } == {"warning"}
    versions = [row for row in small_county.everything()["definitions"] if row.key == "mediation"]
    assert [row.version for row in versions] == [1, 2]


def test_the_command_line_tells_of_each_problem_on_a_line(tmp_path: Path) -> None:
    path = tmp_path / "mediation.bpmn"
    path.write_bytes(edited("mediation", 'name="Told"', 'name=""'))
    warned = CliRunner().invoke(command, [str(path)])
    path.write_bytes(edited("mediation", "due_for(", "due_four("))
    wrong = CliRunner().invoke(command, [str(path), "--format", "json"])
    good = CliRunner().invoke(command, ["bpmn"])

    assert (warned.exit_code, wrong.exit_code, good.exit_code) == (0, 1, 0)
    assert warned.output.startswith(f"{path}:")
    assert ": warning labelled arranging_late_done " in warned.output
    assert good.output == ""
    (first, *_) = json.loads(wrong.output)
    assert first["help"] == "/help/rules/expression_compiles"
    assert set(first) == {
        "file", "rule", "severity", "element", "line", "message", "mend", "path", "help",
    }  # fmt: skip


def changed(tree: etree._Element, chance: random.Random) -> None:
    """Spoil a diagram somewhere: take an element or attribute away, or write something else there."""
    nodes = [each for each in tree.iter() if isinstance(each.tag, str) and each is not tree]
    node = chance.choice(nodes)
    what = chance.randrange(4)
    if what == 0 and node.getparent() is not None:
        node.getparent().remove(node)
    elif what == 1 and node.attrib:
        del node.attrib[chance.choice(sorted(node.attrib))]
    elif what == 2 and node.attrib:
        node.set(chance.choice(sorted(node.attrib)), chance.choice(["", "x", "${", "start", "é"]))
    else:
        node.tag = chance.choice(nodes).tag


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10**6), st.integers(1, 4))
def test_no_diagram_is_too_broken_to_be_told_about(key: str, seed: int, changes: int) -> None:
    tree: Any = xml.parse(FILES[key])
    chance = random.Random(seed)
    for _ in range(changes):
        changed(tree, chance)

    for each in diagram_check.check(etree.tostring(tree), key, others(key)):
        assert each.message.strip()
        assert each.rule in {"well_formed", *diagram_check.RULES}
