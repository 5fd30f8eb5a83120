"""The rows of a token state as a tree that can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from SpiffWorkflow.task import TaskState

PREDICTED: Final = TaskState.PREDICTED_MASK | TaskState.FUTURE
LIVING: Final = TaskState.WAITING | TaskState.READY | TaskState.STARTED | TaskState.ERROR


@dataclass(slots=True, eq=False)
class Node:
    """A row of a token state, with those below it."""

    name: str
    state: int
    id: str = field(default_factory=lambda: uuid4().hex)
    data: dict[str, Any] = field(default_factory=dict)
    internal: dict[str, Any] = field(default_factory=dict)
    triggered: bool = False
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def is_living(self) -> bool:
        """A token is here."""
        return bool(self.state & LIVING)

    def all(self) -> Iterator[Node]:
        """Yield this one and all below it, parents first; the tree may change meanwhile."""
        queue = [self]
        for each in queue:
            queue.extend(each.children)
        yield from queue

    def add(self, child: Node) -> Node:
        """Put a row below this one, away from where it was; return it."""
        if child.parent is not None:
            child.parent.children.remove(child)
        child.parent = self
        self.children.append(child)
        return child

    def put_between(self, upper: Node) -> None:
        """Put a row between this one and its parent, where this one was."""
        parent = self.parent
        if parent is None:
            return
        parent.children[parent.children.index(self)] = upper
        upper.parent, self.parent = parent, None
        upper.add(self)

    def remove(self) -> None:
        """Take the row out, with all below it."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None


def read(rows: list[list[Any]]) -> Node:
    """Return the tree of rows, without what was only predicted."""
    nodes: list[Node] = []
    for identifier, parent, state, name, data, internal, triggered in rows:
        node = Node(name, state, identifier, data or {}, internal or {}, bool(triggered))
        nodes.append(node)
        if parent >= 0 and not state & PREDICTED:
            nodes[parent].add(node)
    return nodes[0]


def write(root: Node) -> list[list[Any]]:
    """Return the rows of a tree, parents before children."""
    rows: list[list[Any]] = []
    queue = [(root, -1)]
    for position, (node, parent) in enumerate(queue):
        rows.append(
            [
                node.id,
                parent,
                node.state,
                node.name,
                node.data or 0,
                node.internal or 0,
                int(node.triggered),
            ]
        )
        queue.extend((child, position) for child in node.children)
    return rows


def identifier(node: Node) -> UUID:
    """Return the identifier of a row."""
    return UUID(node.id)
