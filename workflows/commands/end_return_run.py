"""End work on the return: done, failed, or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import return_persons, return_runs
from workflows.store.simulations import State


@dataclass(frozen=True, slots=True)
class EndReturnRun:
    """Let work on the return be over; `files` as they were kept."""

    run_id: UUID
    state: State
    files: Mapping[str, Any] | None = None
    problem: str = ""


def end_return_run(command: EndReturnRun, work: Work) -> None:
    """Let it be over; what is done gets the totals of this moment.

    Raises:
        return_runs.NoSuchRun: there is none.
        return_runs.Over: it does not run any more.
    """
    run = return_runs.load(work.connection, command.run_id)
    done = command.state == State.DONE
    return_runs.end(
        work.connection,
        command.run_id,
        command.state,
        now=work.now,
        found={
            "totals": return_persons.totals(work.connection, run.year) if done else None,
            "files": dict(command.files) if command.files else None,
            "problem": command.problem,
        },
    )
