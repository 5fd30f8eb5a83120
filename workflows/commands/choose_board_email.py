"""Choose whether the board comes by email every week."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.access import people
from workflows.digests import of_board


@dataclass(frozen=True, slots=True)
class ChooseBoardEmail:
    """Write to the actor every Monday from now on, or no more."""

    wanted: bool


def choose_board_email(command: ChooseBoardEmail, work: Work) -> None:
    """Keep the choice."""
    value = of_board.WEEKLY if command.wanted else ""
    people.set_for(work.connection, work.actor.id, of_board.SETTING, value)
