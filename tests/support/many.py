"""Cases with tasks that many-at-once operations are about, and what became of them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.commands.assign_task import AssignTask
from engine.store.tables import tasks
from tests.support.county import County
from workflows.commands.plan_batch import PlanBatch
from workflows.commands.start_batch import StartBatch
from workflows.demo import organisation
from workflows.stepping_in.carry_on import carry_on
from workflows.store.batch_tables import batch_items
from workflows.store.batches import NewItem

ASHA, TOM, BRONWEN = (
    organisation.person_id(each) for each in ("casework", "casework2", "casework3")
)


def ashas_tasks(county: County, count: int, area: str = "north") -> list[UUID]:
    """Open cases, and return the tasks of SEN casework in them, which Asha has."""
    found = []
    for _ in range(count):
        case_id = county.open_case(area=area)
        row = next(each for each in county.open_tasks(case_id) if each.role == "sen_casework")
        county.system.execute(AssignTask(row.id, ASHA), county.person("manager"))
        found.append(row.id)
    return found


def started(county: County, items: list[NewItem], operation: str = "reassign") -> UUID:
    """Plan and start a batch as the manager; return it."""
    command = PlanBatch(operation, tuple(items))
    county.system.execute(command, county.person("manager"))
    county.system.execute(StartBatch(command.batch_id, "Asha is ill"), county.person("manager"))
    return command.batch_id


def work_off(county: County) -> int:
    """Do what batches are to do, as a worker would."""
    return carry_on(county.system.executor, seconds=30)


def task(county: County, task_id: UUID) -> Any:
    """Return the row of a task."""
    with county.system.read() as connection:
        return connection.execute(sa.select(*tasks.c).where(tasks.c.id == task_id)).one()


def fates(county: County, batch_id: UUID) -> list[tuple[str, str]]:
    """Return what became of each item, and why."""
    with county.system.read() as connection:
        statement = sa.select(batch_items.c.status, batch_items.c.reason).where(
            batch_items.c.batch_id == batch_id
        )
        return [
            tuple(row) for row in connection.execute(statement.order_by(batch_items.c.position))
        ]
