"""Add the learners of a file to the transition plan: all of them, or none."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import learners
from workflows.store.entered import Entered
from workflows.transition import learner_file
from workflows.transition.details import faults
from workflows.transition.learner_file import Line


@dataclass(frozen=True, slots=True)
class ImportLearners:
    """Add the learners of `lines`, which came from a file of that name."""

    lines: tuple[Line, ...]
    file_name: str = ""


def import_learners(command: ImportLearners, work: Work) -> None:
    """Enter them all.

    Raises:
        learner_file.UnacceptableLearners: some are wrong or in the plan already, by their lines.
        errors.Conflict: a colleague has entered one of them just now.
    """
    today = london.local_date(work.now)
    there = learners.known(work.connection, {each.details.identity for each in command.lines})
    wrong = [
        f"Line {each.number}: {message}"
        for each in command.lines
        for message in _faults(each, there, today)
    ]
    if wrong or not command.lines:
        raise learner_file.refuse(wrong or ["The file has no learners"])
    rows = [
        {
            "id": uuid4(),
            **asdict(each.details),
            "identity": each.details.identity,
            "month_reason": "",
        }
        for each in command.lines
    ]
    entered = Entered(work.now, work.actor.id, "imported", {"file": command.file_name[:200]})
    if not learners.add(work.connection, rows, entered):
        raise errors.Conflict("A colleague has entered one of these learners just now. Try again.")


def _faults(line: Line, there: frozenset[str], today: dt.date) -> list[str]:
    if line.details.identity in there:
        return ["This learner is in the plan already"]
    return [f"{name}: {text}" for name, text in faults(line.details, today).items()]
