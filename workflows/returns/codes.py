"""The code lists of the return, read once and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from workflows.rulebook.entry import Entry

FILE: Final = Path(__file__).parent / "codes.toml"
_KEYS: Final = frozenset({"source", "codes", "verified"})


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes with their words. `verified`: read, not remembered."""

    name: str
    source: str
    codes: Mapping[str, str]
    verified: bool

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The codes as choices of a form."""
        return tuple((code, f"{words} ({code})") for code, words in self.codes.items())


@lru_cache(maxsize=1)
def lists() -> Mapping[str, CodeList]:
    """Return the code lists by name.

    Raises:
        RulebookError: naming the list and what is wrong.
    """
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Mapping[str, CodeList]:
    """Return the code lists of a TOML file.

    Raises:
        RulebookError: naming the list and what is wrong.
    """
    return {name: _list(name, each) for name, each in tomllib.loads(text).items()}


def words(name: str, code: str) -> str:
    """Return what a code means, "" where the list has no such code."""
    return lists()[name].codes.get(code, "")


def _list(name: str, values: dict[str, object]) -> CodeList:
    entry = Entry(f"codes.toml, {name}", values, _KEYS)
    return CodeList(
        name,
        entry.take("source", str),
        {str(code): str(each) for code, each in entry.take("codes", dict).items()},
        entry.take("verified", bool, default=True),
    )
