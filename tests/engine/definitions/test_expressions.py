"""Expressions: typed when they are checked, tolerant of what is unset when they run."""

import contextlib
import datetime as dt
import gc
import sys
import threading

import pytest
from hypothesis import given, settings, strategies as st

from engine.definitions import expressions
from engine.definitions.expressions import (
    BadExpression,
    ExpressionFailed,
    FunctionSignature,
    Scope,
    ValueType,
    compile_expression,
)

SCOPE = Scope(
    {
        "decision": ValueType.STRING,
        "received_on": ValueType.DATE,
        "count": ValueType.INTEGER,
        "urgent": ValueType.BOOLEAN,
        "adviser": ValueType.MAP,
        "items": ValueType.LIST,
    },
    (
        FunctionSignature("due", (ValueType.STRING,), ValueType.DATE, ""),
        FunctionSignature("before", (ValueType.DATE, ValueType.STRING), ValueType.DATE, ""),
    ),
    {"decision": ("assess", "refuse")},
)
FUNCTIONS = {
    "due": lambda code: dt.date(2026, 3, 1) if code == "known" else None,
    "before": lambda day, _: day and day - dt.timedelta(days=7),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('decision == "assess"', False),
        ("received_on == null", True),
        ("urgent", False),
        ("size(items) == 0", True),
        ('before(due("known"), "P1W")', dt.date(2026, 2, 22)),
        ('before(due("unknown"), "P1W")', None),
        ('items.exists(each, each.code == "x")', False),
        (
            'urgent ? [{"code": "p", "none": null}] : [{"code": "q", "none": null}]',
            [{"code": "q", "none": None}],
        ),
    ],
)
def test_what_is_unset_is_tolerated(text: str, value: object) -> None:
    assert compile_expression(text, SCOPE).evaluate({}, FUNCTIONS) == value


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ('decison == "assess"', 1, "Did you mean “decision”?"),
        ('decision == "asess"', 1, "Did you mean “assess”?"),
        ("received_on + 1", 13, "does not work on date and int"),
        ("decision == 3", 10, "does not work on string and int"),
        ("decision ==", 12, "Syntax error"),
        ("due(3)", 4, "does not work on int"),
        ('timestamp("2026-01-01T00:00:00Z")', 1, "is not offered"),
    ],
)
def test_a_mistake_is_found_with_its_column(text: str, column: int, words: str) -> None:
    with pytest.raises(BadExpression) as bad:
        compile_expression(text, SCOPE)

    assert bad.value.column == column
    assert words in bad.value.message


def test_a_result_of_another_type_is_refused() -> None:
    with pytest.raises(BadExpression, match="wanted is boolean"):
        compile_expression("count + 1", SCOPE, expects=ValueType.BOOLEAN)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        '"".__class__.__mro__',
        "exec('1')",
        "adviser.__class__.__bases__",
        "open('/etc/passwd')",
        "lambda: 1",
        "{}.__init__",
    ],
)
def test_python_cannot_be_reached(text: str) -> None:
    try:
        value = compile_expression(text, SCOPE).evaluate({"adviser": {}}, FUNCTIONS)
    except (BadExpression, ExpressionFailed):
        return
    pytest.fail(f"it has the value {value!r}")


@pytest.mark.parametrize(
    "text",
    [
        "count + " * 1000 + "1",
        "(" * 40 + "1" + ")" * 40,
        " ",
        "",
        "items.map(a, items.map(b, items.map(c, c)))",
    ],
)
def test_an_expression_is_bounded(text: str) -> None:
    with pytest.raises(BadExpression):
        compile_expression(text, SCOPE)


def test_a_list_is_bounded() -> None:
    expression = compile_expression("size(items)", SCOPE)

    with pytest.raises(ExpressionFailed, match="longer than"):
        expression.evaluate({"items": [1] * (expressions.LIST_LIMIT + 1)}, FUNCTIONS)


def test_a_value_that_cannot_be_had_is_told_in_plain_words() -> None:
    with pytest.raises(ExpressionFailed, match="something that is not set"):
        compile_expression("count > 3", SCOPE).evaluate({}, FUNCTIONS)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with contextlib.suppress(BadExpression, ExpressionFailed):
        compile_expression(text, SCOPE).evaluate({}, FUNCTIONS)


def test_nulls_do_not_wear_out_the_interpreter() -> None:
    every = [
        compile_expression(text, SCOPE)
        for text in ("decision", "[1, null]", '{"a": null}', "adviser.x", 'due("unknown")')
    ]
    values = {"adviser": {"x": None}}
    for expression in every:
        expression.evaluate(values, FUNCTIONS)
    gc.collect()
    before = sys.getrefcount(None)

    for _ in range(4000):
        for expression in every:
            expression.evaluate(values, FUNCTIONS)

    gc.collect()
    assert sys.getrefcount(None) > before - 5_000, "each evaluation would take one"


def test_threads_do_not_see_each_others_functions() -> None:
    expression = compile_expression('due("x")', SCOPE)
    wrong: list[object] = []

    def evaluate(year: int) -> None:
        own = {**FUNCTIONS, "due": lambda _: dt.date(year, 1, 1)}
        found = [expression.evaluate({}, own) for _ in range(300)]
        wrong.extend(each for each in found if each != dt.date(year, 1, 1))

    threads = [threading.Thread(target=evaluate, args=(2000 + number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert wrong == []
