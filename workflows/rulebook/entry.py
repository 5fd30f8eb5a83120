"""A table of a TOML document that is read key by key, and refuses what it does not know."""

import difflib
from collections.abc import Mapping
from typing import Any, TypeVar

from workflows.rulebook.model import RulebookError

Wanted = TypeVar("Wanted")


class Entry:
    """A table of the document that is read key by key."""

    def __init__(self, name: str, entry: Mapping[str, Any], known: frozenset[str]) -> None:
        """Refuse keys that would be passed over, such as misspelt ones."""
        self._name, self._entry = name, entry
        for key in entry:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f" Did you mean “{near[0]}”?" if near else " Remove it."
                raise RulebookError(f"{name}: there is no key “{key}”.{hint}")

    def take(self, key: str, kind: type[Wanted], default: Wanted | None = None) -> Wanted:
        """Return the value of a key, of the kind that it must have."""
        value = self._entry.get(key, default)
        if value is None or (isinstance(value, str) and value is not default and not value.strip()):
            raise RulebookError(f"{self._name}: “{key}” is missing. Add it.")
        if type(value) is not kind:  # a bool is an int, a datetime a date: neither is meant
            raise RulebookError(f"{self._name}: “{key}” must be {kind.__name__}, not {value!r}")
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(str(each) for each in self.take(key, list, [] if optional else None))
