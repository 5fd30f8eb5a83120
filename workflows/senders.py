"""Send emails: by SMTP, or into a folder where there is no mail server."""

import email.message
import re
import smtplib
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from engine import errors
from engine.changes import Values
from engine.ports import Sender

TIMEOUT: Final = 20  # seconds
ADDRESS: Final = re.compile(r"^[^@\s<>\"]+@[^@\s<>\"]+$")


def senders(smtp_url: str, mail_from: str, folder: Path) -> Mapping[str, Sender]:
    """Return what sends each kind of outgoing message."""
    if smtp_url:
        return {"email": SmtpSender(smtp_url, mail_from)}
    return {"email": FolderSender(folder, mail_from)}


class SmtpSender:
    """Sends by a mail server; `url` is smtp:// or smtps://user:password@host:port."""

    def __init__(self, url: str, mail_from: str) -> None:
        """Keep where to send from and to."""
        self._parts = urlsplit(url)
        self._from = mail_from

    def send(self, key: str, payload: Values) -> str:
        """Send an email; the key becomes its Message-ID, so that a second copy can be told.

        Raises:
            OSError: the server cannot be reached, or does not take it now.
            errors.Invalid: the address is none.
        """
        message = _message(key, payload, self._from)
        kind = smtplib.SMTP_SSL if self._parts.scheme == "smtps" else smtplib.SMTP
        with kind(self._parts.hostname or "", self._parts.port or 25, timeout=TIMEOUT) as server:
            if self._parts.username:
                if self._parts.scheme == "smtp":
                    server.starttls()
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            server.send_message(message)
        return str(message["Message-ID"])


class FolderSender:
    """Writes emails into a folder: for a demo, or where another program takes them from."""

    def __init__(self, folder: Path, mail_from: str) -> None:
        """Keep the folder."""
        self._folder = folder
        self._from = mail_from

    def send(self, key: str, payload: Values) -> str:
        """Write an email; the same key writes the same file.

        Raises:
            errors.Invalid: the address is none.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{re.sub(r'[^A-Za-z0-9-]', '_', key)}.eml"
        path.write_bytes(bytes(_message(key, payload, self._from)))
        return path.name


def _message(key: str, payload: Values, mail_from: str) -> email.message.EmailMessage:
    to = str(payload.get("to", ""))
    if not ADDRESS.match(to):
        raise errors.Invalid("The email address cannot be written to.")
    message = email.message.EmailMessage()
    message["From"] = mail_from
    message["To"] = to
    message["Subject"] = str(payload.get("subject", "")).replace("\n", " ")
    message["Message-ID"] = f"<{re.sub(r'[^A-Za-z0-9-]', '.', key)}@ehcflow>"
    message.set_content(str(payload.get("text", "")))
    return message
