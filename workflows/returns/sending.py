"""Write the return as XML and as tables, person by person, so that memory does not grow with it."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final
from xml.sax.saxutils import escape

from workflows.returns import census as years, fields
from workflows.returns.census import Census
from workflows.returns.model import PERSON, Module

INDENT: Final = "  "
OFFICERS: Final = ("DMO", "DCO", "DSCO")
_SAFE: Final = ("=", "+", "-", "@", "\t", "\r")


def header(values: Mapping[str, str], census: Census, now: dt.datetime) -> str:
    """Return the header of the message; `values` has LEA and the officers."""
    software, release, serial = years.software()
    details = (
        ("Collection", "SEN2"),
        ("Year", str(census.year)),
        ("ReferenceDate", census.day.isoformat()),
    )
    source = (
        ("SourceLevel", "L"),
        ("LEA", values.get("LEA", "")),
        ("SoftwareCode", software),
        ("Release", release),
        ("SerialNo", serial),
        ("DateTime", now.strftime("%Y-%m-%dT%H:%M:%S")),
        *((each, values.get(each, "")) for each in OFFICERS),
    )
    return (
        f"{INDENT}<Header>\n"
        + _block("CollectionDetails", details)
        + _block("Source", source)
        + f"{INDENT}</Header>\n"
    )


def xml(head: str, persons: Iterable[Module]) -> Iterator[str]:
    """Yield the message as text, a person at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n'
    yield head
    yield f"{INDENT}<Persons>\n"
    for each in persons:
        yield element(each, 2)
    yield f"{INDENT}</Persons>\n</Message>\n"


def element(module: Module, depth: int = 0) -> str:
    """Return a module as an element; empty items are left out."""
    lines: list[str] = []
    _lines(module, depth, lines)
    return "".join(lines)


def _lines(module: Module, depth: int, lines: list[str]) -> None:
    kind, indent = fields.kinds()[module.element], INDENT * depth
    lines.append(f"{indent}<{module.element}>\n")
    for name in kind.order:
        if name in kind.fields:
            text = module.text(name)
            if text:
                lines.append(f"{indent}{INDENT}<{name}>{escape(text)}</{name}>\n")
            continue
        for part in module.of(name):
            _lines(part, depth + 1, lines)
    lines.append(f"{indent}</{module.element}>\n")


def _block(name: str, items: Iterable[tuple[str, str]]) -> str:
    inner = "".join(f"{INDENT * 3}<{key}>{escape(text)}</{key}>\n" for key, text in items if text)
    return f"{INDENT * 2}<{name}>\n{inner}{INDENT * 2}</{name}>\n"


class Tables:
    """The modules as CSV files, one a module; each row has its number and that of the row above."""

    def __init__(self, folder: Path) -> None:
        """Open a file for each module in a folder."""
        self._folder = folder
        self._stack = ExitStack()
        self._files: dict[str, IO[str]] = {}
        self._writers: dict[str, csv.DictWriter[str]] = {}
        self._counts = dict.fromkeys(fields.kinds(), 0)
        for name, kind in fields.kinds().items():
            path = folder / f"{kind.table}.csv"
            file = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            columns = ["row", *(["within_row"] if name != PERSON else []), *kind.fields]
            self._writers[name] = csv.DictWriter(file, columns)
            self._writers[name].writeheader()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows each module has."""
        return self._counts

    def write(self, person: Module) -> None:
        """Write a person with all that is inside."""
        self._row(person, 0)

    def _row(self, module: Module, above: int) -> None:
        self._counts[module.element] += 1
        number = self._counts[module.element]
        row = {name: harmless(module.text(name)) for name in fields.kinds()[module.element].fields}
        row["row"] = str(number)
        if module.element != PERSON:
            row["within_row"] = str(above)
        self._writers[module.element].writerow(row)
        for each in module.parts:
            self._row(each, number)

    def close(self) -> None:
        """Finish the files."""
        self._stack.close()

    def zip_to(self, target: Path) -> None:
        """Finish the files and pack them."""
        self.close()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for kind in fields.kinds().values():
                archive.write(self._folder / f"{kind.table}.csv", f"{kind.table}.csv")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_SAFE) else text


def as_bytes(parts: Iterable[str]) -> Iterator[bytes]:
    """Return text as UTF-8, in pieces that are worth writing."""
    buffer = io.StringIO()
    for each in parts:
        buffer.write(each)
        if buffer.tell() > 65_536:  # noqa: PLR2004 (bytes)
            yield buffer.getvalue().encode()
            buffer = io.StringIO()
    yield buffer.getvalue().encode()
