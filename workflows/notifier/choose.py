"""Which notifier an installation has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from engine.ports import Sender
from workflows.notifier.console import ConsoleSender
from workflows.notifier.folder import FolderSender
from workflows.notifier.notify import NotifySender
from workflows.notifier.smtp import SmtpSender


class Notifier(StrEnum):
    """The ways out that there are."""

    SMTP = "smtp"
    NOTIFY = "notify"
    FOLDER = "folder"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How emails leave.

    Attributes:
        notifier: Which way.
        smtp_url: smtp://user:password@host:port, for SMTP.
        mail_from: The sender, for all but Notify, which knows its own.
        folder: Where the folder's emails are written.
        notify_key, notify_template, notify_url: For Notify; no address: its own.
    """

    notifier: Notifier
    smtp_url: str = field(repr=False)
    mail_from: str
    folder: Path
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_url: str = ""


def senders(settings: MailSettings) -> Mapping[str, Sender]:
    """Return what sends each kind of outgoing message."""
    return {"email": _sender(settings)}


def _sender(settings: MailSettings) -> Sender:
    match settings.notifier:
        case Notifier.SMTP:
            return SmtpSender(settings.smtp_url, settings.mail_from)
        case Notifier.NOTIFY:
            return NotifySender(settings.notify_key, settings.notify_template, settings.notify_url)
        case Notifier.FOLDER:
            return FolderSender(settings.folder, settings.mail_from)
        case Notifier.CONSOLE:
            return ConsoleSender(settings.mail_from)
