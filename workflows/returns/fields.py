"""The items of the return by module, as fields.toml has them: names, formats and where they stand."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from workflows.returns import codes
from workflows.rulebook.model import RulebookError

FILE: Final = Path(__file__).parent / "fields.toml"


class Format(StrEnum):
    """How the value of an item is written."""

    TEXT = "text"
    DATE = "date"
    FLAG = "flag"
    CODE = "code"
    LA = "la"
    UPN = "upn"
    ULN = "uln"
    URN = "urn"
    UKPRN = "ukprn"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Field:
    """An item. `needed`: the severity of its absence, "" where that is no problem by itself."""

    module: str
    element: str
    number: str
    title: str
    format: Format
    codes: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A module. `order`: items (their elements) and inner modules as they follow in the file."""

    element: str
    table: str
    title: str
    fields: Mapping[str, Field]
    order: tuple[str, ...]

    @property
    def inner(self) -> tuple[str, ...]:
        """The modules that stand in this one."""
        return tuple(each for each in self.order if each not in self.fields)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the modules by element, in the order of the return.

    Raises:
        RulebookError: a code list or a module is named that there is not.
    """
    found = {
        each["element"]: _kind(each)
        for each in tomllib.loads(FILE.read_text(encoding="utf-8"))["modules"]
    }
    unknown = {part for each in found.values() for part in each.inner} - found.keys()
    if unknown:
        raise RulebookError(f"{FILE.name}: no such module: {', '.join(sorted(unknown))}")
    return found


def field(module: str, element: str) -> Field:
    """Return an item."""
    return kinds()[module].fields[element]


def _kind(values: Mapping[str, Any]) -> Kind:
    module = values["element"]
    items = [each for each in values["items"] if "element" in each]
    return Kind(
        module,
        values["table"],
        values["title"],
        {each["element"]: _field(module, each) for each in items},
        tuple(each.get("element") or each["part"] for each in values["items"]),
    )


def _field(module: str, values: Mapping[str, str]) -> Field:
    format_ = Format(values["format"])
    listed = values.get("codes", "")
    if (format_ is Format.CODE) != bool(listed) or (listed and listed not in codes.lists()):
        raise RulebookError(f"{FILE.name}, {module} {values['element']}: no code list “{listed}”")
    return Field(
        module,
        values["element"],
        values["number"],
        values["title"],
        format_,
        listed,
        values.get("needed", ""),
    )
