"""The bundle that is given to somebody who asked: a summary to read, the data, and the files."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from workflows.privacy.redaction import Redaction

Rows = Sequence[Mapping[str, Any]]
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# What people call the tables; others are called by their names.
TITLES: Final = {
    "cases": "The case",
    "parties": "People on the case",
    "involvements": "Teams on the case",
    "case_facts": "Facts",
    "deadlines": "Time limits",
    "lawful_exceptions": "Lawful exceptions",
    "delay_reasons": "Reasons for delay",
    "tasks": "Tasks and answers",
    "decisions": "Decisions",
    "notices": "Notices",
    "outbox": "Messages sent",
    "documents": "Documents",
    "document_versions": "Versions of documents",
    "plans": "The EHC plan as it stands",
    "plan_versions": "EHC plans issued",
    "plan_comments": "Comments on the plan",
    "personal_links": "Personal links sent",
    "access_record": "Who looked at the case",
    "broken_glass": "Restricted case opened",
    "history": "History",
    "instances": "Processes",
}
STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #767676;padding:.3em .5em;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f3f2f1}"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is given: the document that it belongs to, and how to read it."""

    document_id: str
    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle.

    Attributes:
        title: Whose it is, and what was asked.
        introduction: Paragraphs to begin with.
        cases: Reference of each case, with its tables.
        names: Identifier to name, of people who acted in their role.
        files: The files that are given.
        left_out: Titles of documents that are not.
    """

    title: str
    introduction: Sequence[str]
    cases: Sequence[tuple[str, Mapping[str, Rows]]]
    names: Mapping[str, str]
    files: Sequence[File]
    left_out: Sequence[str]


def write(
    target: IO[bytes], contents: Contents, hide: Redaction, progress: Callable[[float], None]
) -> None:
    """Write the bundle as a ZIP file; texts are blacked out, files are given as they are."""
    given = [
        (
            reference,
            {table: hide.value(_named(rows, contents.names)) for table, rows in held.items()},
        )
        for reference, held in contents.cases
    ]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("summary.html", "".join(_summary(contents, given, hide)))
        data = dict(given)
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for reference, held in given:
            for table, rows in held.items():
                archive.writestr(f"csv/{reference}/{table}.csv", _csv(rows))
        for number, file in enumerate(contents.files, start=1):
            progress(number / (len(contents.files) + 1))
            archive.writestr(f"files/{number:03d} {_safe(hide.text(file.name))}", file.read())


def _named(rows: Rows, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return rows with the names of people beside their identifiers."""
    return [
        {
            name: names.get(value, value) if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _summary(
    contents: Contents, given: Sequence[tuple[str, Mapping[str, Rows]]], hide: Redaction
) -> Iterator[str]:
    title = html.escape(hide.text(contents.title))
    yield f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{STYLE}</style></head><body><h1>{title}</h1>"
    for paragraph in contents.introduction:
        yield f"<p>{html.escape(hide.text(paragraph))}</p>"
    yield "<h2>Files</h2><ol>"
    for file in contents.files:
        yield f"<li>{html.escape(hide.text(file.name))}</li>"
    yield "</ol>"
    if contents.left_out:
        yield "<p>These documents are not given, since they are about others as well:</p><ul>"
        for each in contents.left_out:
            yield f"<li>{html.escape(hide.text(each))}</li>"
        yield "</ul>"
    for reference, held in given:
        yield f"<h2>{html.escape(reference)}</h2>"
        for table, rows in sorted(held.items(), key=_place):
            yield from _table(TITLES.get(table, table.replace("_", " ").capitalize()), rows)
    yield "</body></html>"


def _place(entry: tuple[str, Rows]) -> tuple[int, str]:
    order = list(TITLES)
    return (order.index(entry[0]) if entry[0] in order else len(order), entry[0])


def _table(title: str, rows: Rows) -> Iterator[str]:
    columns = _columns(rows)
    yield f"<h3>{html.escape(title)}</h3><table><thead><tr>"
    yield "".join(f'<th scope="col">{html.escape(_words(each))}</th>' for each in columns)
    yield "</tr></thead><tbody>"
    for row in rows:
        cells = "".join(f"<td>{html.escape(_text(row.get(each)))}</td>" for each in columns)
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _columns(rows: Rows) -> list[str]:
    """Return the columns in which anything stands, without identifiers."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [
        name
        for name in names
        if name != "id"
        and not name.endswith("_id")
        and any(row.get(name) not in (None, "", {}, []) for row in rows)
    ]


def _csv(rows: Rows) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    written.write("\ufeff")
    writer = csv.writer(written)
    writer.writerow(names)
    for row in rows:
        texts = (_text(row.get(name)) for name in names)
        writer.writerow([f"'{each}" if each.startswith(_FORMULA) else each for each in texts])
    return written.getvalue()


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _safe(name: str) -> str:
    return re.sub(r"[^\w.() \[\]-]", "_", name)[-150:]
