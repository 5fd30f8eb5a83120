"""From tasks that were chosen to a batch that is planned."""

from collections.abc import Sequence
from typing import Any, Final

import flask

from engine import errors
from webapp.auth import guard
from webapp.pages.step_in import presenters
from workflows.access import people
from workflows.batches.dealing import Given, Measure, deal
from workflows.batches.operation import WORDING, Kind, Operation
from workflows.commands.plan_batch import PlanBatch
from workflows.queries import capacity
from workflows.queries.steppable_tasks import Choice, Found, Task, steppable_tasks
from workflows.store.batches import NewItem

ALL: Final = "all"


def found(choice: Choice) -> Found:
    """Return the tasks of a choice."""
    here = guard.system()
    with here.read() as connection:
        return steppable_tasks(connection, guard.person(), choice, now=here.now())


def doers(tasks: Sequence[Task]) -> dict[tuple[str, str], dict[str, str]]:
    """Return who can do each kind of work among tasks: identifier to name."""
    kinds = {(each.team_id, each.role) for each in tasks}
    with guard.system().read() as connection:
        return people.doers(connection, kinds)


def command(choice: Choice) -> PlanBatch:
    """Return the command that plans what was posted.

    Raises:
        errors.Invalid: nothing is chosen to do, or nobody to give the tasks to.
    """
    given = flask.request.form
    operation = given.get("operation", "")
    if operation not in set(presenters.OF_TASKS):
        raise errors.Invalid("Select what to do.", errors={"operation": ("Select what to do",)})
    tasks = _chosen(choice)
    kind = WORDING[Operation(operation)].kind
    if operation == Operation.REASSIGN:
        return PlanBatch(operation, _dealt(tasks))
    targets = {Kind.TASK: "id", Kind.INSTANCE: "instance_id", Kind.CASE: "case_id"}
    items = dict.fromkeys(getattr(each, targets[kind]) for each in tasks)
    return PlanBatch(operation, tuple(NewItem(each) for each in items))


def _chosen(choice: Choice) -> list[Task]:
    """Return the tasks of the list that are ticked, or all of them."""
    given = flask.request.form
    ticked = {presenters.uuid_of(text) for text in given.getlist("chosen")}
    every = given.get("which") == ALL
    return [each for each in found(choice).tasks if every or each.id in ticked]


def _dealt(tasks: Sequence[Task]) -> tuple[NewItem, ...]:
    given: Any = flask.request.form
    able = doers(tasks)
    known = {person for names in able.values() for person in names}
    persons = [each for each in dict.fromkeys(given.getlist("colleague")) if each in known]
    if tasks and not persons:
        raise errors.Invalid(
            "Select who gets the tasks.", errors={"colleague": ("Select at least one colleague",)}
        )
    with guard.system().read() as connection:
        load = capacity.open_tasks(connection, persons)
    dealt = deal(
        [Given(each.id, each.team_id, each.role) for each in tasks],
        persons,
        {kind: frozenset(names) for kind, names in able.items()},
        load if given.get("measure") == Measure.BY_LOAD else {},
    )
    return tuple(NewItem(each.id, dealt[each.id]) for each in tasks)
