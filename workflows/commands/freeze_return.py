"""Freeze the return of a year as it was submitted."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import return_runs, returns
from workflows.store.return_runs import Kind
from workflows.store.returns import Submitted
from workflows.store.simulations import State

REFERENCE_LIMIT: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class FreezeReturn:
    """Keep the files of `run_id` as what was submitted; `reference`: the department's receipt."""

    run_id: UUID
    reference: str


class NoFiles(errors.Conflict):
    """There are no files of this return. Make them first."""


class Outdated(errors.Conflict):
    """Records have changed since these files were made. Make the files again, and submit those."""


def freeze_return(command: FreezeReturn, work: Work) -> None:
    """Freeze the return: from now on the records of that year stay as they are.

    Raises:
        return_runs.NoSuchRun: there is none.
        errors.Invalid: no reference.
        NoFiles: it made no files, or is not done.
        Outdated: what would be sent has changed since.
        returns.Frozen: the return of the year was frozen before.
    """
    reference = command.reference.strip()
    if not reference or len(reference) > REFERENCE_LIMIT:
        message = f"Enter the receipt or a note, of at most {REFERENCE_LIMIT} characters"
        raise errors.Invalid(f"{message}.", errors={"reference": (message,)})
    run = return_runs.load(work.connection, command.run_id)
    if run.kind is not Kind.FILES or run.status is not State.DONE or not run.files:
        raise NoFiles
    newest = return_runs.newest(work.connection, run.year, Kind.FILES)
    begun = run.ended_at or work.now
    if (
        newest is None
        or newest.id != run.id
        or returns.changed_since(work.connection, run.year, begun)
    ):
        raise Outdated
    returns.freeze(
        work.connection,
        run.year,
        run.id,
        entered=(work.now, work.actor.id),
        submitted_as=Submitted(reference, run.files["xml"]["sha256"], run.files["counts"]),
    )
