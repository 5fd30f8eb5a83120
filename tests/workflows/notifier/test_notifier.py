"""Emails leave by one way, whichever an installation has; what became of them is known."""

import datetime as dt
import email
import email.policy
import io
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine import ports
from engine.store.tables import outbox
from engine.worker.deliveries import follow_up
from engine.worker.outbox import send_queued
from tests.support.county import County
from tests.support.notify import KEY, FakeNotify
from webapp.settings import BadSettings, from_environment
from workflows.notifier.choose import MailSettings, Notifier, senders
from workflows.notifier.console import ConsoleSender
from workflows.notifier.folder import FolderSender
from workflows.notifier.mail import BadAddress
from workflows.notifier.notify import NotifySender
from workflows.notifier.smtp import SmtpSender

LETTER = {"to": "joan@families.test", "subject": "New\ndocument", "text": "Sign in to read it."}


class _MailServer(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a letter needs."""

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "RCPT" and "nobody" in line:
                self.say("550 no such person")
            elif word == "RCPT" and "later" in line:
                self.say("450 try later")
            elif word == "DATA":
                self.say("354 go on")
                text = b""
                while (data := self.rfile.readline()) != b".\r\n":
                    text += data
                self.server.letters.append(text)  # type: ignore[attr-defined]
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def mail_server() -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _MailServer) as server:
        server.letters = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def by_smtp(server: Any) -> SmtpSender:
    return SmtpSender(f"smtp://127.0.0.1:{server.server_address[1]}", "send@wolds.test")


def by_notify(fake: FakeNotify) -> NotifySender:
    return NotifySender(KEY, "the-template", fake.url)


def read(data: bytes) -> Any:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_a_mail_server_gets_the_letter(mail_server: Any) -> None:
    reference = by_smtp(mail_server).send("notice:1", LETTER)

    (letter,) = mail_server.letters
    assert read(letter)["To"] == "joan@families.test"
    assert read(letter)["Subject"] == "New document"
    assert reference == read(letter)["Message-ID"] == "<notice.1@ehcflow>"


def test_an_address_that_a_mail_server_refuses_is_not_tried_again(mail_server: Any) -> None:
    with pytest.raises(BadAddress, match="no such person"):
        by_smtp(mail_server).send("notice:1", {**LETTER, "to": "nobody@families.test"})
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        by_smtp(mail_server).send("notice:1", {**LETTER, "to": "later@families.test"})


def test_a_folder_gets_one_file_a_letter(tmp_path: Path) -> None:
    sender = FolderSender(tmp_path / "outgoing", "send@wolds.test")

    names = {sender.send("notice:1", LETTER) for _ in range(2)}

    assert names == {"notice_1.eml"}
    assert read((tmp_path / "outgoing" / "notice_1.eml").read_bytes())["From"] == "send@wolds.test"


def test_the_console_shows_the_letter() -> None:
    stream = io.StringIO()

    ConsoleSender("send@wolds.test", stream).send("notice:1", LETTER)

    assert "Sign in to read it." in stream.getvalue()


def test_notify_gets_the_letter_once(notify: FakeNotify) -> None:
    first = by_notify(notify).send("notice:1", LETTER)
    again = by_notify(notify).send("notice:1", LETTER)

    assert first == again
    (given,) = notify.sent.values()
    assert given == {
        "email_address": "joan@families.test",
        "template_id": "the-template",
        "reference": "notice:1",
        "personalisation": {"subject": "New document", "text": "Sign in to read it."},
    }


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("created", ports.Fate.UNDER_WAY),
        ("sending", ports.Fate.UNDER_WAY),
        ("delivered", ports.Fate.DELIVERED),
        ("permanent-failure", ports.Fate.FAILED),
        ("temporary-failure", ports.Fate.FAILED),
        ("technical-failure", ports.Fate.FAILED),
    ],
)
def test_notify_tells_what_became_of_it(notify: FakeNotify, status: str, fate: ports.Fate) -> None:
    reference = by_notify(notify).send("notice:1", LETTER)

    notify.status = status

    found = by_notify(notify).delivery(reference)
    assert found.fate is fate
    assert bool(found.reason) is (fate is ports.Fate.FAILED)


def test_what_notify_refuses_is_told_from_what_can_be_tried_again(notify: FakeNotify) -> None:
    notify.refuses = "email_address Not a valid email address"
    with pytest.raises(BadAddress, match="Not a valid email address"):
        by_notify(notify).send("notice:1", LETTER)
    notify.refuses = "Template not found"
    with pytest.raises(OSError, match="Template not found"):
        by_notify(notify).send("notice:1", LETTER)
    notify.refuses, notify.is_down = "", True
    with pytest.raises(OSError, match=r"GOV\.UK Notify"):
        by_notify(notify).send("notice:1", LETTER)
    with pytest.raises(OSError, match=r"GOV\.UK Notify"):
        by_notify(notify).delivery("x")


def row(county: County) -> Any:
    with county.system.read() as connection:
        statement = sa.select(*outbox.c).where(outbox.c.key.startswith("notice:"))
        return connection.execute(statement.order_by(outbox.c.queued_at, outbox.c.id)).first()


@pytest.fixture
def sent(small_county: County, notify: FakeNotify) -> County:
    """A county whose first notice has left by Notify."""
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    send_queued(small_county.system.executor, {"email": by_notify(notify)})
    return small_county


def pass_minutes(county: County, minutes: int) -> None:
    county.system.clock.move_to(county.system.clock.now() + dt.timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("status", "kept"), [("delivered", "delivered"), ("permanent-failure", "failed")]
)
def test_the_worker_asks_until_it_is_final(
    sent: County, notify: FakeNotify, status: str, kept: str
) -> None:
    by = {"email": by_notify(notify)}
    assert row(sent).status == "sent"
    assert follow_up(sent.system.executor, by) == 0, "not at once"
    pass_minutes(sent, 2)
    assert follow_up(sent.system.executor, by) == 0, "it is under way"

    notify.status = status
    pass_minutes(sent, 10)
    assert follow_up(sent.system.executor, by) == len(notify.sent)

    found = row(sent)
    assert (found.status, found.settled_at, found.ask_at) == (kept, sent.system.clock.now(), None)
    assert bool(found.last_error) is (kept == "failed")
    assert follow_up(sent.system.executor, by) == 0


def test_it_is_asked_again_when_notify_is_down_and_given_up_after_a_week(
    sent: County, notify: FakeNotify
) -> None:
    by = {"email": by_notify(notify)}
    notify.is_down = True
    pass_minutes(sent, 2)
    follow_up(sent.system.executor, by)
    assert row(sent).ask_at > sent.system.clock.now()

    pass_minutes(sent, 8 * 24 * 60)
    follow_up(sent.system.executor, by)

    assert (row(sent).status, row(sent).ask_at) == ("sent", None)


def test_what_notify_has_forgotten_is_asked_no_more(sent: County, notify: FakeNotify) -> None:
    notify.sent.clear()
    pass_minutes(sent, 2)

    follow_up(sent.system.executor, {"email": by_notify(notify)})

    assert (row(sent).status, row(sent).ask_at) == ("sent", None)


@pytest.mark.parametrize(
    ("given", "way"),
    [
        ({}, Notifier.FOLDER),
        ({"EHCFLOW_SMTP_URL": "smtp://mail"}, Notifier.SMTP),
        (
            {
                "EHCFLOW_SMTP_URL": "smtp://mail",
                "EHCFLOW_NOTIFY_KEY": KEY,
                "EHCFLOW_NOTIFY_TEMPLATE": "t",
            },
            Notifier.NOTIFY,
        ),
        ({"EHCFLOW_NOTIFIER": "console"}, Notifier.CONSOLE),
    ],
)
def test_settings_say_which_way(tmp_path: Path, given: dict[str, str], way: Notifier) -> None:
    settings = from_environment({"EHCFLOW_DEMO": "1", "EHCFLOW_INSTANCE": str(tmp_path), **given})

    assert settings.mail.notifier is way
    assert set(senders(settings.mail)) == {"email"}
    assert KEY not in f"{settings}{settings.mail}"


@pytest.mark.parametrize(
    "given",
    [
        {"EHCFLOW_NOTIFIER": "pigeon"},
        {"EHCFLOW_NOTIFIER": "smtp"},
        {"EHCFLOW_NOTIFIER": "notify"},
        {"EHCFLOW_NOTIFY_KEY": KEY},
        {"EHCFLOW_NOTIFY_KEY": "short", "EHCFLOW_NOTIFY_TEMPLATE": "t"},
    ],
)
def test_settings_that_are_not_clear_are_refused(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(BadSettings, match="EHCFLOW_"):
        from_environment({"EHCFLOW_DEMO": "1", "EHCFLOW_INSTANCE": str(tmp_path), **given})


@pytest.mark.parametrize("way", [Notifier.SMTP, Notifier.FOLDER, Notifier.CONSOLE, Notifier.NOTIFY])
def test_no_way_writes_to_what_is_no_address(tmp_path: Path, way: Notifier) -> None:
    settings = MailSettings(way, "smtp://127.0.0.1:9", "send@wolds.test", tmp_path, KEY, "t", "")

    with pytest.raises(BadAddress):
        senders(settings)["email"].send("notice:1", {**LETTER, "to": "no address"})
