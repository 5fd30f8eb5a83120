"""What a receiver gets: exactly what was queued, in order, signed, again after failures and a kill."""

import datetime as dt
import importlib.util
import json
import re
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import errors, ports
from engine.store.database import count_statements
from engine.store.tables import outbox
from engine.worker import outbox as sending
from tests.support.county import County
from tests.support.receiver import Received, Receiver
from tests.support.source import ROOT
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.record_delivery import OFF_AFTER_FAILURES, RecordDelivery
from workflows.commands.rotate_webhook_secret import RotateWebhookSecret
from workflows.commands.send_delivery_again import SendDeliveryAgain
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.queries import delivery_log, webhook_list
from workflows.queries.delivery_log import Delivery
from workflows.store import webhooks
from workflows.webhooks import addresses
from workflows.webhooks.details import WebhookDetails
from workflows.webhooks.posting import Answer
from workflows.webhooks.sender import Attempt, Ways, WebhookSender

EVENTS = ("case.opened", "task.opened", "fact.request_received")
SITE = "https://ehcflow.example.org"


def loopback(*_: object) -> list[str]:
    return ["127.0.0.1"]


class Told:
    """A county with a webhook, and a worker that sends."""

    def __init__(self, county: County, receiver: Receiver, *, agency: str = "") -> None:
        self.county, self.receiver = county, receiver
        self.allowed = frozenset({receiver.host})
        details = WebhookDetails("Case system", receiver.address, EVENTS, agency)
        self.command = AddWebhook(details, self.allowed)
        self.do(self.command)
        self.id = self.command.webhook_id
        self.sender = self.worker()

    def do(self, command: object) -> None:
        self.county.system.execute(command, self.county.person("admin"))

    def worker(self, resolver: addresses.Resolver = loopback) -> Any:
        system = self.county.system

        def attempted(attempt: Attempt) -> None:
            system.execute(RecordDelivery(attempt), ports.SYSTEM)

        ways = Ways(SITE, self.allowed, resolver)
        return WebhookSender(system.engine, system.now, ways, attempted)

    def send(self) -> int:
        return sending.send_kind(self.county.system.executor, webhooks.KIND, self.sender)

    def pass_time(self, **length: float) -> None:
        clock = self.county.system.clock
        clock.move_to(clock.now() + dt.timedelta(**length))

    def log(self) -> tuple[Delivery, ...]:
        with self.county.system.read() as connection:
            return delivery_log.delivery_log(connection, self.id, limit=100).items

    def row(self) -> webhook_list.WebhookRow:
        with self.county.system.read() as connection:
            return webhook_list.webhook_list(connection, self.id)[0]

    def types(self) -> list[str]:
        return [json.loads(each.body)["type"] for each in self.receiver.received]


@pytest.fixture
def told(small_county: County, receiver: Receiver) -> Told:
    return Told(small_county, receiver)


