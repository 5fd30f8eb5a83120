"""Which team gets a task: the decision table `routing`, by role, area, phase and setting."""

import threading
import time
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from engine.changes import JsonValue
from engine.definitions import decisions, xml
from engine.definitions.expressions import Scope, ValueType
from engine.store import definitions

KEY: Final = "routing"
REREAD_AFTER: Final = 30.0  # seconds until a table published by another process is noticed
INPUTS: Final = Scope(
    {
        "role": ValueType.STRING,
        "area": ValueType.STRING,
        "phase": ValueType.STRING,
        "setting": ValueType.STRING,
    }
)


class Routing:
    """The live routing table, kept for a while."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._table: decisions.DecisionTable | None = None
        # A case asks the same of the table for each of its tasks and deadlines.
        self._found: dict[tuple[JsonValue, ...], str] = {}
        self._read_at = 0.0
        self._lock = threading.Lock()

    def team_for(self, connection: sa.Connection, values: Mapping[str, JsonValue]) -> str:
        """Return the code of the team, or "" where no rule matches.

        Args:
            connection: To read the table that is live.
            values: role, area, phase and setting.
        """
        table, found = self._live(connection)
        if table is None:
            return ""
        asked = tuple(values.get(name) for name in INPUTS.variables)
        if asked not in found:
            found[asked] = str(decisions.evaluate(table, values, {}) or "")
        return found[asked]

    def forget(self) -> None:
        """Read the table again at its next use."""
        self._read_at = 0.0

    def _live(
        self, connection: sa.Connection
    ) -> tuple[decisions.DecisionTable | None, dict[tuple[JsonValue, ...], str]]:
        """Return the table, and what it answered since it was read."""
        now = time.monotonic()
        with self._lock:
            if self._table is None or now - self._read_at > REREAD_AFTER:
                version = definitions.live_versions(connection).get(KEY)
                self._table = _parse(version.xml) if version else None
                self._found = {}
                self._read_at = now
            return self._table, self._found


def _parse(data: bytes) -> decisions.DecisionTable:
    tables = decisions.parse_decisions(xml.parse(data, name="routing.dmn"), INPUTS)
    return next(table for table in tables if table.key == KEY)
