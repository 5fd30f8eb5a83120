"""Print emails, for developers; what is secret in them is printed as well."""

import sys
from typing import TextIO

from engine.changes import Values
from workflows.notifier import mail


class ConsoleSender:
    """Prints each email."""

    def __init__(self, mail_from: str, stream: TextIO | None = None) -> None:
        """Keep where to print: standard output, unless told otherwise."""
        self._from = mail_from
        self._stream = stream

    def send(self, key: str, payload: Values) -> str:
        """Print an email; return its Message-ID.

        Raises:
            mail.BadAddress: it is for nobody.
        """
        found = mail.message(key, payload, self._from)
        stream = self._stream or sys.stdout
        stream.write(f"{found}\n")
        stream.flush()
        return str(found["Message-ID"])
