"""Decision tables decide as DMN says, by each hit policy, and say what is wrong in them."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, strategies as st

from engine.definitions import decisions, xml
from engine.definitions.decisions import (
    AmbiguousDecision,
    DecisionTable,
    HitPolicy,
    MalformedDecision,
)
from engine.definitions.expressions import Scope, ValueType

SCOPE = Scope(
    {
        "area": ValueType.STRING,
        "age": ValueType.INTEGER,
        "urgent": ValueType.BOOLEAN,
        "received_on": ValueType.DATE,
    }
)
Row = tuple[Sequence[str], Sequence[str]]


def document(
    rows: Sequence[Row],
    *,
    policy: str = "FIRST",
    inputs: Sequence[str] = ("area", "age"),
    outputs: Sequence[str] = ("team",),
    attributes: str = "",
) -> bytes:
    def cells(tag: str, texts: Sequence[str]) -> str:
        return "".join(f"<{tag}><text>{escape(each)}</text></{tag}>" for each in texts)

    asked = "".join(
        f"<input><inputExpression><text>{escape(each)}</text></inputExpression></input>"
        for each in inputs
    )
    given_out = "".join(f'<output name="{each}"/>' for each in outputs)
    rules = "".join(
        f"<rule>{cells('inputEntry', tests)}{cells('outputEntry', values)}</rule>"
        for tests, values in rows
    )
    return (
        f'<definitions xmlns="{xml.DMN}" name="d" namespace="n"><decision id="route" name="Route">'
        f'<decisionTable hitPolicy="{policy}" {attributes}>{asked}{given_out}{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def parse(data: bytes) -> DecisionTable:
    (table,) = decisions.parse_decisions(xml.parse(data), SCOPE)
    return table


def decide(rows: Sequence[Row], *, policy: str = "FIRST", **values: Any) -> Any:
    return decisions.evaluate(parse(document(rows, policy=policy)), values, {})


NORTH: Row = (['"north"', "-"], ['"sen_north"'])
YOUNG: Row = (["-", "< 5"], ['"early_years"'])
YOUNG_TOO: Row = (["-", "<= 4"], ['"early_years"'])
ANY: Row = (["", "-"], ['"sen_south"'])


@pytest.mark.parametrize(
    ("policy", "rows", "age", "answer"),
    [
        ("UNIQUE", [NORTH], 9, "sen_north"),
        ("UNIQUE", [YOUNG], 9, None),
        ("FIRST", [NORTH, YOUNG, ANY], 3, "sen_north"),
        ("FIRST", [YOUNG, NORTH, ANY], 3, "early_years"),
        ("FIRST", [YOUNG], 9, None),
        ("ANY", [YOUNG, YOUNG_TOO], 3, "early_years"),
        ("ANY", [YOUNG, YOUNG_TOO], 9, None),
        ("COLLECT", [YOUNG, NORTH, YOUNG_TOO], 3, ["early_years", "sen_north", "early_years"]),
        ("COLLECT", [YOUNG], 9, []),
        ("RULE ORDER", [ANY, YOUNG, NORTH], 3, ["sen_south", "early_years", "sen_north"]),
        ("RULE ORDER", [YOUNG], 9, []),
    ],
)
def test_each_hit_policy_answers_as_dmn_says(
    policy: str, rows: list[Row], age: int, answer: Any
) -> None:
    assert decide(rows, policy=policy, area="north", age=age) == answer


def test_every_hit_policy_is_tried_above() -> None:
    tried = {"UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER"}

    assert {str(each) for each in HitPolicy} == tried


def test_unique_refuses_two_matching_rules_by_number() -> None:
    with pytest.raises(AmbiguousDecision, match=r"“Route”: rules 1, 3 all match"):
        decide([NORTH, (['"south"', "-"], ['"x"']), YOUNG], policy="UNIQUE", area="north", age=3)


def test_any_refuses_rules_that_disagree() -> None:
    with pytest.raises(AmbiguousDecision, match="matching rules disagree"):
        decide([NORTH, YOUNG], policy="ANY", area="north", age=3)


def test_unique_is_what_a_table_without_a_policy_has() -> None:
    data = document([NORTH, ANY]).replace(b'hitPolicy="FIRST"', b"")

    assert parse(data).hit_policy == HitPolicy.UNIQUE


def test_several_outputs_are_answered_by_name() -> None:
    table = parse(document([(["-", "-"], ['"panel"', ""])], outputs=("team", "why")))

    assert decisions.evaluate(table, {}, {}) == {"team": "panel", "why": None}


def test_an_output_may_be_reckoned_from_the_case() -> None:
    assert decide([(["-", "-"], ['"sen_" + area'])], area="coast") == "sen_coast"


@pytest.mark.parametrize(
    ("cell", "matching", "others"),
    [
        ("-", [0, 16, 99, None], []),
        ("", [0, None], []),
        ("5", [5], [4, 6, None]),
        ("1, 5,9", [1, 5, 9], [2, None]),
        ("< 5", [4, -1], [5, 6]),
        ("<= 5", [5], [6]),
        (">5", [6], [5]),
        (">= 5", [5], [4]),
        ("[5..16]", [5, 16], [4, 17]),
        ("(5..16)", [6, 15], [5, 16]),
        ("]5..16[", [6, 15], [5, 16]),
        ("[5..16)", [5, 15], [4, 16]),
        ("not(5)", [4, None], [5]),
        ("not(1, 5)", [2], [1, 5]),
        ("not(< 5)", [5], [4]),
        ("input_value == 5 || input_value == 7", [5, 7], [6]),
    ],
)
def test_a_cell_tests_a_number(cell: str, matching: list[Any], others: list[Any]) -> None:
    def matches(age: int | None) -> bool:
        return decide([(["-", cell], ['"yes"'])], age=age) == "yes"

    assert [each for each in matching if not matches(each)] == []
    assert [each for each in others if matches(each)] == []


@pytest.mark.parametrize("cell", ["< 5", ">= 5", "[5..16]"])
def test_what_is_not_set_is_in_no_range(cell: str) -> None:
    assert decide([(["-", cell], ['"yes"']), ANY]) == "sen_south"


@pytest.mark.parametrize(
    ("cell", "matching", "others"),
    [
        ('"north"', ["north"], ["south", "North", "", None]),
        ('"north", "coast"', ["north", "coast"], ["south"]),
        ('not("north", "coast")', ["south", None], ["north", "coast"]),
        ('input_value.startsWith("nor")', ["north"], ["south"]),
        ('"a, b"', ["a, b"], ["a", "b"]),
    ],
)
def test_a_cell_tests_a_text(cell: str, matching: list[Any], others: list[Any]) -> None:
    def matches(area: str | None) -> bool:
        return decide([([cell, "-"], ['"yes"'])], area=area) == "yes"

    assert [each for each in matching if not matches(each)] == []
    assert [each for each in others if matches(each)] == []


@pytest.mark.parametrize(
    ("cell", "day", "matches"),
    [
        ('< "2026-09-01"', "2026-08-31", True),
        ('< "2026-09-01"', "2026-09-01", False),
        ('["2026-09-01".."2027-08-31"]', "2027-08-31", True),
        ('["2026-09-01".."2027-08-31"]', "2027-09-01", False),
        ('"2026-09-01"', "2026-09-01", True),
    ],
)
def test_a_cell_tests_a_date(cell: str, day: str, *, matches: bool) -> None:
    table = parse(document([([cell], ['"yes"'])], inputs=["received_on"]))

    answer = decisions.evaluate(table, {"received_on": day}, {})

    assert (answer == "yes") == matches


def test_an_unset_switch_is_off() -> None:
    table = parse(document([(["true"], ['"yes"']), (["false"], ['"no"'])], inputs=["urgent"]))

    answers = [decisions.evaluate(table, {"urgent": each}, {}) for each in (True, False, None)]

    assert answers == ["yes", "no", "no"]


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_a_range_and_its_complement_never_agree(age: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    inside: Row = (["-", f"[{low}..{high}]"], ['"in"'])
    outside: Row = (["-", f"not([{low}..{high}])"], ['"out"'])

    answer = decide([inside, outside], policy="UNIQUE", age=age)

    assert answer == ("in" if low <= age <= high else "out")


WRONG = {
    "unknown policy": (document([NORTH], policy="PRIORITY"), "hit policy PRIORITY is not run here"),
    "aggregation": (
        document([NORTH], policy="COLLECT", attributes='aggregation="SUM"'),
        "COLLECT with an aggregation is not run here",
    ),
    "unknown input": (document([NORTH], inputs=("arae", "age")), "Did you mean “area”"),
    "no input": (document([NORTH], inputs=("", "age")), "it is empty"),
    "broken cell": (document([(["-", "5 +"], ['"x"'])]), "“Route, rule 1” (line "),
    "unknown output": (document([NORTH, (["-", "-"], ["tema"])]), "“Route, rule 2” (line "),
    "a cell too few": (
        document([NORTH, (["-"], ['"x"'])]),
        "“Route, rule 2”: there are 1 tests and 1 values; the table has 2 inputs and 1 outputs",
    ),
    "a value too many": (
        document([(["-", "-"], ['"x"', '"y"'])]),
        "“Route, rule 1”: there are 2 tests and 2 values; the table has 2 inputs and 1 outputs",
    ),
    "no output": (document([(["-", "-"], [])], outputs=()), "“Route”: name each output"),
    "outputs of one name": (
        document([(["-", "-"], ['"x"', '"y"'])], outputs=("team", "team")),
        "“Route”: name each output",
    ),
    "no table": (
        f'<definitions xmlns="{xml.DMN}"><decision id="route" name="Route"/></definitions>'.encode(),
        "“Route” has no decision table",
    ),
    "no decision": (f'<definitions xmlns="{xml.DMN}"/>'.encode(), "The file has no decision"),
    "too many rules": (
        document([ANY] * (decisions.RULE_LIMIT + 1)),
        "has more than 2000 rules",
    ),
}


@pytest.mark.parametrize(("data", "message"), WRONG.values(), ids=WRONG)
def test_a_table_that_cannot_be_understood_is_refused_with_the_place(
    data: bytes, message: str
) -> None:
    with pytest.raises(MalformedDecision) as refused:
        parse(data)

    assert message in refused.value.message
