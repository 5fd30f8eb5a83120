"""Forget a saved view."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import board


@dataclass(frozen=True, slots=True)
class RemoveView:
    """Forget `view_id`, which the actor saved."""

    view_id: UUID


def remove_view(command: RemoveView, work: Work) -> None:
    """Forget the view.

    Raises:
        board.NoSuchView: the actor has none of it.
    """
    board.remove_view(work.connection, command.view_id, work.actor.id)
