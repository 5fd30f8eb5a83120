"""Read a file that the Department for Education published, row by row: all is right, or it is refused."""

import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from engine import errors
from workflows.statistics import cells, places
from workflows.statistics.areas import ENGLAND, MOST, PARTS_OF_LONDON, Area
from workflows.statistics.cells import Period, Value, Wrong
from workflows.statistics.measures import KINDS, Kind

SIZE_LIMIT: Final = 100_000_000  # bytes
ROW_LIMIT: Final = 1_000_000
FAULTS_SHOWN: Final = 50
FAULTS_KEPT: Final = 1_000
PUBLISHED: Final = "explore-education-statistics.service.gov.uk"
PLACE: Final = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "region_code",
    "region_name",
    "new_la_code",
    "la_name",
    "breakdown_topic",
    "breakdown",
)
_BEGINNINGS: Final = (
    (b"PK\x03\x04", "it is an Excel or ZIP file. Unpack it, or save it as “CSV UTF-8”"),
    (b"\xd0\xcf\x11\xe0", "it is an old Excel file. Save it as “CSV UTF-8”"),
    (b"\xff\xfe", "it is in UTF-16. Save it as “CSV UTF-8”"),
    (b"\xfe\xff", "it is in UTF-16. Save it as “CSV UTF-8”"),
    (b"%PDF", "it is a PDF. Choose the data file (CSV)"),
    (b"<", "it is a web page. Choose the data file (CSV)"),
)
_TOTAL: Final = re.compile(r"(all|total)\b", re.IGNORECASE)


class UnacceptableStatistics(errors.Invalid):
    """The files cannot be taken. Nothing was loaded."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a year of an area has, by the codes of measures."""

    line: int
    area: Area
    period: Period
    values: Mapping[str, Value]


def refuse(messages: Sequence[str]) -> UnacceptableStatistics:
    """Return the refusal with what is wrong, cut to what somebody reads at once."""
    shown = list(messages[:FAULTS_SHOWN])
    if len(messages) > FAULTS_SHOWN:
        shown.append(f"There are {len(messages) - FAULTS_SHOWN:,} more")
    summary = f"Nothing was loaded. {shown[0]}."
    return UnacceptableStatistics(summary, errors={"files": tuple(shown)})


