"""Diagrams are published as versions; what is running stays on the version that it started on."""

import pytest

from engine import errors
from engine.commands.publish_definitions import CyclicCall, UnknownCall
from engine.store.tables import bundles, definitions, instances
from tests.support.diagrams import diagram, flows
from tests.support.office import Office

START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


def one_task(name: str) -> bytes:
    return diagram(
        START + f'<userTask id="work" name="{name}"/>' + END + flows("start", "work", "end")
    )


def calling(called: str, key: str = "main", prefix: str = "") -> bytes:
    ids = [f"{prefix}{each}" for each in ("start", "call", "end")]
    return diagram(
        f'<startEvent id="{ids[0]}"/><callActivity id="{ids[1]}" calledElement="{called}"/>'
        f'<endEvent id="{ids[2]}"/>' + flows(*ids),
        key,
    )


def test_new_cases_take_the_new_version_and_running_ones_keep_theirs(office: Office) -> None:
    office.publish(one_task("Old work"))
    office.start()
    office.publish(one_task("New work"), reason="A better name")
    office.start()

    assert [row.version for row in office.rows(definitions)] == [1, 2]
    assert sorted(row.version for row in office.rows(instances)) == [1, 2]
    first = next(row for row in office.rows(instances) if row.version == 1)
    names = {row.instance_id: row.name for row in office.rows(instances.metadata.tables["tasks"])}
    assert names[first.id] == "Old work"


def test_what_did_not_change_makes_no_version(small_office: Office) -> None:
    small_office.publish(one_task("Work"))
    before = small_office.everything()

    small_office.publish(one_task("Work"))

    assert small_office.everything() == before


def test_a_called_process_that_changes_gives_its_callers_a_new_bundle(small_office: Office) -> None:
    called = diagram(
        '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>' + flows("s", "t", "e"), "called"
    )
    small_office.publish(calling("called"), called)
    small_office.publish(called.replace(b'id="t"', b'id="t" name="Better"'))

    live = [row for row in small_office.rows(bundles) if row.live]
    assert {row.process_key: row.members for row in live} == {
        "main": {"main": 1, "called": 2},
        "called": {"called": 2},
    }


@pytest.mark.parametrize(
    ("documents", "reason", "refusal", "words"),
    [
        ((calling("nowhere"),), "A test", UnknownCall, "nowhere"),
        ((calling("b", "a", "a_"), calling("a", "b", "b_")), "A test", CyclicCall, "calls"),
        ((calling("main"),), "A test", CyclicCall, "main calls main"),
        ((one_task("Work"),), "  ", errors.Invalid, "reason"),
        ((b"<definitions",), "A test", errors.Invalid, "line 1"),
        ((one_task("Good"), b"%PDF-1.7"), "A test", errors.Invalid, "XML"),
    ],
)
def test_what_cannot_run_is_refused_whole(
    small_office: Office,
    documents: tuple[bytes, ...],
    reason: str,
    refusal: type[errors.Refused],
    words: str,
) -> None:
    before = small_office.everything()

    with pytest.raises(refusal) as refused:
        small_office.publish(*documents, reason=reason)

    assert words in refused.value.message
    assert small_office.everything() == before
