"""An entry in the history of something that is no case."""

import datetime as dt
from dataclasses import dataclass

from engine.changes import Values


@dataclass(frozen=True, slots=True)
class Entered:
    """Who did what, and when; `body` has what was entered."""

    at: dt.datetime
    by: str
    kind: str
    body: Values

    def row(self, revision: int) -> dict[str, object]:
        """Return the columns of the history that are the same for all."""
        return {
            "revision": revision,
            "at": self.at,
            "by": self.by,
            "kind": self.kind,
            "body": dict(self.body),
        }
