"""Texts of a case, cut where something in them differs from copy to copy."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from workflows.demo.growing import dates
from workflows.plan import document

DASHED: Final = r"(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])"
HEX: Final = r"(?<![0-9a-f-])[0-9a-f]{32}(?![0-9a-f-])"
Pool = list[Any]
Getter = Callable[[Pool], Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What people of a case are called: as it stands in the case, by what stands for it in a copy."""

    first_name: str
    last_name: str
    born: str
    reference: str
    parent: str
    email: str
    address: str


@dataclass(slots=True)
class Slots:
    """The pool of values that rows of a copy are put together from.

    What never changes has its value in `pool`; the others are filled in for each copy.

    Attributes:
        kept: Identifiers that are not the case's own: of people.
        ids: Identifiers of the case, each with its places as text with and without dashes.
        moments: Text of a date or moment to its place.
        days: The same for values of columns.
        words: Place by the name of a word.
        steps: What is put together for each copy, in this order: its place, how, and of what.
    """

    kept: frozenset[str]
    said: Words
    sealed: Mapping[str, Any] = field(default_factory=dict)  # documents by their seals
    pool: Pool = field(default_factory=list)
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    moments: dict[str, int] = field(default_factory=dict)
    days: dict[Any, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    steps: list[tuple[int, Callable[[Any], Any], Getter]] = field(default_factory=list)
    _seals: dict[str, int] = field(default_factory=dict)
    _constants: dict[Any, int] = field(default_factory=dict)
    _joined: dict[tuple[int, ...], int] = field(default_factory=dict)
    _finder: re.Pattern[str] = field(init=False)
    _names: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare to find what differs."""
        self._names = _spellings(self.said)
        spelled = sorted([*self._names, *self.sealed], key=len, reverse=True)
        self._finder = re.compile(
            "|".join(
                [*(re.escape(each) for each in spelled), DASHED, HEX, dates.MOMENT, dates.DATE]
            )
        )

        for seal, whole in self.sealed.items():
            self._seals[seal] = self.made(_seal_of, self.text(json.dumps(whole)))

    def made(self, how: Callable[[Any], Any], *parts: int) -> int:
        """Return the place of a value that is made, for each copy, of what stands in others."""
        place = self.place()
        self.steps.append((place, how, itemgetter(*parts)))
        return place

    def place(self) -> int:
        """Return a place that is filled for each copy."""
        self.pool.append(None)
        return len(self.pool) - 1

    def constant(self, value: Any) -> int:  # noqa: ANN401
        """Return the place of a value that never changes."""
        key = (type(value), value)
        if key not in self._constants:
            self.pool.append(value)
            self._constants[key] = len(self.pool) - 1
        return self._constants[key]

    def word(self, name: str) -> int:
        """Return the place of a word."""
        if name not in self.words:
            self.words[name] = self.place()
        return self.words[name]

    def identifier(self, text: str) -> tuple[int, int]:
        """Return the places of an identifier, with and without dashes."""
        key = text.replace("-", "")
        if key in self.kept:
            return self.constant(str(UUID(key))), self.constant(key)
        if key not in self.ids:
            self.ids[key] = (self.place(), self.place())
        return self.ids[key]

    def day(self, value: Any) -> int:  # noqa: ANN401 (a date or a moment)
        """Return the place of a column's date or moment."""
        if value not in self.days:
            self.days[value] = self.place()
        return self.days[value]

    def text(self, text: str) -> int:
        """Return the place of a text, put together for each copy where it has to be."""
        parts = tuple(self._parts(text))
        if len(parts) == 1:
            return parts[0]
        if parts not in self._joined:
            self._joined[parts] = self.made("".join, *parts)
        return self._joined[parts]

    def _parts(self, text: str) -> Iterable[int]:
        end = 0
        for found in self._finder.finditer(text):
            if found.start() > end:
                yield self.constant(text[end : found.start()])
            yield from self._places(found.group())
            end = found.end()
        if end < len(text) or not text:
            yield self.constant(text[end:])

    def _places(self, text: str) -> Iterable[int]:
        names = self._names.get(text)
        if text in self._seals:
            yield self._seals[text]
        elif names is not None:
            for each in names:
                yield self.word(each[1:]) if each.startswith("=") else self.constant(each)
        elif len(text) == 36:  # noqa: PLR2004 (of an identifier with dashes)
            yield self.identifier(text)[0]
        elif len(text) == 32 and "-" not in text:  # noqa: PLR2004
            yield self.identifier(text)[1]
        else:
            if text not in self.moments:
                self.moments[text] = self.place()
            yield self.moments[text]


def _seal_of(text: str) -> str:
    return document.seal(json.loads(text))


def _spellings(said: Words) -> dict[str, tuple[str, ...]]:
    """Return the texts in which names stand, and their parts: a word by its name after “=”.

    A first or last name is replaced only where it stands alone, in quotes, as JSON has it: the
    child may share it with somebody who decides.
    """
    full = f"{said.first_name} {said.last_name}"
    found: dict[str, tuple[str, ...]] = {
        full: ("=first_name", " ", "=last_name"),
        f'"{said.first_name}"': ('"', "=first_name", '"'),
        f'"{said.last_name}"': ('"', "=last_name", '"'),
        said.born: ("=born",),
        said.reference: ("=reference",),
        said.parent: ("=parent",),
        said.email: ("=email",),
        said.address: ("=address",),
        json.dumps(said.address)[1:-1]: ("=address_json",),
    }
    return {text: parts for text, parts in found.items() if text}
