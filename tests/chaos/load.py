"""A process under load, to be killed: people complete tasks, workers fire timers and send messages.

`python -m tests.chaos.load URL FOLDER` goes on until it is killed. What it was told to have happened
it writes to files in the folder at once: a line a completed task, a line a sent message.
"""

import datetime as dt
import os
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from engine import errors
from engine.changes import Values
from engine.commands.complete_task import CompleteTask
from engine.store import database
from engine.store.tables import tasks, timers
from engine.worker.outbox import send_queued
from engine.worker.timers import fire_due
from tests.support.diagrams import diagram, flows
from tests.support.office import ANN, Office, open_office

WORKERS = 2
PEOPLE = 3
# Goes round for ever: each round a task with a timer beside it, and a letter.
ROUND = diagram(
    '<startEvent id="start"/><userTask id="work"/>'
    '<boundaryEvent id="event" attachedToRef="work" cancelActivity="false">'
    "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
    '<serviceTask id="remind" camunda:type="external" camunda:topic="remind"/>'
    '<endEvent id="reminded"/>'
    '<serviceTask id="write" camunda:type="external" camunda:topic="write"/>'
    '<exclusiveGateway id="again" default="again_work"/><endEvent id="end"/>'
    '<sequenceFlow id="out" sourceRef="again" targetRef="end">'
    '<conditionExpression xsi:type="tFormalExpression">${1 == 2}</conditionExpression>'
    "</sequenceFlow>"
    + flows("start", "work", "write", "again", "work")
    + flows("event", "remind", "reminded")
)


class Book:
    """A file that keeps what was written to it, whatever happens to its writer."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def enter(self, text: object) -> None:
        os.write(self._file, f"{text}\n".encode())


class Post:
    """Writes down what is sent."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def send(self, key: str, payload: Values) -> str:
        del payload
        self._book.enter(key)
        return "taken"


def complete_any(office: Office, book: Book) -> None:
    """Complete some open task, and write it down once it is done."""
    with database.reading(office.executor.engine) as connection:
        statement = sa.select(tasks.c.id).where(tasks.c.status == "open").order_by(tasks.c.id)
        waiting: list[UUID] = list(connection.execute(statement).scalars())
    task_id = random.choice(waiting)
    office.executor.execute(CompleteTask(task_id, {}), ANN)
    book.enter(task_id)


def wind_up(office: Office) -> None:
    """Let the clock go on from where the killed process left it, so that timers are due at once."""
    with database.reading(office.executor.engine) as connection:
        latest = connection.execute(sa.select(sa.func.max(timers.c.due_at))).scalar_one()
    office.clock.move_to(latest)


def for_ever(job: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        while True:
            try:
                job()
            except errors.Conflict:
                continue  # somebody else was quicker
            except DBAPIError as error:
                if not database.is_passing(error):
                    raise

    return threading.Thread(target=run)


def main(url: str, folder: Path) -> None:
    """Go on until killed; say so once the first task is completed and the first timer fired."""
    office = open_office(url)
    wind_up(office)
    completed, sent = Book(folder / "completed"), Book(folder / "sent")
    senders = {"post": Post(sent)}
    one_completed, one_fired = threading.Event(), threading.Event()

    def complete() -> None:
        complete_any(office, completed)
        one_completed.set()

    def tick() -> None:
        office.pass_time(dt.timedelta(minutes=20))
        if fire_due(office.executor):
            one_fired.set()
        send_queued(office.executor, senders)

    threads = [for_ever(job) for job in [complete] * PEOPLE + [tick] * WORKERS]
    for each in threads:
        each.start()
    one_completed.wait()
    one_fired.wait()
    sys.stdout.write("under load\n")
    sys.stdout.flush()
    for each in threads:
        each.join()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
