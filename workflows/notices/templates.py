"""The templates that are live: the authority's own where it has any, else as delivered."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import sqlalchemy as sa

from workflows.notices import word, words
from workflows.notices.words import Words
from workflows.store import templates as store

REREAD_AFTER: Final = 30.0  # seconds until a version that another process made is noticed


@dataclass(frozen=True, slots=True)
class Form:
    """What a notice is made with. Versions are 0 for what is delivered; no words: as delivered."""

    words: Words | None
    words_version: int
    word: bytes
    word_version: int


class LiveTemplates:
    """Reads which versions are live, and keeps that for a while, since most steps ask."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._live: Mapping[str, store.Template] = {}
        self._file = b""
        self._read_at: float | None = None
        self._lock = threading.Lock()

    def form(self, connection: sa.Connection, code: str) -> Form:
        """Return what a kind of notice is made with."""
        with self._lock:
            now = time.monotonic()
            if self._read_at is None or now - self._read_at > REREAD_AFTER:
                self._read(connection)
                self._read_at = now
            own_word = self._live.get(store.WORD)
            own = self._live.get(code) if code in words.kinds() else None
            return Form(
                words=words.from_json(own.words) if own else None,
                words_version=own.version if own else store.DELIVERED,
                word=self._file,
                word_version=own_word.version if own_word else store.DELIVERED,
            )

    def forget(self) -> None:
        """Read the templates again at their next use."""
        with self._lock:
            self._read_at = None

    def _read(self, connection: sa.Connection) -> None:
        before, self._live = self._live.get(store.WORD), store.live(connection)
        now = self._live.get(store.WORD)
        if not self._file or before != now:
            found = store.file_of(connection, now.version) if now else None
            self._file = found or delivered()


@lru_cache(maxsize=1)
def delivered() -> bytes:
    """Return the Word template that comes with the program."""
    return word.DELIVERED.read_bytes()
