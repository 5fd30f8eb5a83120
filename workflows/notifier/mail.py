"""An email as a message that any mail program can read."""

import email.message
import re
from typing import Final

from engine import errors
from engine.changes import Values

ADDRESS: Final = re.compile(r"^[^@\s<>\"]+@[^@\s<>\"]+$")


class BadAddress(errors.Invalid):
    """The email address cannot be written to."""


def address_of(payload: Values) -> str:
    """Return whom an outgoing message is for.

    Raises:
        BadAddress: it is no email address.
    """
    to = str(payload.get("to", ""))
    if not ADDRESS.match(to):
        raise BadAddress
    return to


def subject_of(payload: Values) -> str:
    """Return the subject, in one line."""
    return " ".join(str(payload.get("subject", "")).split())


def message(key: str, payload: Values, mail_from: str) -> email.message.EmailMessage:
    """Return an email; the key becomes its Message-ID, so that a second copy can be told.

    Raises:
        BadAddress: it is for nobody.
    """
    found = email.message.EmailMessage()
    found["From"] = mail_from
    found["To"] = address_of(payload)
    found["Subject"] = subject_of(payload)
    found["Message-ID"] = f"<{re.sub(r'[^A-Za-z0-9-]', '.', key)}@ehcflow>"
    found.set_content(str(payload.get("text", "")))
    return found
