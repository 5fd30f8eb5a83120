"""All rules: each module of a package is one, found by being there."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Final

from engine.checks import rules
from engine.checks.diagram import Diagram, Rule
from engine.checks.problem import Problem, Severity
from engine.definitions import xml

READ: Final = "well_formed"  # what is said of a file that cannot be read at all
# Rules whose errors leave nothing for the others to look at, and what needs a diagram without any.
FIRST: Final = "bpmn_schema"
LAST: Final = "parsed_by_engine"
DECISIONS: Final = "decision_table"
MOST: Final = 100  # problems of one rule in one file


def rules_in(package: ModuleType) -> dict[str, Rule]:
    """Return the rules of a package by name: `find` of each of its modules."""
    return {
        each.name: importlib.import_module(f"{package.__name__}.{each.name}").find
        for each in pkgutil.iter_modules(package.__path__)
        if not each.ispkg
    }


ENGINE: Final[Mapping[str, Rule]] = rules_in(rules)


def problems(diagram: Diagram, chosen: Mapping[str, Rule]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a diagram, in the order of the file.

    1. A file that is not of the schema is told of that alone: rules could not tell what they see.
    2. Every rule looks at the diagram.
    3. Where none found an error, the engine itself parses it.
    """
    if xml.kind_of(diagram.root) == "dmn":
        return tuple(_bounded(chosen[DECISIONS](diagram)))
    found = list(_bounded(chosen[FIRST](diagram)))
    if not found:
        for name, rule in chosen.items():
            if name not in {FIRST, LAST, DECISIONS}:
                found += _bounded(rule(diagram))
        if not any(each.severity == Severity.ERROR for each in found):
            found += _bounded(chosen[LAST](diagram))
    return tuple(sorted(found, key=lambda each: (each.line, each.element)))


def _bounded(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield so many problems of one rule, and then that there are more."""
    for number, each in enumerate(found):
        if number == MOST:
            words = f"There are more than {MOST} problems of this kind."
            yield replace(each, message=words, mend="Mend these, and check again.", path=())
            return
        yield each
