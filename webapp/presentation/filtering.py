"""Filters of a list: choices that are always to be seen, and those chosen as tags to take off."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from webapp.presentation import dates

Arguments = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter: its choices as a select shows them."""

    name: str
    label: str
    items: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter that is chosen, and the address without it."""

    text: str
    href: str


def field(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Field:
    """Return a filter with a first choice that does not narrow the list."""
    named = {"": "All", **choices}
    items = (
        {"value": each, "text": text, "selected": each == chosen} for each, text in named.items()
    )
    return Field(name, label, tuple(items))


def tags(fields: Sequence[Field], arguments: Arguments, *, path: str) -> list[Tag]:
    """Return the choices that are made, in words."""
    found = []
    for each in fields:
        value = arguments.get(each.name, "")
        text = next((str(item["text"]) for item in each.items if item["value"] == value), value)
        if value:
            found.append(Tag(f"{each.label}: {text}", address(path, arguments, **{each.name: ""})))
    return found


def day_tag(name: str, words: str, arguments: Arguments, *, path: str) -> list[Tag]:
    """Return a day that is chosen by an address alone, in words."""
    day = day_of(arguments, name)
    if day is None:
        return []
    return [Tag(f"{words} {dates.long_date(day)}", address(path, arguments, **{name: ""}))]


def address(path: str, arguments: Arguments, **changed: str) -> str:
    """Return the address of a list with other choices, from its first page on."""
    kept = {**arguments, "cursor": "", **changed}
    asked = urlencode({name: value for name, value in kept.items() if value})
    return f"{path}?{asked}" if asked else path


def day_of(arguments: Arguments, name: str) -> dt.date | None:
    """Return the day of an address, None where it is none; "2026-03" is the first of its month."""
    text = arguments.get(name, "")
    try:
        return dt.date.fromisoformat(f"{text}-01" if len(text) == len("2026-03") else text)
    except ValueError:
        return None
