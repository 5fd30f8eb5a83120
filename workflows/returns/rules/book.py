"""All rules, and what a record breaks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from workflows.returns.census import Census
from workflows.returns.model import Module
from workflows.returns.rules import (
    across,
    active_plan,
    assessment,
    items,
    last_year,
    named_plan,
    person,
    places,
    request,
)
from workflows.returns.rules.rule import Problem, Rule, Seen

ALL: Final[tuple[Rule, ...]] = (
    *items.RULES,
    *person.RULES,
    *request.RULES,
    *assessment.RULES,
    *named_plan.RULES,
    *places.RULES,
    *active_plan.RULES,
    *across.RULES,
    *last_year.RULES,
)
BY_CODE: Final[Mapping[str, Rule]] = {each.code: each for each in ALL}


@lru_cache(maxsize=1)
def by_module() -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules by the module that they look at."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for each in ALL:
        found[each.module].append(each)
    return {module: tuple(rules) for module, rules in found.items()}


def check(record: Module, seen: Seen) -> tuple[Problem, ...]:
    """Return what a case's record breaks by itself, in the order of the return."""
    return tuple(
        problem(rule, path[-1])
        for path in record.walk()
        for rule in by_module()[path[-1].element]
        if rule.broken(path, seen)
    )


def compare(last: Module | None, now: Module | None, census: Census) -> Iterator[Problem]:
    """Yield how a case differs from what was submitted of it last year."""
    for rule, compared in last_year.CHECKS.items():
        if said := compared(last, now, census):
            yield Problem(
                rule.code, rule.severity, rule.module, rule.element, said[:200], "last year"
            )


def problem(rule: Rule, module: Module) -> Problem:
    """Return that a module breaks a rule, with the value and where it comes from."""
    value = module.values.get(rule.element)
    return Problem(
        rule.code,
        rule.severity,
        rule.module,
        rule.element,
        value.text[:200] if value else "",
        value.source if value else "",
    )
