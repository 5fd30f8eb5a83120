"""Keep how cases stand in the return, as a worker found them."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import return_runs, returns
from workflows.store.returns import RecordRow


@dataclass(frozen=True, slots=True)
class KeepReturnRecords:
    """Keep `rows` of a year, found by rules of a `version`; `progress` of the run, if it is one."""

    year: int
    version: str
    rows: tuple[RecordRow, ...]
    run_id: UUID | None = None
    progress: float = 0.0


def keep_return_records(command: KeepReturnRecords, work: Work) -> None:
    """Keep them, and tell how far the run is.

    Raises:
        returns.Frozen: the return of the year was submitted.
        return_runs.Over: the run was given up.
    """
    returns.keep(work.connection, command.year, command.version, command.rows, now=work.now)
    if command.run_id:
        return_runs.go_on(work.connection, command.run_id, command.progress, len(command.rows))
