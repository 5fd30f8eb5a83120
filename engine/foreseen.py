"""The domain while nothing is done in earnest: it answers, and its services are not called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import changes, ports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from engine.unit_of_work import Work


class Context:
    """The context of a subject, with services that do nothing and bring nothing."""

    def __init__(self, real: ports.RunContext) -> None:
        """Take the context that answers."""
        self._real = real

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (what else the domain asks of its own)
        """Return what only the domain knows of."""
        return getattr(self._real, name)

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Return the functions that expressions may call."""
        return self._real.functions()

    def element_completed(self, change: changes.ElementCompleted) -> Sequence[changes.Change]:
        """Learn that an element was left: what follows is known for this look only."""
        return self._real.element_completed(change)

    def call(self, call: ports.ServiceCall) -> ports.ServiceResult:
        """Do not carry out a service."""
        del call
        return ports.ServiceResult()

    def dates_moved(self) -> bool:
        """Tell whether dates would move."""
        return self._real.dates_moved()


class Foreseen:
    """A domain that nothing is done for in earnest."""

    def __init__(self, real: ports.Domain) -> None:
        """Take the domain that answers."""
        self._real = real

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (all else is the domain's)
        """Return what else the domain answers."""
        return getattr(self._real, name)

    def open_context(self, work: Work, subject_id: UUID) -> Context:
        """Open the context of a subject, without its services."""
        return Context(self._real.open_context(work, subject_id))
