"""Write emails into a folder: for a demo, or where another program takes them from."""

import re
from pathlib import Path

from engine.changes import Values
from workflows.notifier import mail


class FolderSender:
    """Writes a file an email."""

    def __init__(self, folder: Path, mail_from: str) -> None:
        """Keep the folder."""
        self._folder = folder
        self._from = mail_from

    def send(self, key: str, payload: Values) -> str:
        """Write an email; the same key writes the same file. Return the file's name.

        Raises:
            OSError: the folder cannot be written to.
            mail.BadAddress: it is for nobody.
        """
        found = mail.message(key, payload, self._from)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{re.sub(r'[^A-Za-z0-9-]', '_', key)}.eml"
        path.write_bytes(bytes(found))
        return path.name
