"""What people can tell the processes of a case: messages that are waited for, and offered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.definitions.cache import Bundles
from engine.definitions.forms import FormDefinition
from engine.store.tables import instances, message_waits


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message that a step waits for.

    Attributes:
        action: The words under which it is offered (`action` of the element).
        form: What is asked; its answers are the payload.
        correlation: What the payload must have besides, so that it is taken by this very step.
        about: The values of that, in words: which dispute or review it is about.
    """

    id: UUID
    message: str
    action: str
    form: FormDefinition
    correlation: dict[str, Any]

    @property
    def about(self) -> str:
        """What it is about, "" where nothing tells."""
        return ", ".join(str(value).replace("_", " ") for value in self.correlation.values())


def awaited_messages(
    connection: sa.Connection, case_id: UUID, bundles: Bundles, *, offered: bool = True
) -> tuple[Awaited, ...]:
    """Return the messages of a case that its page offers, or (`offered` False) all that are awaited.

    Stands on ix_message_waits_subject_id_message.
    """
    rows = connection.execute(
        sa.select(
            message_waits.c.id,
            message_waits.c.message,
            message_waits.c.element_id,
            message_waits.c.correlation,
            instances.c.bundle_id,
        )
        .join(instances, instances.c.id == message_waits.c.instance_id)
        .where(message_waits.c.subject_id == case_id, instances.c.status == "active")
        .order_by(message_waits.c.since, message_waits.c.element_id, message_waits.c.id)
    )
    found = []
    for row in rows:
        element = bundles.get(row.bundle_id).elements[row.element_id]
        action = element.properties.get("action")
        words = action.literal if action else ""
        if words or not offered:
            found.append(
                Awaited(
                    row.id,
                    row.message,
                    words or element.name,
                    element.form,
                    dict(row.correlation),
                )
            )
    return tuple(found)
