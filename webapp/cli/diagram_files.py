"""Diagrams and decision tables named on the command line: files, or folders with all in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from engine.checks.problem import Problem

KINDS: Final = frozenset({".bpmn", ".dmn"})


def diagram_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files, those of a folder in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix in KINDS)
        else:
            yield path


def problem_line(name: str, problem: Problem) -> str:
    """Return a problem on one line: where, what, what to do, and how a case gets there."""
    place = f"{name}:{problem.line}: {problem.severity.value} {problem.rule}"
    way = f"Path: {' → '.join(problem.path)}" if problem.path else ""
    return " ".join(
        filter(None, (place, problem.element or "-", problem.message, problem.mend, way))
    )
