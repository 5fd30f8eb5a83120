"""Choose with whom the authority compares itself."""

from dataclasses import dataclass
from typing import Final

from engine import errors
from engine.unit_of_work import Work
from workflows.statistics.areas import AreaKind
from workflows.store import comparators

MOST: Final = 10  # as many statistical neighbours are published for each authority


@dataclass(frozen=True, slots=True)
class ChooseComparators:
    """Let `own` be this authority, and `neighbours` those it compares itself with: codes of areas."""

    own: str
    neighbours: tuple[str, ...]


class UnknownArea(errors.Invalid):
    """There are no published figures of this area. Load the statistics first."""


def choose_comparators(command: ChooseComparators, work: Work) -> None:
    """Keep the choice; the region is the one in which the authority lies.

    Raises:
        UnknownArea: an area is no authority of the files that were loaded.
        errors.Invalid: there are too many neighbours, or the authority is its own.
    """
    neighbours = tuple(dict.fromkeys(command.neighbours))
    known = comparators.kinds_of(work.connection, (command.own, *neighbours))
    unknown = [code for code in neighbours if not _is_authority(known.get(code))]
    if not _is_authority(known.get(command.own)):
        raise UnknownArea(errors={"own": ("Select which authority you are",)})
    if unknown:
        raise UnknownArea(errors={"neighbours": ("Select authorities from the list",)})
    if command.own in neighbours:
        message = "Your own authority is no neighbour of itself"
        raise errors.Invalid(f"{message}.", errors={"neighbours": (message,)})
    if len(neighbours) > MOST:
        message = f"Select at most {MOST} neighbours"
        raise errors.Invalid(f"{message}.", errors={"neighbours": (message,)})
    comparators.choose(
        work.connection,
        command.own,
        known[command.own][1],
        neighbours,
        at=work.now,
        by=work.actor.id,
    )


def _is_authority(found: tuple[str, str] | None) -> bool:
    return found is not None and found[0] == AreaKind.AUTHORITY
