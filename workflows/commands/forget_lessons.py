"""Forget what was learned, because the history was changed in bulk."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.store import forecasts


@dataclass(frozen=True, slots=True)
class ForgetLessons:
    """A demo has grown: learn, compute and test everything anew."""


def forget_lessons(command: ForgetLessons, work: Work) -> None:
    """Forget what was learned and tested, and mark every forecast; the worker does the rest."""
    del command
    forecasts.forget(work.connection)
