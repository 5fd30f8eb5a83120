"""Move the stored state of an instance to another version of its diagram."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.task import TaskState

from engine.definitions import wrapping
from engine.definitions.cache import Bundle
from engine.runtime import state
from engine.runtime.moving import tree
from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.places import places
from engine.runtime.moving.propose import Pair
from engine.runtime.moving.rewrite import Rewriting, Versions
from engine.runtime.moving.tree import Node
from engine.runtime.run import Stored


def versions(old: Bundle, new: Bundle, pairs: Mapping[str, Pair]) -> Versions:
    """Return two versions and what goes where, for any number of instances."""
    mapping = {each.old: each.new for each in pairs.values() if each.new}
    return Versions(old, new, places(old), places(new), mapping)


def move(stored: Stored, between: Versions) -> Stored:
    """Return an instance as it is to be stored once it has moved.

    Every token keeps its identifier, its data and the dates of its timers. Nothing runs.

    Raises:
        Blocked: why it cannot be moved, in plain words.
        UnknownStateVersion: the state is of a version that is not known here.
    """
    document = state.unpack(stored.state, stored.state_version)
    moved = _Move(document["subs"], between).document(document["top"])
    workflow = state.load(state.pack(moved), state.VERSION, between.new, object())
    state.predict(workflow)
    return replace(
        stored,
        state=state.dump(workflow),
        state_version=state.VERSION,
        done=_done(stored.done, between),
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """Moves the trees of a document, outer ones first, into `subs` of its own."""

    rows: Mapping[str, list[list[Any]]]
    between: Versions

    def document(self, top: list[list[Any]]) -> dict[str, Any]:
        subs: dict[str, Node] = {}
        root = tree.read(top)
        moved = self._tree(root, self.between.old.spec, self.between.new.spec, subs)
        return {
            "top": tree.write(moved),
            "subs": {key: tree.write(each) for key, each in subs.items()},
        }

    def _tree(
        self, root: Node, old: BpmnProcessSpec, new: BpmnProcessSpec, subs: dict[str, Node]
    ) -> Node:
        """Rewrite one tree, and those of its activities; an event subprocess may come or go."""
        body = new.name + wrapping.BODY
        was_wrapped, is_wrapped = _is_wrapped(old), _is_wrapped(new)
        if was_wrapped and not is_wrapped:
            holder = _body_of(root, old)
            return self._tree(
                self._inside(holder), self._old_spec(old.name + wrapping.BODY), new, subs
            )
        if is_wrapped and not was_wrapped:
            outer, holder = _wrapped(root, new, body)
            subs[_key(holder)] = self._tree(root, old, self._new_spec(body), subs)
            return outer

        def inner(node: Node, old_name: str, new_name: str) -> None:
            subs[_key(node)] = self._tree(
                self._inside(node), self._old_spec(old_name), self._new_spec(new_name), subs
            )

        Rewriting(self.between, root, (old, new), inner).rewrite()
        return root

    def _inside(self, node: Node) -> Node:
        return tree.read(self.rows[_key(node)])

    def _old_spec(self, name: str) -> BpmnProcessSpec:
        return self.between.old.subprocess_specs[name]

    def _new_spec(self, name: str) -> BpmnProcessSpec:
        return self.between.new.subprocess_specs[name]


def _is_wrapped(spec: BpmnProcessSpec) -> bool:
    return spec.name + wrapping.BODY in spec.task_specs


def _body_of(root: Node, old: BpmnProcessSpec) -> Node:
    """Return what holds the body of a process that is not wrapped any more.

    Raises:
        Blocked: an event subprocess is at work, which the new version does not have.
    """
    found = None
    for node in root.all():
        spec = old.task_specs[node.name]
        if not node.is_living or isinstance(spec, BoundaryEvent):
            continue
        if node.name == old.name + wrapping.BODY:
            found = node
        elif spec.bpmn_id:
            raise Blocked(
                f"The case is in “{spec.bpmn_name or spec.bpmn_id}”, "
                "which the new version does not have."
            )
    if found is None:
        raise Blocked("The case is in an event subprocess that the new version does not have.")
    return found


def _wrapped(root: Node, new: BpmnProcessSpec, body: str) -> tuple[Node, Node]:
    """Return the rows around a body: its root, and what holds the body."""
    done, data = TaskState.COMPLETED, dict(root.data)
    outer = Node("Start", done, data=data)
    start = outer.add(Node(f"{new.name}__start", done, data=dict(data)))
    split = start.add(Node(f"{body}.BoundaryEventSplit", done, data=dict(data)))
    holder = split.add(Node(body, TaskState.STARTED, data=dict(data)))
    for event in new.task_specs[split.name].outputs:
        if isinstance(event, BoundaryEvent):
            split.add(Node(event.name, TaskState.WAITING, data=dict(data)))
    return outer, holder


def _key(node: Node) -> str:
    return str(tree.identifier(node))


def _done(done: Mapping[str, list[str]], between: Versions) -> dict[str, list[str]]:
    """Return what a token has left, as elements of the new version."""
    found: dict[str, list[str]] = {}
    for each in (name for names in done.values() for name in names):
        target = between.new.elements.get(between.mapping.get(each, ""))
        if target is not None:
            found.setdefault(target.process_key, []).append(target.id)
    return found
