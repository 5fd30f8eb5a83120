"""Read a CSV file of learners, which anybody may have made: all of it is right, or nothing is taken."""

import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine import errors
from workflows.transition import load
from workflows.transition.details import LearnerDetails, faults
from workflows.transition.model import Kind, school_year_of

SIZE_LIMIT: Final = 5_000_000  # bytes
ROW_LIMIT: Final = 5_000
FAULTS_SHOWN: Final = 100
CELL_LIMIT: Final = 1_000  # characters
REQUIRED: Final = ("first_name", "last_name", "date_of_birth", "kind", "year_group", "setting_kind")
OPTIONAL: Final = ("school_year", "setting", "leaves_in", "statement_date")
COLUMNS: Final = (*REQUIRED, *OPTIONAL)
_UK_DATE: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEARS: Final = re.compile(r"([0-9]{4})(?:\s*(?:/|-|–|to)\s*(?:[0-9]{2}|[0-9]{4}))?")
_KINDS: Final = {
    "statement": Kind.STATEMENT,
    "lda": Kind.LDA,
    "learning difficulty assessment": Kind.LDA,
}


class UnacceptableLearners(errors.Invalid):
    """The file has learners that cannot be taken. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Line:
    """A learner, with the line of the file that has it."""

    number: int
    details: LearnerDetails


class _Wrong(Exception):
    """What is wrong with a cell."""


def read(data: bytes, settings: Mapping[str, str], today: dt.date) -> tuple[Line, ...]:
    """Return the learners of a file.

    Args:
        data: The file as it was sent.
        settings: Name (in small letters) or code of each known setting, to its code.
        today: The date in London.

    Raises:
        UnacceptableLearners: with every fault by its line, the first hundred.
    """
    rows = _rows(_text(data))
    header = _header(next(rows, (1, []))[1])
    found: list[Line] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    count = 0
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > ROW_LIMIT:
            raise refuse([f"There are more than {ROW_LIMIT:,} learners. Split the file"])
        details, messages = _details(header, cells, settings, today)
        if details is not None:
            before = seen.setdefault(details.identity, number)
            if before != number:
                messages = [f"The same learner is on line {before}"]
            found.append(Line(number, details))
        wrong += [f"Line {number}: {message}" for message in messages]
    if not count:
        raise refuse(["The file has no learners"])
    if wrong:
        raise refuse(wrong)
    return tuple(found)


def refuse(messages: Sequence[str]) -> UnacceptableLearners:
    """Return the refusal with what is wrong, cut to what somebody reads at once."""
    shown = list(messages[:FAULTS_SHOWN])
    if len(messages) > FAULTS_SHOWN:
        shown.append(f"There are {len(messages) - FAULTS_SHOWN:,} more")
    return UnacceptableLearners(errors={"file": tuple(shown)})


def _text(data: bytes) -> str:
    if len(data) > SIZE_LIMIT:
        raise refuse([f"The file is larger than {SIZE_LIMIT // 1_000_000} MB"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”"
        raise refuse([message]) from None
    if "\x00" in text:
        raise refuse(["The file is no CSV file: it has signs that no text has"])
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise refuse([f"Line {begins}: the quotation marks do not fit together"]) from None


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    names = tuple(re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells)
    wrong = [f"Line 1: the column “{name[:40]}” is there twice" for name in _twice(names)]
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f". Did you mean “{near[0]}”?" if near else ""
            wrong.append(f"Line 1: there is no column “{name[:40]}”{hint}")
    wrong += [f"Line 1: the column “{name}” is missing" for name in REQUIRED if name not in names]
    if wrong:
        raise refuse(wrong)
    return names


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1 and name in COLUMNS})


def _details(
    header: Sequence[str], cells: Sequence[str], settings: Mapping[str, str], today: dt.date
) -> tuple[LearnerDetails | None, list[str]]:
    """Return the learner of a row, None where it has none, with what is wrong."""
    if len(cells) != len(header):
        return None, [f"it has {len(cells)} cells; the first line has {len(header)}"]
    if any(len(cell) > CELL_LIMIT for cell in cells):
        return None, [f"a cell has more than {CELL_LIMIT:,} characters"]
    given = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    messages: list[str] = []
    values: dict[str, object] = {}
    for name, make in _READERS.items():
        try:
            values[name] = make(given.get(name, ""))
        except _Wrong as error:
            messages.append(f"{name}: {error}")
    if messages:
        return None, messages
    setting = given.get("setting", "")
    known = settings.get(setting.lower(), "")
    values["school_year"] = values["school_year"] or school_year_of(today)
    details = LearnerDetails(
        given["first_name"],
        given["last_name"],
        setting_id=known,
        setting_name="" if known else setting,
        **values,  # type: ignore[arg-type]
    )
    return details, [f"{name}: {message}" for name, message in faults(details, today).items()]


def _date(text: str) -> dt.date:
    uk, iso = _UK_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    try:
        if uk:
            return dt.date(int(uk[3]), int(uk[2]), int(uk[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        raise _Wrong(f"there is no day “{text}”") from None
    raise _Wrong(f"“{text[:40]}” is no date. Write 4/3/2005 or 2005-03-04")


def _date_or_none(text: str) -> dt.date | None:
    return _date(text) if text else None


def _kind(text: str) -> str:
    if text.lower() not in _KINDS:
        raise _Wrong(f"“{text[:40]}” is neither “statement” nor “lda”")
    return _KINDS[text.lower()].value


def _year_group(text: str) -> int:
    word = re.sub(r"^(national curriculum )?year\s*", "", text.lower())
    named = {"nursery": -1, "n": -1, "reception": 0, "r": 0}
    if word in named:
        return named[word]
    if not re.fullmatch(r"[0-9]{1,2}", word):
        raise _Wrong(f"“{text[:40]}” is no year group. Write nursery, reception or 1 to 14")
    return int(word)


def _setting_kind(text: str) -> str:
    code = re.sub(r"[\s-]+", "_", text.lower())
    if code not in load.current().settings:
        known = ", ".join(load.current().settings)
        raise _Wrong(f"“{text[:40]}” is no kind of setting. Write one of: {known}")
    return code


def _school_year(text: str) -> int | None:
    if not text:
        return None
    found = _YEARS.fullmatch(text)
    if not found:
        raise _Wrong(f"“{text[:40]}” is no school year. Write 2014/15")
    return int(found[1])


def _year(text: str) -> int | None:
    if text and not re.fullmatch(r"[0-9]{4}", text):
        raise _Wrong(f"“{text[:40]}” is no year. Write 2016")
    return int(text) if text else None


_READERS: Final = {
    "date_of_birth": _date,
    "kind": _kind,
    "year_group": _year_group,
    "setting_kind": _setting_kind,
    "school_year": _school_year,
    "leaves_in": _year,
    "statement_date": _date_or_none,
}
