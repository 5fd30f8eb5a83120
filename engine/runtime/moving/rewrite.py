"""Rewrite the rows of one process or subprocess from one version of its diagram to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.task import TaskState

from engine.definitions import wrapping
from engine.definitions.cache import Bundle
from engine.runtime import waits
from engine.runtime.moving.ahead import refuse_no_way_on, ways_to
from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.places import Place
from engine.runtime.moving.tree import Node

_SPLIT: Final = ".BoundaryEventSplit"
# What the parser adds to the name of an element, or of a process that it wraps; long ones first.
_MADE: Final = (
    f"{wrapping.BODY}.BoundaryEventJoin", f"{wrapping.BODY}{_SPLIT}", ".BoundaryEventJoin", _SPLIT,
    " [child]", wrapping.BODY, "__start", "__end", "__inner",
)  # fmt: skip
_PLAIN: Final = frozenset({"Start", "End"})
Inner = Callable[[Node, str, str], None]


@dataclass(frozen=True, slots=True)
class Versions:
    """The two versions, where their elements stand, and which goes where.

    Attributes:
        mapping: Element of the old version to that of the new one; those that go nowhere are left out.
    """

    old: Bundle
    new: Bundle
    old_places: Mapping[str, Place]
    new_places: Mapping[str, Place]
    mapping: Mapping[str, str]

    def name_of(self, element_id: str) -> str:
        """Return what people call an element of the old version."""
        element = self.old.elements.get(element_id)
        return element.name if element else element_id

    def renamed(self, name: str, old: BpmnProcessSpec, new: BpmnProcessSpec) -> str | None:
        """Return the name that a specification of the old version has in the new one, if any."""
        if name in _PLAIN:
            return name
        if name == old.end.name:
            return str(new.end.name)
        made = next((each for each in _MADE if name.endswith(each)), "")
        base = name.removesuffix(made)
        target = self.mapping.get(base) or (base if base in self.old.names else None)
        if name in self.old.elements:
            target, made = self.mapping.get(name), ""
        found = None if target is None else new.task_specs.get(target + made)
        same = found is not None and type(found) is type(old.task_specs[name])
        return target + made if target is not None and same else None


class Rewriting:
    """Rewrites one tree of rows; what is drawn within its activities is `inner`'s work.

    1. What cannot be in the new version and has ended is left out; what was below it moves up.
    2. What waits goes to its element; without one, the instance is blocked.
    3. Tokens that have arrived at a join keep their way in, or get the one that theirs leads to.
    4. Boundary events are set beside activities as the new version draws them.
    """

    def __init__(
        self,
        versions: Versions,
        root: Node,
        specs: tuple[BpmnProcessSpec, BpmnProcessSpec],
        inner: Inner,
    ) -> None:
        """Take the tree, the old and the new specification of its scope, and what goes inside."""
        self._versions, self._root, self._inner = versions, root, inner
        self._old, self._new = specs
        self._joined: dict[str, set[str]] = {}
        self._specs = {node: self._old.task_specs[node.name] for node in root.all()}

    def rewrite(self) -> None:
        """Rewrite the tree in place.

        Raises:
            Blocked: why it cannot be.
        """
        for node in self._root.all():
            spec = self._specs[node]
            if isinstance(spec, BoundaryEventJoin):
                self._keep_or_drop(node)
            elif isinstance(spec, BoundaryEvent):
                self._boundary(node)
            elif isinstance(spec, UnstructuredJoin) and self._gathers(node):
                self._arrived(node)
            elif node.is_living:
                self._token(node)
            else:
                self._past(node)
        tokens = [(node, self._specs[node]) for node in self._root.all() if node.is_living]
        for node, _ in tokens:
            self._set_beside(node)
        refuse_no_way_on(self._new, tokens)

    # What is over

    def _past(self, node: Node) -> None:
        """Rename what is over, or leave it out."""
        name = self._versions.renamed(node.name, self._old, self._new)
        if name is not None:
            node.name = name
        elif node.parent is not None:
            self._leave_out(node)

    def _leave_out(self, node: Node) -> None:
        upper = node.parent
        while upper is not None and isinstance(
            self._specs.get(upper), BoundaryEventSplit | BoundaryEvent
        ):
            upper = upper.parent
        for child in list(node.children):
            (upper or self._root).add(child)
        node.remove()

    def _keep_or_drop(self, node: Node) -> None:
        name = self._versions.renamed(node.name, self._old, self._new)
        if name is None or not _is_below(node, self._new.task_specs[name].split_task):
            node.remove()
        else:
            node.name = name

    # What waits

    def _token(self, node: Node) -> None:
        element_id = node.name.removesuffix(" [child]")
        old = self._specs[node]
        name = self._versions.renamed(node.name, self._old, self._new)
        if name is None:
            raise Blocked(self._why_not(element_id))
        node.name = name
        self._keep_dates(node)
        if isinstance(old, SubWorkflowTask):
            self._inner(node, old.spec, self._new.task_specs[name].spec)

    def _why_not(self, element_id: str) -> str:
        name = self._versions.name_of(element_id)
        target = self._versions.mapping.get(element_id)
        if target is None:
            return f"The case is at “{name}”, which leads nowhere in the new version."
        found = self._versions.new_places.get(target)
        if found is None:
            return f"“{name}” is to go to “{target}”, which is not in the new version."
        old = self._versions.old_places[element_id]
        if old.kind != found.kind:
            return (
                f"“{name}” is a {old.kind}; “{found.element.name}” is a {found.kind}. "
                "A case can only go from one to another of the same kind."
            )
        return (
            f"“{name}” is to go to “{found.element.name}”, which is drawn within another "
            "process or subprocess. A case cannot go there."
        )

    def _keep_dates(self, node: Node) -> None:
        """Keep the dates of timers, and the identifiers of waits, under the new elements' ids."""
        mapping = self._versions.mapping
        spec = self._new.task_specs[node.name]
        if not isinstance(spec, CatchingEvent):
            return
        known = node.internal.get(waits.KNOWN_AS, {})
        dates = node.internal.get(waits.DUE, {})
        events = {node.name, *(each.name for each in spec.outputs)}
        became = {mapping[old]: old for old in mapping if mapping[old] in events}
        if dates:
            node.internal[waits.DUE] = {
                new: dates[old] for new, old in became.items() if old in dates
            }
        stopped = node.internal.get(waits.STOPPED)
        if stopped:
            node.internal[waits.STOPPED] = [new for new, old in became.items() if old in stopped]
        named = {new: known.get(old, old) for new, old in became.items()}
        changed = {new: old for new, old in named.items() if new != old}
        if changed:
            node.internal[waits.KNOWN_AS] = changed
        else:
            node.internal.pop(waits.KNOWN_AS, None)

    # Joins

    def _gathers(self, node: Node) -> bool:
        """Tell whether a row of a join stands for a token that still waits there for others."""
        if node.state == TaskState.WAITING:
            return True
        return node.state == TaskState.CANCELLED and any(
            other.name in {node.name, self._versions.renamed(node.name, self._old, self._new)}
            and other.state == TaskState.WAITING
            for other in self._root.all()
        )

    def _arrived(self, node: Node) -> None:
        """Keep a token that has arrived at a join."""
        join = node.name
        name = self._versions.renamed(join, self._old, self._new)
        if name is None:
            raise Blocked(self._why_not(join))
        node.name = name
        source = node.parent
        if source is None or source.state != TaskState.COMPLETED:
            return
        spec = self._new.task_specs[name]
        taken = self._joined.setdefault(name, set())
        way = self._way_in(source, spec, taken)
        if way is None:
            raise Blocked(
                f"A part of the case has arrived at “{self._versions.name_of(join)}” by a way "
                "that does not lead there any more."
            )
        if not isinstance(spec, _EndJoin):
            taken.add(way)
        if source.name != way:
            node.put_between(Node(way, TaskState.COMPLETED, data=dict(source.data)))

    def _way_in(self, source: Node, spec: Any, taken: set[str]) -> str | None:  # noqa: ANN401
        """Return the way into a join that a token which has come from `source` came by."""
        inputs = [each.name for each in spec.inputs]
        if source.name in inputs and source.name not in taken:
            return source.name
        free = [each for each in inputs if each not in taken]
        if isinstance(spec, _EndJoin):
            return free[0] if free else None
        came_from = self._new.task_specs.get(source.name)
        led = [each for each in free if came_from is not None and each in ways_to(came_from, spec)]
        return led[0] if len(led) == 1 else None

    # Boundary events

    def _boundary(self, node: Node) -> None:
        """Keep a boundary event that is drawn beside the same activity; leave another out."""
        name = self._versions.renamed(node.name, self._old, self._new)
        split = node.parent
        if name is None or split is None or not self._stays_beside(node.name, name, split):
            self._leave_out(node)
            return
        node.name = name
        self._keep_dates(node)

    def _stays_beside(self, old: str, new: str, split: Node) -> bool:
        held = split.name.removesuffix(_SPLIT)
        kinds = (self._versions.old_places.get(old), self._versions.new_places.get(new))
        alike = all(kinds) and kinds[0].kind == kinds[1].kind  # type: ignore[union-attr]
        beside = self._new.task_specs.get(held + _SPLIT)
        return alike and beside is not None and new in {each.name for each in beside.outputs}

    def _set_beside(self, node: Node) -> None:
        """Set the boundary events that an activity has in the new version and did not have."""
        name = node.name + _SPLIT
        spec = self._new.task_specs.get(name)
        if spec is None:
            return
        split = node.parent
        if split is None or split.name != name:
            split = Node(name, TaskState.COMPLETED, data=dict(node.data))
            node.put_between(split)
        there = {each.name for each in split.children}
        for event in spec.outputs:
            if event.name not in there:
                split.add(Node(event.name, TaskState.WAITING, data=dict(node.data)))


def _is_below(node: Node, name: str) -> bool:
    upper = node.parent
    while upper is not None and upper.name != name:
        upper = upper.parent
    return upper is not None