class PublishedFile:
    """A file while it is read; what is wrong with it is told at its end, by line and column."""

    def __init__(self, stream: BinaryIO, name: str, today: dt.date) -> None:
        """Read the first line.

        Args:
            stream: The file; it can be wound back to its beginning.
            name: What messages call it.
            today: The date in London.

        Raises:
            UnacceptableStatistics: it is none of the published files.
        """
        self.name = name
        self.left_out = 0  # rows of other breakdowns
        self._today = today
        self._faults: list[str] = []
        self._seen: dict[tuple[int, str], int] = {}
        self._areas: dict[str, str] = {}
        self._lines = self._read(stream)
        first = next(self._lines, (1, []))[1]
        self._width = len(first)
        self._header = self._columns(first)
        self.kind = self._kind()

    def __iter__(self) -> Iterator[Row]:
        """Yield the totals of each area and year.

        Raises:
            UnacceptableStatistics: at the end, naming what is wrong in which line and column.
        """
        count = 0
        for line, texts in self._lines:
            if not any(text.strip() for text in texts):
                continue
            count += 1
            if count > ROW_LIMIT:
                raise refuse([f"{self.name}: it has more than {ROW_LIMIT:,} lines"])
            row = self._row(line, texts)
            if row is not None:
                yield row
        self._refuse_incomplete(count)
        if self._faults:
            raise refuse(self._faults)

    def _read(self, stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
        """Yield each line of cells with its number; the file is never in memory as a whole."""
        self._refuse_other_files(stream)
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        reader = csv.reader(text, strict=True)
        begins = 1
        try:
            for texts in reader:
                if any("\x00" in each for each in texts):
                    raise refuse([f"{self.name}, line {begins}: it has signs that no text has"])
                yield begins, texts
                begins = reader.line_num + 1
        except UnicodeDecodeError:
            message = "it is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”"
            raise refuse([f"{self.name}, near line {begins}: {message}"]) from None
        except csv.Error:
            message = "the quotation marks do not fit together. Load the file as published"
            raise refuse([f"{self.name}, line {begins}: {message}"]) from None
        finally:
            with suppress(ValueError):  # whoever opened the file has closed it already
                text.detach()

    def _refuse_other_files(self, stream: BinaryIO) -> None:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        begins = stream.read(8)
        stream.seek(0)
        if not size:
            raise refuse([f"{self.name}: the file is empty"])
        if size > SIZE_LIMIT:
            raise refuse([f"{self.name}: it is larger than {SIZE_LIMIT // 1_000_000} MB"])
        for sign, message in _BEGINNINGS:
            if begins.lstrip().startswith(sign):
                raise refuse([f"{self.name}: {message}"])

    def _columns(self, texts: Sequence[str]) -> dict[str, int]:
        names = [re.sub(r"[\s-]+", "_", text.strip().lower()) for text in texts]
        if len(names) == 1 and re.search(r"[;\t|]", names[0]):
            raise refuse(
                [f"{self.name}, line 1: the columns must be parted by commas. Save it as “CSV”"]
            )
        wanted = {*PLACE, *(each.column for kind in KINDS for each in kind.measures)}
        twice = sorted({name for name in names if names.count(name) > 1 and name in wanted})
        if twice:
            raise refuse(
                [f"{self.name}, line 1: the column “{name}” is there twice" for name in twice]
            )
        return {name: position for position, name in enumerate(names)}

    def _kind(self) -> Kind:
        """Return what the file is about: the kind that it has most columns of."""
        shares = [(self._share(kind), kind) for kind in KINDS]
        share, kind = max(shares, key=lambda each: each[0])
        if share == 0:
            files = ", ".join(kind.file for kind in KINDS)
            message = (
                f"{self.name}, line 1: no column is one of those published with “Education, "
                f"health and care plans”. Choose from these files of {PUBLISHED}: {files}"
            )
            raise refuse([message])
        columns = (*PLACE, *(each.column for each in kind.measures))
        lacking = [name for name in columns if name not in self._header]
        if lacking:
            raise refuse([self._lacks(kind, name) for name in lacking])
        return kind

    def _share(self, kind: Kind) -> float:
        columns = [each.column for each in kind.measures]
        return sum(column in self._header for column in columns) / len(columns)

    def _lacks(self, kind: Kind, column: str) -> str:
        near = difflib.get_close_matches(column, self._header, n=1)
        hint = f" It has “{near[0]}” instead." if near else ""
        return (
            f"{self.name}, line 1: it looks like “{kind.title}” ({kind.file}), but the column "
            f"“{column}” is missing.{hint} Load the file as published for a year from 2022 on"
        )

    def _row(self, line: int, texts: Sequence[str]) -> Row | None:
        """Return what a line has; None where it is left out, or wrong, which is remembered."""
        if len(texts) != self._width:
            self._wrong(line, f"it has {len(texts)} cells; line 1 has {self._width}")
            return None
        given = {name: texts[position].strip() for name, position in self._header.items()}
        if not (_TOTAL.match(given["breakdown_topic"]) and _TOTAL.match(given["breakdown"])):
            self.left_out += 1
            return None
        if given["region_code"] in PARTS_OF_LONDON and not given["new_la_code"]:
            self.left_out += 1
            return None
        try:
            return self._total(line, given)
        except Wrong as error:
            self._wrong(line, str(error), error.column)
            return None

    def _total(self, line: int, given: Mapping[str, str]) -> Row | None:
        area = places.area_of(given)
        if len(self._areas) > MOST:
            raise refuse([f"{self.name}, line {line}: it has more areas than England ever had"])
        if self._areas.setdefault(area.code, area.name) != area.name:
            before = self._areas[area.code]
            raise Wrong(f"{area.code} is called “{area.name}” here, “{before}” above", "la_name")
        period = cells.period_of(
            given["time_identifier"], given["time_period"], self.kind, self._today
        )
        first = self._seen.setdefault((period.year, area.code), line)
        if first != line:
            message = f"{area.name} has figures for {period.words} on line {first} already"
            raise Wrong(message, "time_period")
        values = self._values(line, given)
        return Row(line, area, period, values) if values else None

    def _values(self, line: int, given: Mapping[str, str]) -> dict[str, Value]:
        """Return all figures of a line, none where one is wrong."""
        values: dict[str, Value] = {}
        for measure in self.kind.measures:
            try:
                values[measure.code] = cells.value_of(given[measure.column], measure.unit)
            except Wrong as error:
                self._wrong(line, str(error), measure.column)
        return values if len(values) == len(self.kind.measures) else {}

    def _wrong(self, line: int, message: str, column: str = "") -> None:
        place = f"line {line}, column {column}" if column else f"line {line}"
        self._faults.append(f"{self.name}, {place}: {message}")
        if len(self._faults) > FAULTS_KEPT:
            raise refuse(self._faults)

    def _refuse_incomplete(self, count: int) -> None:
        """Refuse what is no whole file: England is what each authority is held against."""
        if not count:
            raise refuse([f"{self.name}: it has no figures, only names of columns"])
        years = {year for year, _ in self._seen}
        if not years and not self._faults:
            raise refuse(
                [f"{self.name}: it has no totals (breakdown “All …”). Load it as published"]
            )
        self._faults += [
            f"{self.name}: {year} has no line for England (National). Load the file as published"
            for year in sorted(years)
            if (year, ENGLAND) not in self._seen and not self._faults
        ]
