"""Keep what a worker has learned from this authority's history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.unit_of_work import Work
from workflows.store import forecasts


@dataclass(frozen=True, slots=True)
class KeepLessons:
    """A worker has learned how long steps take; `document` is what it learned."""

    document: Mapping[str, Any]


def keep_lessons(command: KeepLessons, work: Work) -> None:
    """Keep it in place of what was learned before."""
    forecasts.keep_lessons(work.connection, command.document, work.now)
