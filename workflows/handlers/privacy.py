"""What is done about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler

HANDLERS: Final[Mapping[type, Handler]] = {}
