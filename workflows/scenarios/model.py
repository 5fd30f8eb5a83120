"""Read a scenario from its file, and refuse one that says what no step knows."""

import datetime as dt
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

STEP: Final = frozenset(
    {
        "on", "does", "about", "each", "as_usual_until", "message", "corrects", "exception", "with",
        "refused", "then",
    }
)  # fmt: skip
THEN: Final = frozenset({"case", "waiting", "not_waiting", "facts", "duties", "notices", "told"})
TOP: Final = frozenset({"title", "law", "process", "begins", "start", "steps"})
TEXT_LIMIT: Final = 500_000  # characters
STEPS_LIMIT: Final = 500
KINDS: Final[Mapping[str, type]] = {
    "title": str, "law": str, "process": str, "begins": dt.date, "start": dict, "steps": list,
    "on": dt.date, "does": str, "about": str, "each": bool, "as_usual_until": str, "message": str,
    "corrects": str, "exception": str, "with": dict, "refused": str, "then": dict,
}  # fmt: skip
THEN_KINDS: Final[Mapping[str, type]] = {
    "case": str, "waiting": list, "not_waiting": list, "facts": dict, "duties": dict,
    "notices": list, "told": list,
}  # fmt: skip
IN_WORDS: Final = {
    str: "a text", dt.date: "a date", dict: "a table", list: "a list", bool: "true or false",
}  # fmt: skip
ACTIONS: Final = ("does", "as_usual_until", "message", "corrects", "exception")


class ScenarioError(Exception):
    """A scenario is wrong, or did not go as it says: which file, which step, what."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, and what then holds.

    Attributes:
        number: Counted from 1.
        on: The day; timers that fall due until then fire first.
        does: Name of the task that is completed.
        about: Its label ("Health"), where several of one name wait.
        each: All tasks of that name are completed.
        until: Tasks are completed with plain answers until one of this name waits; "" to the end.
        message: Name of a message that arrives.
        corrects: Code of a fact that is entered or corrected.
        exception: Code of a duty for which an exception is claimed.
        given: Answers, payload, or what the correction or exception says.
        refused: Words of the refusal that is expected.
        then: What holds afterwards, by the keys of `THEN`.
    """

    number: int
    on: dt.date | None = None
    does: str = ""
    about: str = ""
    each: bool = False
    until: str | None = None
    message: str = ""
    corrects: str = ""
    exception: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    then: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story of one case.

    Attributes:
        law: What it shows, with the source.
        process: Key of the process that opens the case.
        begins: The first day.
        start: Answers of the start form besides those of the example child.
    """

    name: str
    title: str
    law: str
    process: str
    begins: dt.date
    start: Mapping[str, Any]
    steps: tuple[Step, ...]


def read(path: Path) -> Scenario:
    """Return the scenario of a file.

    Raises:
        ScenarioError: naming the file, the step and the key.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{name}: {error}") from error


def parse(text: str, name: str) -> Scenario:
    """Return the scenario that a text in TOML tells; `name` is for messages.

    Raises:
        ScenarioError: naming the step and the key that are wrong, and how.
    """
    if len(text) > TEXT_LIMIT:
        raise ScenarioError(f"{name}: a scenario has at most {TEXT_LIMIT:,} characters.")
    try:
        return read_document(tomllib.loads(text), name)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ScenarioError(f"{name}: {error}") from error


def read_document(document: Mapping[str, Any], name: str) -> Scenario:
    """Return the scenario that a document tells, with its dates as dates.

    Raises:
        ScenarioError: naming the step and the key that are wrong, and how.
    """
    _refuse_unknown(name, document, TOP)
    _refuse_other_kinds(name, document, KINDS)
    for key in ("title", "process", "begins"):
        if not document.get(key):
            raise ScenarioError(f"{name}: “{key}” is missing. Add it.")
    told = document.get("steps", [])
    if len(told) > STEPS_LIMIT:
        raise ScenarioError(f"{name}: a scenario has at most {STEPS_LIMIT} steps.")
    return Scenario(
        name=name,
        title=document["title"],
        law=document.get("law", ""),
        process=document["process"],
        begins=document["begins"],
        start=document.get("start", {}),
        steps=tuple(_step(name, number, each) for number, each in enumerate(told, 1)),
    )


def task_names(scenario: Scenario) -> frozenset[str]:
    """Return the names of all tasks that a scenario names."""
    found: set[str] = set()
    for step in scenario.steps:
        found |= {step.does, step.until or ""}
        found.update(step.then.get("waiting", ()), step.then.get("not_waiting", ()))
        if step.until is not None:
            found.update(step.given)
    return frozenset(found - {""})


def renamed(scenario: Scenario, names: Mapping[str, str]) -> Scenario:
    """Return a scenario in which tasks are called as they are now: old name to new."""

    def new(name: str) -> str:
        return names.get(name, name)

    def step(told: Step) -> Step:
        then = {
            key: [new(name) for name in value] if key in {"waiting", "not_waiting"} else value
            for key, value in told.then.items()
        }
        answers = {new(name): value for name, value in told.given.items()}
        return replace(
            told,
            does=new(told.does),
            until=None if told.until is None else new(told.until),
            given=told.given if told.until is None else answers,
            then=then,
        )

    return replace(scenario, steps=tuple(step(each) for each in scenario.steps))


def _step(name: str, number: int, entry: Any) -> Step:  # noqa: ANN401 (not yet believed)
    where = f"{name}, step {number}"
    if not isinstance(entry, dict):
        raise ScenarioError(f"{where}: a step is a table of keys and values.")
    _refuse_unknown(where, entry, STEP)
    _refuse_other_kinds(where, entry, KINDS)
    _refuse_unknown(f"{where}, then", entry.get("then", {}), THEN)
    _refuse_other_kinds(f"{where}, then", entry.get("then", {}), THEN_KINDS)
    chosen = [key for key in ACTIONS if key in entry]
    if len(chosen) > 1:
        raise ScenarioError(f"{where}: one step does one thing, not {' and '.join(chosen)}.")
    return Step(
        number=number,
        on=entry.get("on"),
        does=entry.get("does", ""),
        about=entry.get("about", ""),
        each=entry.get("each", False),
        until=entry.get("as_usual_until"),
        message=entry.get("message", ""),
        corrects=entry.get("corrects", ""),
        exception=entry.get("exception", ""),
        given=entry.get("with", {}),
        refused=entry.get("refused", ""),
        then=entry.get("then", {}),
    )


def _refuse_other_kinds(where: str, entry: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    for key, value in entry.items():
        kind = kinds[key]
        if not isinstance(value, kind) or isinstance(value, dt.datetime):
            raise ScenarioError(f"{where}: “{key}” must be {IN_WORDS[kind]}.")


def _refuse_unknown(where: str, entry: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise ScenarioError(f"{where}: there is no key “{key}”.{hint}")
