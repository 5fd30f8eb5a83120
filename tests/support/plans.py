"""A plan with which nothing is wrong, for tests that break one thread of it."""

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine import ports
from engine.executor import Executor
from engine.unit_of_work import Work
from tests.support.county import County
from workflows.context import CaseContext
from workflows.plan import document
from workflows.plan.freeze import freeze
from workflows.plan.model import Content, Plan, Row

TODAY = dt.date(2026, 1, 5)
WHOLE: dict[str, Any] = {
    "schema": 1,
    "sections": {
        "a": {"rows": [{"id": "view", "kind": "childs_views", "text": "I like the sea."}]},
        "b": {
            "rows": [
                {
                    "id": "reads",
                    "area": "cognition",
                    "text": "Reads at the level of a child of six.",
                },
                {"id": "talks", "area": "communication", "text": "Finds it hard to begin to talk."},
            ]
        },
        "e": {
            "rows": [
                {
                    "id": "story",
                    "text": "Reads a story and tells it.",
                    "by": "2027-07-31",
                    "needs": ["reads", "talks"],
                }
            ]
        },
        "f": {
            "rows": [
                {
                    "id": "sessions",
                    "what": "A reading programme with phonics.",
                    "who": "A specialist teacher",
                    "how_often": "Three times a week",
                    "how_long": "30 minutes",
                    "how_many": "One adult to two children",
                    "outcomes": ["story"],
                    "reviewed": "Each half term",
                }
            ]
        },
    },
}


def whole() -> Plan:
    """Return the plan."""
    return document.check(copy.deepcopy(WHOLE), TODAY)


def without(plan: Plan, code: str, row_id: str, *names: str) -> Plan:
    """Return a plan in which a row lacks some answers."""
    content = plan.of(code)
    row = content.row(row_id)
    assert row is not None
    values = {name: value for name, value in row.values.items() if name not in names}
    return plan.with_content(code, content.with_row(Row(row_id, values)))


def with_answer(plan: Plan, code: str, row_id: str, **given: Any) -> Plan:
    """Return a plan in which a row has other answers."""
    content = plan.of(code)
    row = content.row(row_id)
    assert row is not None
    return plan.with_content(code, content.with_row(Row(row_id, {**row.values, **given})))


def with_text(plan: Plan, code: str, text: str) -> Plan:
    """Return a plan in which a section holds text alone."""
    return plan.with_content(code, Content(text=text))


def issue(county: County, case_id: UUID, variables: Mapping[str, Any], *, final: bool) -> Any:
    """Issue a plan as a service task does; return what is printed and what is recorded."""
    printed: list[Any] = []

    def handler(command: object, work: Work) -> None:
        del command
        work.lock_subject(case_id)
        case = work.context(case_id)
        assert isinstance(case, CaseContext)
        sections, changes = freeze(case, variables, final=final)
        printed.append(sections)
        work.record(*changes)

    system = county.system
    executor = Executor(system.engine, system.clock, system.domain, {dict: handler})
    (frozen,) = executor.execute({}, ports.SYSTEM).changes
    return printed[-1], frozen
