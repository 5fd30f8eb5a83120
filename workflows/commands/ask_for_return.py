"""Ask a worker to check the return of a year, or to make its files."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows.returns import census
from workflows.store import return_runs, returns
from workflows.store.return_runs import Kind


@dataclass(frozen=True, slots=True)
class AskForReturn:
    """Check the cases of a year (`kind` check), and make the files (`kind` files).

    `night`: the nightly look, once each night. `whole`: all cases, not only those touched since.
    """

    year: int
    kind: Kind
    night: dt.date | None = None
    whole: bool = False
    run_id: UUID = field(default_factory=uuid4)


def ask_for_return(command: AskForReturn, work: Work) -> None:
    """Let it wait for its turn.

    Raises:
        census.UnknownYear: the census day of the year is not known.
        returns.Frozen: the return of the year was submitted.
        return_runs.AlreadyAsked: the same waits or runs.
    """
    census.of(command.year)
    if returns.is_frozen(work.connection, command.year):
        raise returns.Frozen
    return_runs.ask(
        work.connection,
        (command.run_id, command.year, command.kind),
        by=(work.now, work.actor.id),
        night=command.night,
        whole=command.whole,
    )
