"""What leaves the system leaves once, is tried again after failures, and given up in the end."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from engine import errors
from engine.changes import Values
from engine.store import database
from engine.store.tables import outbox
from engine.worker.outbox import ATTEMPTS, send_queued
from tests.support.diagrams import diagram, flows
from tests.support.office import Office

WITH_LETTER = diagram(
    '<startEvent id="start"/><serviceTask id="write" camunda:type="external" camunda:topic="write"/>'
    '<userTask id="work"/><endEvent id="end"/>' + flows("start", "write", "work", "end")
)


@dataclass
class Post:
    """Takes letters, unless it is on strike or the address is impossible."""

    on_strike: bool = False
    impossible: bool = False
    taken: list[str] = field(default_factory=list)

    def send(self, key: str, payload: Values) -> str:
        assert payload == {"about": "write"}
        if self.on_strike:
            raise ConnectionRefusedError("The post office is closed.")
        if self.impossible:
            raise errors.Invalid("There is no such address.")
        self.taken.append(key)
        return f"receipt {len(self.taken)}"


@pytest.fixture
def desk(office: Office) -> Office:
    office.publish(WITH_LETTER)
    office.start()
    return office


def test_a_letter_is_sent_once(desk: Office) -> None:
    post = Post()

    assert send_queued(desk.executor, {"post": post}) == 1
    assert send_queued(desk.executor, {"post": post}) == 0

    (row,) = desk.rows(outbox)
    assert (row.status, row.reference, post.taken) == ("sent", "receipt 1", [row.key])


def test_after_a_failure_it_waits_ever_longer_and_then_goes(desk: Office) -> None:
    post, waits = Post(on_strike=True), []
    for _ in range(3):
        assert send_queued(desk.executor, {"post": post}) == 0
        (row,) = desk.rows(outbox)
        waits.append(row.next_attempt_at - desk.clock.now())
        assert send_queued(desk.executor, {"post": post}) == 0, "not at once again"
        desk.pass_time(waits[-1])
    assert waits == sorted(set(waits))
    assert row.last_error == "The post office is closed."

    post.on_strike = False
    assert send_queued(desk.executor, {"post": post}) == 1


def test_it_is_given_up_in_the_end(desk: Office) -> None:
    post = Post(on_strike=True)
    for _ in range(ATTEMPTS):
        send_queued(desk.executor, {"post": post})
        desk.pass_time(dt.timedelta(hours=7))

    (row,) = desk.rows(outbox)
    assert (row.status, row.attempts, row.next_attempt_at) == ("failed", ATTEMPTS, None)


@pytest.mark.parametrize("senders", [{}, {"post": Post(impossible=True)}])
def test_what_can_never_be_sent_is_not_tried_again(desk: Office, senders: dict[str, Post]) -> None:
    assert send_queued(desk.executor, senders) == 0

    (row,) = desk.rows(outbox)
    assert (row.status, row.attempts) == ("failed", 1)
    assert row.last_error


def test_a_letter_that_a_dead_worker_had_taken_is_sent_by_another(desk: Office) -> None:
    class Dies:
        def send(self, key: str, payload: Values) -> str:
            raise KeyboardInterrupt((key, payload))

    with pytest.raises(KeyboardInterrupt):
        send_queued(desk.executor, {"post": Dies()})
    post = Post()
    assert send_queued(desk.executor, {"post": post}) == 0, "it may still be sending"

    desk.pass_time(dt.timedelta(minutes=6))

    assert send_queued(desk.executor, {"post": post}) == 1


def test_a_secret_is_forgotten_once_it_was_sent(desk: Office) -> None:
    with database.writing(desk.executor.engine) as connection, connection.begin():
        payload = {"about": "write", "link": "secret", "forget": ["link"]}
        connection.execute(outbox.update().values(payload=payload))

    class Takes:
        def send(self, key: str, payload: Values) -> str:
            assert payload["link"] == "secret"
            return key

    assert send_queued(desk.executor, {"post": Takes()}) == 1

    (row,) = desk.rows(outbox)
    assert "link" not in row.payload
