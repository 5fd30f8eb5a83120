"""What administrators do: agencies, people, routing, calendar."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler

HANDLERS: Final[Mapping[type, Handler]] = {}
