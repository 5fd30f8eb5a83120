"""Make the files of the return: XML, the tables and the list of problems, person by person."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workflows.bootstrap import System
from workflows.returns import census as years, model, persons, schema, sending
from workflows.returns.model import Module
from workflows.store import returns

TELL_EVERY: Final = 250  # persons
MOST_FAULTS: Final = 20  # faults of the schema that are told
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made. `faults`: what the schema does not accept, the first of them in words."""

    xml: Path
    tables: Path
    counts: dict[str, int]
    faults: tuple[str, ...]


def make(system: System, year: int, folder: Path, *, tell: Tell = lambda _: None) -> Made:
    """Write the files of a year into a folder; no more than a few persons are in memory at a time.

    Args:
        system: Where the records are; bring them up to date before.
        year: Of the return.
        folder: Must be there.
        tell: Called now and then with the number of persons that are written.
    """
    chosen = years.of(year)
    xml, tables = folder / f"sen2-{year}.xml", folder / f"sen2-{year}-tables.zip"
    rows = folder / f"sen2-{year}-tables"
    rows.mkdir(exist_ok=True)
    written = _Written(rows, tell)
    with system.read() as connection:
        head = sending.header(returns.header(connection, year), chosen, system.now())
        written.faults += schema.faults_of_header(head)
        stored = ((key, model.load(kept)) for key, kept in returns.stream(connection, year))
        with xml.open("wb") as file:
            for part in sending.as_bytes(sending.xml(head, written.each(persons.together(stored)))):
                file.write(part)
    written.tables.zip_to(tables)
    shutil.rmtree(rows)
    return Made(xml, tables, dict(written.tables.counts), tuple(written.faults))


class _Written:
    """Takes each person on the way to the XML: checks it, writes its rows."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self.tables = sending.Tables(folder)
        self.faults: list[str] = []
        self._tell = tell
        self._persons = 0

    def each(self, found: Iterator[Module]) -> Iterator[Module]:
        for person in found:
            self._persons += 1
            if len(self.faults) < MOST_FAULTS:
                self.faults += schema.faults_of_person(sending.element(person))
            self.tables.write(person)
            if self._persons % TELL_EVERY == 0:
                self._tell(self._persons)
            yield person


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(now: dt.datetime) -> str:
    """Return a moment as part of a file's name."""
    return now.strftime("%Y%m%d-%H%M%S")
