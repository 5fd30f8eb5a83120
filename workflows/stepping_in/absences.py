"""Begin and end absences by their dates: each once, however many workers look."""

import logging
from typing import Final

from engine import errors, ports
from engine.executor import Executor
from engine.store.database import reading
from workflows.calendar import london
from workflows.commands.begin_absence import BeginAbsence
from workflows.commands.finish_absence import FinishAbsence
from workflows.store import absences

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 10  # seconds


def look(executor: Executor) -> int:
    """Begin and end the absences whose day has come; return how many there were."""
    today = london.local_date(executor.clock.now())
    with reading(executor.engine) as connection:
        commands = [
            *(FinishAbsence(each) for each in absences.to_finish(connection, today)),
            *(BeginAbsence(each) for each in absences.to_begin(connection, today)),
        ]
    for command in commands:
        try:
            executor.execute(command, ports.SYSTEM)
        except errors.Refused as refusal:
            logger.warning("absence left as it is", extra={"reason": refusal.message})
    return len(commands)
