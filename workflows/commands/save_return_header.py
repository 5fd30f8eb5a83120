"""Enter what the header of the return says of the authority."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.returns import census, headers
from workflows.store import returns


@dataclass(frozen=True, slots=True)
class SaveReturnHeader:
    """Enter the number of the authority and its officers for the return of a year."""

    year: int
    values: Mapping[str, str]


def save_return_header(command: SaveReturnHeader, work: Work) -> None:
    """Keep the header.

    Raises:
        census.UnknownYear: its census day is not known.
        errors.Invalid: an item is missing or no code.
        returns.Frozen: the return of the year was submitted.
    """
    census.of(command.year)
    values = {key: str(command.values.get(key, "")).strip() for key in headers.ITEMS}
    wrong = headers.faults(values)
    if wrong:
        raise errors.Invalid("The header is not complete.", errors=wrong)
    entered = (work.now, work.actor.id)
    returns.save_header(work.connection, command.year, values, entered=entered)
