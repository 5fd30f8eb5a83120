"""The result of a simulation as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Final

from webapp.pages.simulations.form import role_name
from webapp.presentation import exports
from workflows.simulation import result as results
from workflows.store.simulations import Simulation

HEADER: Final = ("Run", "What", "About", "Role", "Measure", "Value")
_DIGITS: Final = 3
_Line = tuple[str, str, str, str, str, float]


def as_csv(simulation: Simulation) -> str:
    """Return every number that was found, one a line; no text of it is a formula to a spreadsheet."""
    return "".join(exports.csv_lines(HEADER, _rows(simulation)))


def _rows(simulation: Simulation) -> Iterator[Sequence[exports.Cell]]:
    for run, document in zip(simulation.runs, simulation.results, strict=False):
        for line in _lines(str(run["label"]), results.of_json(document)):
            yield (*line[:-1], round(line[-1], _DIGITS))


def _lines(label: str, found: results.Result) -> Iterator[_Line]:
    for name, value in (
        ("Cases that began", found.cases),
        ("Came to their end", found.finished),
        ("Not over", found.unfinished),
        ("Timers that fired", found.timers),
    ):
        yield label, "Cases", "", "", name, value
    for duty in found.duties:
        yield label, "Duty", duty.title, "", "Decided", duty.owed
        yield label, "Duty", duty.title, "", "Late", duty.late
        yield label, "Duty", duty.title, "", "Share late", duty.share
        yield label, "Duty", duty.title, "", "Days late, median", duty.days_late
    for step in found.steps:
        role = role_name(step.role)
        yield label, "Step", step.name, role, "Begun", step.begun
        yield label, "Step", step.name, role, "Working days waited, mean", step.mean
        yield label, "Step", step.name, role, "Working days waited, four in five", step.p80
        yield label, "Step", step.name, role, "Working days waited, longest", step.longest
    for each in found.roles:
        yield label, "Role", "", role_name(each.role), "Busy", each.busy
        for week, waiting in enumerate(each.waiting):
            yield label, "Queue", f"Week {week}", role_name(each.role), "Waiting", waiting
    for end in found.ends:
        yield label, "End", end.name, "", "Cases", end.cases
        for week, count in enumerate(end.weeks):
            yield label, "End", end.name, "", f"Took {week} to {week + 1} weeks", count
