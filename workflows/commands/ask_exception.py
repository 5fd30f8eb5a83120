"""Ask for a lawful exception to a time limit: a manager grants or refuses it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.changes import Values
from engine.unit_of_work import Work
from workflows import changes
from workflows.context import case_of
from workflows.duties.facts import LawfulException
from workflows.duties.refusals import UnlawfulException, refuse_unlawful
from workflows.store import documents, exception_requests


@dataclass(frozen=True, slots=True)
class AskException:
    """Ask that `ground` excuses `duty` in a case, with its evidence.

    Attributes:
        documents: Those of the case that show it.
    """

    case_id: UUID
    duty: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    reason: str
    qualifier: str = ""
    told_family_on: dt.date | None = None
    documents: tuple[UUID, ...] = ()
    request_id: UUID = field(default_factory=uuid4)


class AskedAlready(errors.Conflict):
    """An exception from this time limit is asked for already, and waits for its answer."""


def ask_exception(command: AskException, work: Work) -> None:
    """Record what is asked; it excuses nothing yet.

    Raises:
        refusals.UnlawfulException: the regulation has no such ground, or its dates do not bear it out.
        AskedAlready: one waits for its answer.
        documents.NoSuchDocument: a document is not one of the case.
    """
    work.lock_subject(command.case_id)
    context = case_of(work, command.case_id)
    if command.to_date > context.today:
        sentence = "The period must end today or in the past: what is to come shows nothing yet."
        raise UnlawfulException(sentence, errors={"to": (sentence,)})
    claimed = LawfulException(
        command.duty,
        command.ground,
        command.from_date,
        command.to_date,
        command.qualifier,
        command.told_family_on,
        command.reason,
    )
    refuse_unlawful(claimed, context.rulebook, context.facts, context.today)
    if exception_requests.is_asked(
        work.connection, command.case_id, command.duty, command.qualifier
    ):
        raise AskedAlready
    work.record(
        changes.ExceptionAsked(
            None,
            command.case_id,
            command.request_id,
            command.duty,
            command.qualifier,
            command.ground,
            command.from_date,
            command.to_date,
            command.told_family_on,
            command.reason.strip()[:2000],
            tuple(_documents(command, work)),
        )
    )


def _documents(command: AskException, work: Work) -> Iterator[Values]:
    for each in dict.fromkeys(command.documents):
        row = documents.newest(work.connection, command.case_id, each)
        yield {"id": str(row.id), "title": row.title, "version": row.version}
