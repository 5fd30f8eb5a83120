"""The control flow of a diagram as values: scopes, nodes and flows, without anything else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ANYTHING: Final = "*"  # as a code: whatever a step of unknown contents may throw


class Kind(StrEnum):
    """What a node does with tokens."""

    ACTIVITY = "activity"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    START = "start"
    END = "end"
    EVENT = "event"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Thrown:
    """An error or an escalation on its way out: what it is, and its code ("" where it has none)."""

    trigger: str
    code: str


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node.

    Attributes:
        key: What flows name it by: its id, or something unique where it has none.
        id: Its id, "" where it has none.
        name: Its label, else its id.
        line: Where in the file.
        kind: What it does with tokens.
        default: Id of its default flow.
        attached: Key of the activity that a boundary event stands on.
        interrupting: Whether a boundary or start event ends what it interrupts.
        trigger: "message", "timer", "error" …; "multiple"; "" for none.
        code: Code of the error or escalation, or name of the link.
        throws: Whether it is an event that throws.
        instantiates: Whether it begins the process without being a start event.
        compensates: Whether it is run to undo something, and no flow leads to it.
        encloses: Whether it stands for further steps: a subprocess or a call activity.
        inside: What a subprocess holds; None for other nodes.
        thrown: What may come out of an activity apart from its own end.
    """

    key: str
    id: str
    name: str
    line: int
    kind: Kind
    default: str = ""
    attached: str = ""
    interrupting: bool = True
    trigger: str = ""
    code: str = ""
    throws: bool = False
    instantiates: bool = False
    compensates: bool = False
    encloses: bool = False
    inside: "Scope | None" = None
    thrown: frozenset[Thrown] = frozenset()

    def catches(self, thrown: Thrown) -> bool:
        """Return whether this event would catch that."""
        return self.trigger == thrown.trigger and (
            not self.code or thrown.code in {"", ANYTHING, self.code}
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow between two nodes of one scope, or the leap between two link events."""

    id: str
    source: str
    target: str
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or a subprocess: tokens stay inside.

    Attributes:
        id, name, line: As of a node.
        nodes: What stands directly in it, in the order of the file, event subprocesses apart.
        flows: Between these nodes.
        handlers: Its event subprocesses.
        in_any_order: Whether it is an ad hoc subprocess.
    """

    id: str
    name: str
    line: int
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    handlers: tuple["Scope", ...] = ()
    in_any_order: bool = False

    @property
    def trigger(self) -> Node | None:
        """The start event, by which an event subprocess is begun."""
        return next((node for node in self.nodes if node.kind is Kind.START), None)
