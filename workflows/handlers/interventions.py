"""How managers step in: many at once, tokens, timers, absences."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler

HANDLERS: Final[Mapping[type, Handler]] = {}
