"""Withdraw a personal link before it is used."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.access import links


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """Withdraw `link_id`, a link to `task_id`."""

    task_id: UUID
    link_id: UUID


class NothingToWithdraw(errors.Conflict):
    """This link has been used or withdrawn already."""


def revoke_link(command: RevokeLink, work: Work) -> None:
    """Withdraw the link; what was typed with it and not sent is forgotten.

    Raises:
        NothingToWithdraw: it was used or withdrawn, or is none of this task.
    """
    task = work.part("task", command.task_id)
    name = links.withdraw(work.connection, command.link_id, task.id, now=work.now)
    if name is None:
        raise NothingToWithdraw
    work.record(changes.LinkRevoked(None, task.subject_id, command.link_id, name))
