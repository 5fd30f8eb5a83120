"""A personal link is used up by the completion that it was made for."""

import sqlalchemy as sa

from engine import changes
from engine.unit_of_work import Work
from workflows.access.links import LinkHolder
from workflows.store.tables import personal_links


def project(work: Work) -> None:
    """Close the link by which a task was completed."""
    if not isinstance(work.actor, LinkHolder):
        return
    if any(isinstance(each, changes.TaskCompleted) for each in work.changes):
        work.connection.execute(
            personal_links.update()
            .where(personal_links.c.id == work.actor.link_id)
            .values(used_at=work.now, draft=sa.null())
        )
