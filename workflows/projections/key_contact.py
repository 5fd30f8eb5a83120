"""Who is the key contact of a case: whoever was chosen, or else first took up its casework."""

from collections.abc import Sequence

from engine import changes as engine_changes
from engine.unit_of_work import Work
from workflows import changes
from workflows.access.people import CASEWORK, Person
from workflows.context import CaseContext
from workflows.store.tables import cases

_TAKEN_UP = engine_changes.TaskClaimed | engine_changes.TaskCompleted


def project(
    recorded: Sequence[engine_changes.Change], context: CaseContext, work: Work
) -> list[changes.KeyContactChosen]:
    """Write who it is; return the choice that nobody had to make."""
    chosen = [each for each in recorded if isinstance(each, changes.KeyContactChosen)]
    follows = [] if chosen else _of_whoever_took_it_up(recorded, context, work)
    for each in (*chosen, *follows):
        work.connection.execute(
            cases.update().where(cases.c.id == context.case_id).values(key_contact=each.person_id)
        )
    return follows


def _of_whoever_took_it_up(
    recorded: Sequence[engine_changes.Change], context: CaseContext, work: Work
) -> list[changes.KeyContactChosen]:
    actor = work.actor
    if not isinstance(actor, Person) or CASEWORK not in actor.roles:
        return []
    of_casework = any(
        isinstance(each, _TAKEN_UP) and work.part("task", each.task_id).role == CASEWORK
        for each in recorded
    )
    if not of_casework or context.case.key_contact:
        return []
    return [changes.KeyContactChosen(None, context.case_id, actor.id, actor.name, "")]
