"""Check a diagram or decision table: is it valid, does it run as drawn, is it sound and lawful?"""

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from engine import errors
from engine.checks import calls, ruleset
from engine.checks.diagram import Diagram, Rule
from engine.checks.problem import Problem, Severity
from engine.definitions import xml
from workflows import checks
from workflows.context import SIGNATURES

ALONE: Final[Mapping[str, bytes]] = MappingProxyType({})
RULES: Final[Mapping[str, Rule]] = {**ruleset.ENGINE, **ruleset.rules_in(checks)}
_LINE: Final = re.compile(r"line (\d+)")
_TOLD: Final = 20  # errors in the message of a refusal
_KEPT: Final = 32  # answers: about as many files as a publication has


class NotPublishable(errors.Invalid):
    """The diagrams have errors.

    Attributes:
        problems: File name to everything that is wrong with it, warnings too.
    """

    def __init__(self, problems: Mapping[str, tuple[Problem, ...]]) -> None:
        """Tell of every error."""
        self.problems = problems
        found: dict[str, tuple[str, ...]] = {}
        sentences = []
        for name, each in _errors(problems):
            words = " ".join(filter(None, (each.message, each.mend)))
            found[each.element] = (*found.get(each.element, ()), words)
            sentences.append(f"{name}{f', line {each.line}' if each.line else ''}: {words}")
        told = sentences[:_TOLD]
        if len(sentences) > _TOLD:
            told.append(f"There are {len(sentences) - _TOLD} more; check the files to see them.")
        super().__init__(" ".join(told), errors=found)


def check(data: bytes, name: str, others: Mapping[str, bytes] = ALONE) -> tuple[Problem, ...]:
    """Return all that is wrong with a file; without an error it can be published.

    Args:
        data: The file.
        name: What to call it in messages.
        others: Every other file that is live, or would be with this one: key to content.
    """
    return _check(data, name, tuple(sorted(others.items())))


def check_together(
    files: Mapping[str, bytes], live: Mapping[str, bytes] = ALONE
) -> dict[str, tuple[Problem, ...]]:
    """Return what is wrong with each of the files that are to be published together.

    Args:
        files: Name to content.
        live: Every file that is live: key to content.
    """
    keys = {name: key_of(data, name) for name, data in files.items()}
    after = {**live, **{key: files[name] for name, key in keys.items() if key}}
    found = {}
    for name, key in keys.items():
        others = {other: data for other, data in after.items() if other != key}
        twice = [other for other in keys if other != name and key and keys[other] == key]
        found[name] = (*_same_key(key, twice), *check(files[name], name, others))
    return found


def refuse(files: Mapping[str, bytes], live: Mapping[str, bytes]) -> None:
    """Refuse files of which one has an error; arguments as of `check_together`.

    What is live already, unchanged, is not checked again.

    Raises:
        NotPublishable: with all problems.
    """
    changed = {name: data for name, data in files.items() if live.get(key_of(data, name)) != data}
    found = check_together(changed, live)
    if _errors(found):
        raise NotPublishable(found)


def key_of(data: bytes, name: str) -> str:
    """Return the id of a file's process or first decision, "" where it has none."""
    try:
        return calls.key_of(xml.parse(data, name=name))
    except errors.Invalid:
        return ""


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem as the API, the studio and the command line show it."""
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "element": problem.element,
        "line": problem.line,
        "message": problem.message,
        "mend": problem.mend,
        "path": list(problem.path),
        "help": f"/help/rules/{problem.rule}",
    }


@functools.lru_cache(maxsize=_KEPT)
def _check(data: bytes, name: str, others: tuple[tuple[str, bytes], ...]) -> tuple[Problem, ...]:
    try:
        root = xml.parse(data, name=name)
    except errors.Invalid as refusal:
        line = _LINE.search(refusal.message)
        at = int(line[1]) if line else 0
        return (Problem(ruleset.READ, Severity.ERROR, "", at, refusal.message),)
    diagram = Diagram(name, root, _readable(others), SIGNATURES)
    return ruleset.problems(diagram, RULES)


def _errors(problems: Mapping[str, tuple[Problem, ...]]) -> list[tuple[str, Problem]]:
    return [
        (name, each)
        for name, found in problems.items()
        for each in found
        if each.severity == Severity.ERROR
    ]


def _same_key(key: str, others: list[str]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "process_key",
            Severity.ERROR,
            key,
            0,
            f"“{other}” has the same id “{key}”: only one of the two could be live.",
            "Give one of them another id, or publish one of them.",
        )
        for other in others
    )


def _readable(files: tuple[tuple[str, bytes], ...]) -> dict[str, etree._Element]:
    """Return the roots of files; one that cannot be read is told of when it is checked itself."""
    found = {}
    for key, data in files:
        try:
            found[key] = xml.parse(data, name=key)
        except errors.Invalid:
            continue
    return found