@pytest.fixture(scope="session")
def is_genuine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bool]:
    """The check of the guide, as a receiver would copy it."""
    guide = (ROOT / "docs" / "guides" / "webhooks.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    path = tmp_path_factory.mktemp("receiver") / "checking.py"
    path.write_text(code)
    spec = importlib.util.spec_from_file_location("checking", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["checking"] = module
    spec.loader.exec_module(module)
    found: Callable[..., bool] = module.is_genuine
    return found


def checks(told: Told, check: Callable[..., bool], secret: str, received: Received) -> bool:
    return check(secret, received.headers, received.body, told.county.system.now().timestamp())


def test_a_case_that_begins_is_told_once_in_order_and_without_personal_data(told: Told) -> None:
    case_id = told.county.open_case()

    assert told.send() == 3
    assert told.types() == ["case.opened", "fact.request_received", "task.opened"]
    assert told.send() == 0
    first = json.loads(told.receiver.received[0].body)
    assert first["data"]["case_id"] == str(case_id)
    assert first["data"]["url"].startswith(f"{SITE}/api/v1/")
    everything = b"".join(each.body for each in told.receiver.received)
    for word in (b"Ada", b"Example", b"Joan", b"2017", b"EHC-"):
        assert word not in everything


def test_the_receivers_check_of_the_guide_accepts_it_and_nothing_else(
    told: Told, is_genuine: Callable[..., bool]
) -> None:
    told.do(SendTestEvent(told.id))
    told.send()
    (received,) = told.receiver.received
    now = told.county.system.now().timestamp()
    secret = told.command.secret

    assert is_genuine(secret, received.headers, received.body, now)
    assert not is_genuine(secret, received.headers, received.body + b" ", now)
    assert not is_genuine(secret, received.headers, received.body, now + 301)
    assert not is_genuine(secret, {**received.headers, "webhook-id": "x"}, received.body, now)
    assert not is_genuine(webhooks_secret(), received.headers, received.body, now)


def webhooks_secret() -> str:
    return AddWebhook(WebhookDetails("", "", ())).secret


def test_after_a_change_of_the_secret_both_are_good_for_a_day(
    told: Told, is_genuine: Callable[..., bool]
) -> None:
    rotated = RotateWebhookSecret(told.id)
    told.do(rotated)

    for hours, old_is_good in ((0, True), (23, True), (2, False)):
        told.pass_time(hours=hours)
        told.do(SendTestEvent(told.id))
        told.send()
        received = told.receiver.received[-1]
        assert checks(told, is_genuine, rotated.secret, received)
        assert checks(told, is_genuine, told.command.secret, received) == old_is_good


def test_what_fails_is_tried_again_in_the_order_of_the_case(told: Told) -> None:
    told.receiver.status = 503
    told.county.open_case()

    assert told.send() == 0
    assert len(told.receiver.received) == 1, "the others wait for the first"
    told.receiver.status = 200
    for _ in range(12):
        told.pass_time(seconds=31)
        told.send()
    sent = told.receiver.received[1:]

    queued = [each.id for each in reversed(told.log())]
    assert sorted(each.headers["webhook-id"] for each in sent) == sorted(queued)
    assert sent[0].headers["webhook-id"] == told.receiver.received[0].headers["webhook-id"]
    assert {each.status for each in told.log()} == {"sent"}
    assert told.row().failures == 0


def test_a_worker_that_dies_after_sending_sends_once_more_under_the_same_identifier(
    told: Told,
) -> None:
    told.do(SendTestEvent(told.id))

    class KilledError(BaseException):
        """The process ends here."""

    def killed(_: Attempt) -> None:
        raise KilledError

    system = told.county.system
    told.sender = WebhookSender(
        system.engine, system.now, Ways(SITE, told.allowed, loopback), killed
    )
    with pytest.raises(KilledError):
        told.send()
    told.sender = told.worker()
    assert told.send() == 0, "it is claimed for a while"
    told.pass_time(minutes=6)

    assert told.send() == 1
    first, second = told.receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_it_is_given_up_after_twelve_attempts_and_can_be_sent_again(told: Told) -> None:
    told.receiver.status = 500
    told.do(SendTestEvent(told.id))
    for _ in range(sending.ATTEMPTS + 3):
        told.send()
        told.pass_time(hours=7)

    (given_up,) = told.log()
    assert given_up.status == "failed"
    assert len(given_up.attempts) == sending.ATTEMPTS
    assert given_up.attempts[0].problem == "The receiver answered 500."
    told.receiver.status = 200
    told.do(SendDeliveryAgain(told.id, given_up.id))
    with pytest.raises(errors.Conflict):
        told.do(SendDeliveryAgain(told.id, given_up.id))
    assert told.send() == 1
    assert told.receiver.received[-1].headers["webhook-id"] == given_up.id


def test_redirects_are_not_followed(told: Told) -> None:
    told.receiver.status = 307
    told.receiver.sends = {"Location": told.receiver.address}
    told.do(SendTestEvent(told.id))

    told.send()

    assert len(told.receiver.received) == 1
    assert "redirects are not followed" in told.log()[0].attempts[0].problem


def test_a_name_that_leads_inside_when_it_is_sent_is_refused_for_good(told: Told) -> None:
    details = WebhookDetails("Case system", "https://hooks.example.org/in", EVENTS)
    told.do(ChangeWebhook(told.id, details))
    told.do(SendTestEvent(told.id))
    told.sender = told.worker(lambda *_: ["169.254.169.254"])

    told.send()

    (refused,) = told.log()
    assert refused.status == "failed"
    assert "not reachable from outside" in refused.attempts[0].problem
    assert told.receiver.received == []


def test_after_a_day_of_failures_it_is_switched_off_and_administrators_are_told(
    told: Told,
) -> None:
    failed = RecordDelivery(Attempt(told.id, "msg_x", Answer(500, "No.", 3)))
    for _ in range(OFF_AFTER_FAILURES):
        told.county.system.execute(failed, ports.SYSTEM)
    assert told.row().on, "a day has not passed"
    told.pass_time(hours=25)

    told.county.system.execute(failed, ports.SYSTEM)

    assert not told.row().on
    assert "none was taken" in told.row().off_reason
    assert emails(told.county) == [("admin@demo.test", "A webhook was switched off")]
    told.do(SwitchWebhook(told.id, on=True))
    assert (told.row().on, told.row().failures) == (True, 0)


def test_while_it_is_off_nothing_is_queued_and_what_waits_is_given_up(told: Told) -> None:
    told.do(SendTestEvent(told.id))
    told.do(SwitchWebhook(told.id, on=False))
    told.county.open_case()

    told.send()

    assert [each.status for each in told.log()] == ["failed"]
    assert told.receiver.received == []
    with pytest.raises(errors.Conflict):
        told.do(SendTestEvent(told.id))


def test_a_webhook_of_an_agency_is_told_of_its_cases_alone(
    small_county: County, receiver: Receiver
) -> None:
    of_setting = Told(small_county, receiver, agency="st-aidans")
    small_county.open_case(setting="wold-academy")
    of_others = of_setting.log()

    case_id = small_county.open_case(setting="st-aidans")
    small_county.walk(case_id, until="give_views")
    assert of_others == ()
    assert {each.event for each in of_setting.log()} == {"task.opened"}


def test_a_refused_step_tells_nothing(told: Told) -> None:
    with pytest.raises(errors.Invalid):
        told.county.open_case(child_date_of_birth="tomorrow")

    assert told.log() == ()


def test_a_step_without_webhooks_asks_nothing_more(small_county: County) -> None:
    first = small_county.open_case()
    rows = small_county.open_tasks(first)
    small_county.system.domain.subscriptions.forget()
    with count_statements(small_county.system.engine) as asked:
        small_county.complete_row(rows[0])
    reread = [each for each in asked.sent if "webhooks" in each]
    second = small_county.open_case(child_first_name="Grace")
    rows = small_county.open_tasks(second)
    with count_statements(small_county.system.engine) as kept:
        small_county.complete_row(rows[0])

    assert len(reread) == 1
    assert not any("webhook" in each for each in kept.sent)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (WebhookDetails("", "https://hooks.example.org", EVENTS), "name"),
        (WebhookDetails("X", "https://10.0.0.1/", EVENTS), "address"),
        (WebhookDetails("X", "http://hooks.example.org", EVENTS), "address"),
        (WebhookDetails("X", "https://hooks.example.org", ()), "events"),
        (WebhookDetails("X", "https://hooks.example.org", ("fact.nothing",)), "events"),
        (WebhookDetails("X", "https://hooks.example.org", EVENTS, "nobody"), "agency_id"),
    ],
)
def test_what_is_wrong_with_a_webhook_is_said_at_its_field(
    small_county: County, details: WebhookDetails, field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        small_county.system.execute(AddWebhook(details), small_county.person("admin"))

    assert list(refused.value.errors) == [field]


def test_a_receiver_that_refuses_the_connection_is_told_of_in_words(told: Told) -> None:
    told.do(SendTestEvent(told.id))
    details = WebhookDetails("Case system", "http://localhost:1/", EVENTS)
    told.allowed = frozenset({"localhost:1"})
    told.do(ChangeWebhook(told.id, details, allowed=told.allowed))
    told.sender = told.worker()

    told.send()

    assert told.log()[0].attempts[0].problem == "The receiver refused the connection."


def emails(county: County) -> list[tuple[str, str]]:
    with county.system.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.payload).where(
                outbox.c.kind == "email", outbox.c.key.like("webhook-off:%")
            )
        ).scalars()
        return [(each["to"], each["subject"]) for each in rows]


def test_a_webhook_that_is_not_there_is_not_found(small_county: County) -> None:
    with pytest.raises(errors.NotFound):
        small_county.system.execute(SendTestEvent(UUID(int=1)), small_county.person("admin"))
