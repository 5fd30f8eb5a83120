"""The doctor finds what does not agree, and nothing when all is well."""

import pytest
import sqlalchemy as sa

from engine.commands.complete_task import CompleteTask
from engine.store import database
from engine.store.tables import history, instances, tasks, timers
from tests.engine.worker.test_timers import reminded
from tests.support.office import ANN, Office


@pytest.fixture
def desk(small_office: Office) -> Office:
    small_office.publish(reminded("<timeDuration>P7D</timeDuration>"))
    small_office.start()
    small_office.start()
    first = small_office.rows(tasks)[0]
    small_office.executor.execute(CompleteTask(first.id, {}), ANN)
    return small_office


def test_a_healthy_system_has_no_problem(desk: Office) -> None:
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (tasks.update().where(tasks.c.status == "open").values(status="completed"), "has no row"),
        (tasks.update().values(status="open"), "its instance has ended"),
        (
            tasks.update().values(
                status="open",
                instance_id=sa.select(instances.c.id)
                .where(instances.c.status == "active")
                .scalar_subquery(),
            ),
            "its state does not wait",
        ),
        (timers.delete(), "has no row"),
        (timers.update().values(due_at=sa.func.datetime("2030-01-01")), "due at another time"),
        (instances.update().values(marking={}), "shown as active"),
        (instances.update().values(status="completed"), "its instance has ended"),
        (
            history.update().where(history.c.seq == 2).values(actor_id="mallory"),
            "entry 2 was changed",
        ),
        (history.delete().where(history.c.seq == 2), "entry 2 is missing"),
        (history.delete().where(history.c.seq > 2), "its end"),
    ],
)
def test_damage_is_found(desk: Office, damage: sa.Executable, words: str) -> None:
    with database.writing(desk.executor.engine) as connection, connection.begin():
        connection.execute(damage)

    assert any(words in problem for problem in desk.problems())
