"""What managers do with the timer board: saved views, emails."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler

HANDLERS: Final[Mapping[type, Handler]] = {}
