"""What the record of access shows, and which part of it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from engine import errors
from webapp.presentation import exports
from workflows.access import unusual
from workflows.calendar import london
from workflows.queries.access_list import AccessFilter, Look
from workflows.store import search

Row = tuple[exports.Cell, ...]
HEADER: Final = ("When", "Who", "Case", "What", "Why", "Unusual")
KINDS: Final = [
    {"value": "", "text": "All"},
    *({"value": code, "text": title} for code, title in unusual.KINDS),
]
# Kinds of page, as they are recorded before the colon.
PAGES: Final = [
    {"value": value, "text": text}
    for value, text in (
        ("", "All"),
        ("case page", "Case page"),
        ("case", "Case, by API"),
        ("task", "Task"),
        ("document", "Document"),
        ("document in Word", "Document in Word"),
        ("versions of", "Versions of a document"),
        ("EHC plan", "EHC plan"),
        ("decision record", "Decision record"),
        ("form", "Form"),
        ("preview", "Preview of a notice"),
        ("what happens next", "What happens next"),
        ("instance", "Process, by API"),
        ("history", "History, by API"),
        ("break-glass", "Break-glass"),
        ("subject access", "Subject access"),
        ("start", "Start of a process"),
    )
]
_NAMES: Final = ("person", "case", "since", "until", "page", "unusual")


def filter_of(given: Mapping[str, str]) -> AccessFilter:
    """Return the filter that was asked for.

    Raises:
        errors.Invalid: a date is none, or the last is before the first.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    days = {name: search.date_or_none(given.get(name, "").strip()) for name in ("since", "until")}
    for name, day in days.items():
        if given.get(name, "").strip() and day is None:
            wrong[name] = ("Enter a date like 2026-11-23",)
    if days["since"] and days["until"] and days["until"] < days["since"]:
        wrong["until"] = ("The last day must be the same as or after the first",)
    if wrong:
        raise errors.Invalid("The record cannot be narrowed like this.", errors=wrong)
    texts = {
        name: given.get(name, "").strip()[:100] for name in ("person", "case", "page", "unusual")
    }
    return AccessFilter(since=days["since"], until=days["until"], **texts)


def asked(given: Mapping[str, str]) -> str:
    """Return in words what is asked of the record."""
    said = [f"{name}: {given[name]}" for name in _NAMES if given.get(name)]
    return ", ".join(said) or "everything"


def error_list(refusal: errors.Refused | None) -> list[dict[str, str]]:
    """Return the error summary."""
    if refusal is None:
        return []
    found = [
        {"text": text, "href": f"#{name}"}
        for name, texts in refusal.errors.items()
        for text in texts
    ]
    return found or [{"text": refusal.message}]


def link(given: Mapping[str, str], *, at: str = "", cursor: str | None = "") -> str:
    """Return the address of the record with the same filters, "" where no page comes next."""
    if cursor is None:
        return ""
    kept: dict[str, Any] = {name: given[name] for name in _NAMES if given.get(name)}
    if cursor:
        kept["cursor"] = cursor
    return f"/access-record{at}?{urlencode(kept)}".rstrip("?")


def row(look: Look) -> Row:
    """Return a look as a row of a file."""
    return (
        look.at.astimezone(london.LONDON),
        look.person_name,
        look.case_reference,
        look.what,
        look.why,
        "; ".join(look.unusual),
    )
