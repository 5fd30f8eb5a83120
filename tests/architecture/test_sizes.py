"""A module has one reason and a function is one paragraph."""

import ast

from tests.support.source import Function, modules

MODULE_LINES = 400
FUNCTION_LINES = 40
# A migration is a list of tables as they were; nobody rewrites it.
RECORDS = "/migrations/versions/"


def test_no_module_is_longer_than_one_reads_at_once() -> None:
    long = [
        f"{module.name}: {lines} lines"
        for module in modules("engine", "workflows", "webapp", "tests", "bench")
        if RECORDS not in module.name
        if (lines := len(module.text.splitlines())) > MODULE_LINES
    ]

    assert not long, f"Make a folder with one file a thing of: {long}"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{module.at(node)} {node.name}: {lines} lines"
        for module in modules()
        if RECORDS not in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, Function)
        if (lines := length(node)) > FUNCTION_LINES
    ]

    assert not long, f"Name the paragraphs and make each a function: {long}"


def length(function: Function) -> int:
    """Count the lines of a function without its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines
