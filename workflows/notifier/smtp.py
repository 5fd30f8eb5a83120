"""Send emails by a mail server."""

import smtplib
from typing import Final
from urllib.parse import unquote, urlsplit

from engine.changes import Values
from workflows.notifier import mail

TIMEOUT: Final = 20  # seconds
PERMANENT: Final = 500  # replies of a mail server from here on will not change (RFC 5321, 4.2.1)


class SmtpSender:
    """Sends by a mail server; `url` is smtp:// or smtps://user:password@host:port."""

    def __init__(self, url: str, mail_from: str) -> None:
        """Keep where to send from and to."""
        self._parts = urlsplit(url)
        self._from = mail_from

    def send(self, key: str, payload: Values) -> str:
        """Send an email; return its Message-ID.

        Raises:
            OSError: the server cannot be reached, or does not take it now.
            mail.BadAddress: it is for nobody.
        """
        found = mail.message(key, payload, self._from)
        kind = smtplib.SMTP_SSL if self._parts.scheme == "smtps" else smtplib.SMTP
        with kind(self._parts.hostname or "", self._parts.port or 25, timeout=TIMEOUT) as server:
            if self._parts.username:
                if self._parts.scheme == "smtp":
                    server.starttls()
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            try:
                server.send_message(found)
            except smtplib.SMTPRecipientsRefused as refusal:
                code, said = next(iter(refusal.recipients.values()))
                if code >= PERMANENT:
                    raise mail.BadAddress(
                        f"The mail server refused the address: {_text(said)}"
                    ) from refusal
                raise
        return str(found["Message-ID"])


def _text(said: bytes | str) -> str:
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:200]
