"""Begin work on the return that waits."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import return_runs


@dataclass(frozen=True, slots=True)
class BeginReturnRun:
    """A worker begins work on the return."""

    run_id: UUID


def begin_return_run(command: BeginReturnRun, work: Work) -> None:
    """Let it run: one at a time.

    Raises:
        return_runs.NotItsTurn: other work runs, or a colleague of this worker has begun it.
    """
    return_runs.begin(work.connection, command.run_id, work.now)
