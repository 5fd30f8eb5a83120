"""What the engine asks of the domain that uses it: Protocols, and the values that cross them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from uuid import UUID

from engine import changes

if TYPE_CHECKING:
    from engine.definitions.elements import Element
    from engine.definitions.expressions import FunctionSignature
    from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person (`id` is the person's id) or the system itself (`id` is "system")."""

    id: str
    name: str


SYSTEM = Actor(id="system", name="ehcflow")


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A service task asks for its topic.

    Attributes:
        topic: `camunda:topic` of the element.
        element_id: The element, within `process_key`.
        properties: Its extension properties, evaluated.
        variables: The variables of the instance.
        item: The element of the collection, within a multi-instance.
    """

    instance_id: UUID
    subject_id: UUID
    topic: str
    element_id: str
    process_key: str
    name: str
    properties: Mapping[str, str]
    variables: changes.Values
    item: changes.JsonValue = None


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """What a topic decided: new variables, and changes to record in the same unit of work."""

    values: changes.Values = field(default_factory=dict)
    changes: tuple[changes.Change, ...] = ()


class RunContext(Protocol):
    """What the domain brings to the run of one subject's instances within one unit of work."""

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Return the functions that expressions may call, bound to this subject."""
        ...

    def element_completed(self, change: changes.ElementCompleted) -> Sequence[changes.Change]:
        """Learn at once that an element was left (a fact may follow); return further changes.

        The next expression of the same run already sees what follows from it.

        Raises:
            errors.Refused: the completion must not stand; the whole command is refused.
        """
        ...

    def call(self, call: ServiceCall) -> ServiceResult:
        """Carry out a service task.

        Raises:
            errors.Refused: the reason becomes an incident on the element.
        """
        ...

    def dates_moved(self) -> bool:
        """Tell whether dates that timers ask for may have moved since the context was opened."""
        ...


class Domain(Protocol):
    """The composition root's account of the domain, handed to the executor."""

    signatures: tuple[FunctionSignature, ...]

    def open_context(self, work: Work, subject_id: UUID) -> RunContext:
        """Open the context of one subject for one unit of work."""
        ...

    def authorise(self, command: object, work: Work) -> None:
        """Check that `work.actor` may give this command.

        Raises:
            errors.NotFound: the actor may not know of the thing.
            errors.Forbidden: the actor may see the thing, but not do that.
        """
        ...

    def options(self, name: str, work: Work) -> tuple[tuple[str, str], ...]:
        """Return the choices that a field takes from `options_from`: value and label of each."""
        ...

    def begin_again(
        self, start: Element, values: changes.Values, subject_id: UUID, work: Work
    ) -> changes.Values:
        """Return the answers with which a process begins again: those of before, as true now."""
        ...

    def route(self, change: changes.TaskOpened, subject_id: UUID, work: Work) -> str:
        """Return the id of the team that gets the task, or "" when no team is concerned."""
        ...

    def refuse_publication(self, files: Mapping[str, bytes], live: Mapping[str, bytes]) -> None:
        """Check diagrams and decision tables before they go live.

        Args:
            files: What is to be published: file name to content.
            live: What is live: key of the process or decision to content.

        Raises:
            errors.Invalid: they must not go live, with everything that is wrong.
        """
        ...

    def project(
        self, recorded: Sequence[changes.Change], subject_id: UUID, work: Work
    ) -> Sequence[changes.Change]:
        """Write the domain's projections; return changes that follow, for the history."""
        ...


class HeldBack(OSError):
    """It is not this message's turn yet: it waits a while, and that counts as no attempt."""


class Sender(Protocol):
    """Sends one kind of outgoing message."""

    def send(self, key: str, payload: changes.Values) -> str:
        """Send; return the receiver's reference.

        Raises:
            HeldBack: it is not its turn yet.
            OSError: it could not be delivered now and should be tried again.
            errors.Refused: it can never be delivered.
        """
        ...


class Fate(StrEnum):
    """What became of a message that was sent."""

    UNDER_WAY = "under way"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a carrier knows of a message; `reason` says in words why it failed."""

    fate: Fate
    reason: str = ""


@runtime_checkable
class Tracker(Sender, Protocol):
    """A sender that can be asked later whether a message arrived."""

    def delivery(self, reference: str) -> Delivery:
        """Tell what became of the message with the reference that `send` returned.

        Raises:
            OSError: the carrier cannot be asked now.
        """
        ...
