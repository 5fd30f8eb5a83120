"""Rules of our own that protect the design; each says why and the way out."""

import ast
import re

import pytest

from tests.support.source import ROOT, Module, modules

# The unit of work, and the executor which tells it when.
MAY_COMMIT = ("engine/unit_of_work.py", "engine/executor.py", "/migrations/")
# The three places that stand between a fault and somebody who must be told of it.
MAY_CATCH_ALL = (
    "engine/executor.py",
    "engine/worker/",
    "workflows/stepping_in/carry_on.py",  # in the worker, as those of the engine
    "webapp/app.py",
    "webapp/error_pages.py",
)
BROAD = {"Exception", "BaseException"}
CALLS_OF_TEXT = {"eval", "exec", "compile", "__import__"}


def outside(allowed: tuple[str, ...]) -> list[Module]:
    return [module for module in modules() if not any(part in module.name for part in allowed)]


def calls(module: Module) -> list[ast.Call]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]


def test_only_the_executor_commits_and_only_by_the_unit_of_work() -> None:
    found = [
        module.at(call)
        for module in outside(MAY_COMMIT)
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    ]

    assert not found, f"Who commits by himself can leave half of his work behind: {found}"


def test_no_period_of_law_stands_in_code() -> None:
    found = [
        module.at(call)
        for module in modules()
        for call in calls(module)
        for keyword in call.keywords
        if keyword.arg == "weeks" and isinstance(keyword.value, ast.Constant)
    ]

    assert not found, f"A statutory period belongs in the rulebook: {found}"


def test_no_text_is_run_as_python() -> None:
    found = [
        module.at(call)
        for module in modules()
        for call in calls(module)
        if isinstance(call.func, ast.Name) and call.func.id in CALLS_OF_TEXT
    ]

    assert not found, f"Expressions are CEL; Python's own never sees a diagram's text: {found}"


def test_only_the_last_line_of_defence_catches_everything() -> None:
    found = [
        module.at(handler)
        for module in outside(MAY_CATCH_ALL)
        for handler in ast.walk(module.tree)
        if isinstance(handler, ast.ExceptHandler)
        if handler.type is None
        or {n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)} & BROAD
    ]

    assert not found, f"Catch what you can mend, by its name: {found}"


def test_no_sentence_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    paths = [
        path
        for room in ("engine", "workflows", "webapp", "bpmn")
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".py", ".ts", ".mjs", ".html", ".bpmn", ".dmn", ".toml"}
        if "/dist/" not in path.as_posix()
    ]
    found = [path.relative_to(ROOT).as_posix() for path in paths if later.search(path.read_text())]

    assert paths, "No source file was found."
    assert not found, f"Do it or write it into the issue: {found}"


@pytest.mark.parametrize("word", ["Mock", "MagicMock", "monkeypatch.setattr", "skipif", "xfail"])
def test_tests_use_the_real_thing(word: str) -> None:
    found = [
        module.name
        for module in modules("tests")
        if word in module.text and module.path.name != "test_own_rules.py"
    ]

    assert not found, f"{word} proves the test, not the program: {found}"
