"""Put on record that somebody takes a file of the return, which names every child."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import return_runs


@dataclass(frozen=True, slots=True)
class RecordReturnDownload:
    """Record that the `what` (xml, tables or problems) of a run is taken, before it is sent."""

    run_id: UUID
    what: str


def record_return_download(command: RecordReturnDownload, work: Work) -> None:
    """Record it.

    Raises:
        return_runs.NoSuchRun: there is none.
    """
    return_runs.load(work.connection, command.run_id)
    return_runs.record_download(
        work.connection, command.run_id, command.what, at=work.now, by=work.actor.id
    )
