"""People in a CSV file: email, name, role and team, a line a role."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.access import roles
from workflows.agencies import details

COLUMNS: Final = ("email", "name", "role", "team")
MOST: Final = 500
SIZE_LIMIT: Final = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A person of a file with all roles that it gives them."""

    email: str
    name: str
    held: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a file has: people, or what is wrong with it, a sentence each."""

    people: tuple[Line, ...]
    problems: tuple[str, ...]


def read(data: bytes, teams: roles.Teams) -> PeopleFile:
    """Read a file; nothing of it is used while anything is wrong."""
    lines, fault = _lines(data)
    if fault:
        return PeopleFile((), (fault,))
    if not lines or tuple(cell.strip().lower() for cell in lines[0]) != COLUMNS:
        return PeopleFile((), (f"The first line must be: {','.join(COLUMNS)}",))
    if len(lines) - 1 > MOST:
        return PeopleFile((), (f"The file has more than {MOST} lines. Part it.",))
    problems = tuple(_problems(lines[1:], teams))
    return PeopleFile(() if problems else _people(lines[1:]), problems)


def _lines(data: bytes) -> tuple[list[list[str]], str]:
    """Return the lines that have something in them; or what keeps the file from being read."""
    if len(data) > SIZE_LIMIT:
        return [], f"The file is larger than {SIZE_LIMIT // 1000} kB."
    try:
        text = data.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        return [row for row in reader if any(cell.strip() for cell in row)], ""
    except UnicodeDecodeError:
        return [], "The file is not in UTF-8. Save it as “CSV UTF-8”."
    except csv.Error as error:
        return [], f"The file is no CSV: {error}."


def _problems(lines: list[list[str]], teams: roles.Teams) -> Iterator[str]:
    if not lines:
        yield "The file has no people."
    names: dict[str, str] = {}
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(COLUMNS):
            yield f"Line {number}: there are {len(cells)} columns instead of {len(COLUMNS)}."
            continue
        email, name, role, team = (cell.strip() for cell in cells)
        if not details.is_email(email):
            yield f"Line {number}: email: “{email}” is no email address."
        if not details.is_name(name):
            yield f"Line {number}: name: it is empty or too long."
        if names.setdefault(email.lower(), name) != name:
            yield f"Line {number}: name: “{email}” was called “{names[email.lower()]}” before."
        problem = roles.problem((team, role), teams)
        if problem:
            yield f"Line {number}: {problem}"


def _people(lines: list[list[str]]) -> tuple[Line, ...]:
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for cells in lines:
        email, name, role, team = (cell.strip() for cell in cells)
        found.setdefault(email.lower(), (name, []))[1].append((team, role))
    return tuple(
        Line(email, name, tuple(dict.fromkeys(held))) for email, (name, held) in found.items()
    )
