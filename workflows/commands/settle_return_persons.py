"""Settle which cases are one child in the return, and what they cause each other."""

from dataclasses import dataclass
from typing import Any

from engine.unit_of_work import Work
from workflows.returns import across, model
from workflows.returns.across import Entry
from workflows.store import return_persons, returns
from workflows.store.returns import ProblemRow


@dataclass(frozen=True, slots=True)
class SettleReturnPersons:
    """Look across the cases of a year."""

    year: int


def settle_return_persons(command: SettleReturnPersons, work: Work) -> None:
    """Write the keys of persons and the problems between cases; forget cases that are gone.

    Raises:
        returns.Frozen: the return of the year was submitted.
    """
    if returns.is_frozen(work.connection, command.year):
        raise returns.Frozen
    return_persons.forget_gone(work.connection, command.year)
    entries = [_entry(row) for row in return_persons.alike(work.connection, command.year)]
    keyed = across.keys(entries)
    problems = [
        (
            each.case_id,
            ProblemRow(
                each.problem.rule,
                each.problem.severity,
                each.problem.module,
                each.problem.element,
                each.problem.value,
                each.problem.source,
            ),
        )
        for each in across.clashes(entries, keyed)
    ]
    return_persons.settle(work.connection, command.year, keyed, problems)


def _entry(row: Any) -> Entry:  # noqa: ANN401
    record = model.load(row.record)
    request = record.one(model.REQUEST)
    return Entry(
        row.case_id,
        row.identity,
        row.upn,
        row.uln,
        (record.text("Sex"), record.text("Ethnicity"), record.text("PostCode")),
        request is not None and request.one(model.ACTIVE_PLAN) is not None,
    )
