"""What is done with statistics of others."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler

HANDLERS: Final[Mapping[type, Handler]] = {}
