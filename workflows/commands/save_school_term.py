"""Add a school term."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import closing
from workflows.store import administered, closures
from workflows.store.administered import Entry

LONGEST: Final = 130  # days


@dataclass(frozen=True, slots=True)
class SaveSchoolTerm:
    """Add the term `name`, from its first to its last day."""

    first: dt.date
    last: dt.date
    name: str


def save_school_term(command: SaveSchoolTerm, work: Work) -> None:
    """Keep the term.

    Raises:
        errors.Invalid: it has no name, ends before it begins, is too long, or overlaps another.
    """
    closing.refuse_name(command.name)
    length = (command.last - command.first).days
    if not 0 <= length <= LONGEST:
        words = f"The last day must be after the first, and at most {LONGEST} days later"
        raise errors.Invalid("Check the days.", errors={"last": (words,)})
    for each in closures.terms(work.connection):
        if command.first <= each.last and each.first <= command.last:
            words = f"These days overlap with “{each.name}”"
            raise errors.Invalid("The terms overlap.", errors={"first": (words,)})
    closures.add_term(work.connection, command.first, command.last, command.name.strip())
    words = closing.words(command.first, command.last)
    entry = Entry("term", command.first.isoformat(), command.name, "added", (("Days", "", words),))
    administered.enter(work, entry)
