"""What the pages of the outline print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.definitions.elements import tag_of
from workflows.outline import extras, wording
from workflows.outline.drawing import ACTIVITIES, Drawing
from workflows.outline.model import Outline


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a step: when it is taken, and where it leads."""

    flow: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a step's page shows beside its questions.

    Attributes:
        form: Id, label and kind of answer of each question of its form.
    """

    element: str
    number: int
    kind: str
    form: tuple[tuple[str, str, str], ...]
    has_form: bool
    ways: tuple[Way, ...]
    can_add: bool
    can_branch: bool
    can_remind: bool


def around(drawing: Drawing, outline: Outline, element: str) -> Around:
    """Return what surrounds a step.

    Raises:
        NoSuchStep: there is none of that id.
    """
    node = drawing.node(element)
    tag, ways = tag_of(node), drawing.outgoing(element)
    apart = node.get("triggeredByEvent") == "true"
    has_form = tag in {"userTask", "manualTask", "task", "startEvent"} or bool(extras.fields(node))
    return Around(
        element=element,
        number=outline.numbers.get(element, 0),
        kind=wording.kind_of(node),
        form=tuple(
            (
                each.get("id") or "",
                each.get("label") or each.get("id") or "",
                each.get("type") or "",
            )
            for each in extras.fields(node)
        ),
        has_form=has_form,
        ways=tuple(
            Way(
                flow.get("id") or "",
                wording.branch(drawing, node, flow) if len(ways) > 1 else "After this step",
                _target(drawing, outline, flow.get("targetRef", "")),
            )
            for flow in ways
        ),
        can_add=tag != "endEvent" and not apart,
        can_branch=not apart and tag != "endEvent" and (not ways or tag.endswith("Gateway")),
        can_remind=tag in ACTIVITIES and not apart,
    )


def by_step(
    problems: Iterable[Mapping[str, object]], drawing: Drawing
) -> dict[str, list[Mapping[str, object]]]:
    """Return the problems of each step; those of a way on are its source's."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for each in problems:
        element = str(each.get("element") or "")
        if element in drawing.flows:
            element = drawing.flows[element].get("sourceRef", "")
        if element in drawing.nodes:
            found.setdefault(element, []).append(each)
    return found


def _target(drawing: Drawing, outline: Outline, target: str) -> str:
    if target not in drawing.nodes:
        return target
    return f"step {outline.numbers.get(target, '?')}: {wording.name_of(drawing.nodes[target])}"
