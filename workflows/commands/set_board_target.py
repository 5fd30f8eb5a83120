"""Set what share of plans the authority aims to issue within the time limit."""

from dataclasses import dataclass
from typing import Final

from engine import errors
from engine.unit_of_work import Work
from workflows.store import board

MEASURE: Final = "plans_in_20_weeks"
MOST: Final = 100.0


@dataclass(frozen=True, slots=True)
class SetBoardTarget:
    """Aim at `per_cent` of plans in time, as it was entered."""

    per_cent: str


def set_board_target(command: SetBoardTarget, work: Work) -> None:
    """Keep the target.

    Raises:
        errors.Invalid: it is no number from 0 to 100.
    """
    wrong = errors.Invalid(errors={"per_cent": ("Enter a target from 0 to 100, such as 60",)})
    try:
        value = float(command.per_cent.strip().removesuffix("%"))
    except ValueError:
        raise wrong from None
    if not 0 <= value <= MOST:
        raise wrong
    board.set_target(work.connection, MEASURE, value, by=work.actor.id, at=work.now)
