"""Whether the tokens of a process can go on together where they were put."""

from collections.abc import Sequence
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin

from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.tree import Node

_NO_WAY: Final = (BoundaryEventJoin, _EndJoin)
Token = tuple[Node, Any]  # where it is now, and the specification that it was at before


def ways_to(source: Any, join: Any) -> frozenset[str]:  # noqa: ANN401
    """Return the ways into a join that lead there from an element, without passing the join."""
    return _reached(source, stop=lambda spec: spec is join) & {each.name for each in join.inputs}


def refuse_no_way_on(new: BpmnProcessSpec, tokens: Sequence[Token]) -> None:
    """Refuse tokens of which one would wait for ever, or do again what another does.

    Raises:
        Blocked: a join would wait for a token that nothing sends, or two tokens that stood beside
            each other would now follow each other.
    """
    going = [each for each in tokens if not isinstance(each[1], (UnstructuredJoin, BoundaryEvent))]
    for join in new.task_specs.values():
        if isinstance(join, ParallelGateway) and len(join.inputs) > 1:
            _refuse_endless(join, new, tokens, going)
    _refuse_twice(new, going)


def _refuse_endless(
    join: Any,  # noqa: ANN401
    new: BpmnProcessSpec,
    tokens: Sequence[Token],
    going: Sequence[Token],
) -> None:
    arrived = {
        row.parent.name
        for node, _ in tokens
        if node.name == join.name
        for row in _root(node).all()
        if row.name == join.name and row.parent is not None
    }
    coming: set[str] = set()
    for node, _ in going:
        coming |= ways_to(new.task_specs[node.name], join)
    if not arrived and not coming:
        return
    missing = [each for each in join.inputs if each.name not in arrived | coming]
    if missing:
        name = missing[0].bpmn_name or missing[0].bpmn_id or missing[0].name
        raise Blocked(
            f"The case would wait for ever at “{join.bpmn_name or join.bpmn_id}”: "
            f"nothing of it leads to “{name}” any more."
        )


def _refuse_twice(new: BpmnProcessSpec, going: Sequence[Token]) -> None:
    for node, before in going:
        followers = _reached(new.task_specs[node.name], stop=_gathers)
        followed = _reached(before, stop=_gathers)
        for other, was in going:
            if other.name in followers and was.name not in followed and other.name != node.name:
                spec = new.task_specs[other.name]
                raise Blocked(
                    f"“{spec.bpmn_name or spec.bpmn_id}” would be done twice: the case is there, "
                    "and another part of it leads there in the new version."
                )


def _gathers(spec: Any) -> bool:  # noqa: ANN401
    return isinstance(spec, UnstructuredJoin) and len(spec.inputs) > 1


def _reached(source: Any, *, stop: Any) -> frozenset[str]:  # noqa: ANN401
    """Return the names of what follows an element, its own too; not what lies behind a stop."""
    seen: dict[str, None] = {source.name: None}
    queue = [source]
    for spec in queue:
        if spec is not source and (stop(spec) or isinstance(spec, _NO_WAY)):
            continue
        for each in spec.outputs:
            if each.name not in seen:
                seen[each.name] = None
                queue.append(each)
    return frozenset(seen)


def _root(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node
