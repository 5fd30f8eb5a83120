"""Take a school term out."""

import datetime as dt
from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import closing
from workflows.store import administered, closures
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class RemoveSchoolTerm:
    """Take out the term that begins on `first`."""

    first: dt.date


def remove_school_term(command: RemoveSchoolTerm, work: Work) -> None:
    """Take the term out; the history of administration keeps that it was there.

    Raises:
        errors.NotFound: there is none.
    """
    found = [each for each in closures.terms(work.connection) if each.first == command.first]
    if not found or not closures.remove_term(work.connection, command.first):
        raise errors.NotFound("There is no such term.")
    words = closing.words(found[0].first, found[0].last)
    entry = Entry(
        "term", command.first.isoformat(), found[0].name, "removed", (("Days", words, ""),)
    )
    administered.enter(work, entry)
