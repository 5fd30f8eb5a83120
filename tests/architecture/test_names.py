"""A name tells the field, and one thing has one name."""

import re

from tests.support.source import ROOT, in_folder, modules

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager"}
TESTED_ROOMS = ("engine", "workflows", "webapp", "tests", "bench", "dev")


def test_no_file_bears_a_name_that_says_nothing() -> None:
    named = {
        path.relative_to(ROOT).as_posix(): set(re.split(r"[_.-]", path.stem))
        for room in TESTED_ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".py", ".ts", ".mjs", ".html", ".scss"}
    }
    empty = [
        name
        for name, words in named.items()
        if words & EMPTY_NAMES or ("service" in words and name.startswith(("engine", "workflows")))
    ]

    assert named, "No source file was found."
    assert not empty, f"Name the thing that is in: {empty}"


# Several small questions about one noun, which would be a file of five lines each.
SMALL_QUESTIONS = {
    "engine/queries/definition_list.py",
    "engine/queries/history.py",
    "engine/queries/operations.py",
    "engine/queries/paging.py",
    "workflows/queries/engine_lists.py",
}


def test_a_file_of_one_thing_has_the_function_of_its_name() -> None:
    folders = ("engine/commands", "workflows/commands", "engine/queries", "workflows/queries")
    lacking = [
        module.name
        for module in in_folder(*folders)
        if module.stem not in module.public_functions() and module.name not in SMALL_QUESTIONS
    ]

    assert not lacking, (
        f"Rename the file or its function, so that one is found by the other: {lacking}"
    )


def test_the_file_of_a_topic_has_the_handler_of_its_name() -> None:
    lacking = [
        module.name
        for module in in_folder("workflows/topics")
        if module.class_name not in module.public_classes()
        and module.stem not in module.public_functions()
    ]

    assert not lacking, f"A diagram asks for a topic by the name of its file: {lacking}"


def test_a_command_file_has_no_second_door() -> None:
    crowded = {
        module.name: functions
        for module in in_folder("engine/commands", "workflows/commands")
        if len(functions := module.public_functions()) > 1
    }

    assert not crowded, f"One file a command; what others call belongs elsewhere: {crowded}"


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        module.name
        for module in modules()
        if not module.text.startswith(('"""', "'''")) and "/migrations/" not in module.name
    ]

    assert not silent, f"Begin with one sentence: {silent}"
