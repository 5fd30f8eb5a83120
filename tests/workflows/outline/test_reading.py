"""A diagram is told in order, every step once."""

from pathlib import Path

import pytest

from workflows.outline import reading
from workflows.outline.drawing import Drawing
from workflows.outline.model import Step

ROOT = Path(__file__).parents[3]
MIWG = sorted((ROOT.parent / "shared" / "data" / "bpmn-miwg").glob("*.bpmn"))
OURS = sorted((ROOT / "bpmn").rglob("*.bpmn"))
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    '<process id="p" name="P">{}</process></definitions>'
)


def drawing(*flows: str, **kinds: str) -> Drawing:
    """Return a diagram of flows such as "a b": nodes are tasks, or of the kind that is named."""
    names = dict.fromkeys(name for flow in flows for name in flow.split())
    nodes = [f'<{kinds.get(name, "task")} id="{name}" name="{name}"/>' for name in names]
    ways = [
        f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}"/>'
        for one, space, other in (flow.partition(" ") for flow in flows)
        if space
    ]
    return Drawing.of(HEAD.format("".join([*nodes, *ways])).encode())


def told(steps: tuple[Step, ...]) -> list[object]:
    """Return ids, with the branches of a step as a list of lists after it."""
    found: list[object] = []
    for step in steps:
        found.append(step.id)
        if step.branches:
            found.append([told(branch.steps) for branch in step.branches])
    return found


def test_branches_are_nested_and_what_follows_their_meeting_is_not() -> None:
    found = drawing(
        "s g",
        "g a",
        "g b",
        "a j",
        "b j",
        "j e",
        g="exclusiveGateway",
        j="exclusiveGateway",
        s="startEvent",
        e="endEvent",
    )

    (part,) = reading.read(found).parts

    assert told(part.steps) == ["s", "g", [["a"], ["b"]], "j", "e"]


def test_a_branch_that_ends_is_nested_and_the_longer_one_goes_on() -> None:
    found = drawing(
        "s g", "g x", "g a", "a b", "b e", g="exclusiveGateway", s="startEvent", x="endEvent"
    )

    (part,) = reading.read(found).parts

    assert told(part.steps) == ["s", "g", [["x"], []], "a", "b", "e"]


def test_a_loop_goes_back_by_number() -> None:
    found = drawing("s a", "a g", "g a", "g e", g="exclusiveGateway", s="startEvent", e="endEvent")

    outline = reading.read(found)

    assert told(outline.parts[0].steps) == ["s", "a", "g", [[], []], "e"]
    assert outline.numbers == {"s": 1, "a": 2, "g": 3, "e": 4}


def test_what_is_connected_to_nothing_is_told_apart() -> None:
    found = drawing("s a", "lone", "b c", "c b", s="startEvent")

    (part,) = reading.read(found).parts

    assert told(part.steps) == ["s", "a"]
    assert told(part.apart) == ["lone", "b", "c"]


def test_lists_within_lists_end_somewhere() -> None:
    flows, kinds = ["s g0"], {"s": "startEvent"}
    for at in range(300):
        flows += [f"g{at} g{at + 1}", f"g{at} x{at}", f"x{at} y{at}", f"y{at} g{at // 2}"]
        kinds[f"g{at}"] = "exclusiveGateway"
    found = drawing(*flows, **kinds)

    outline = reading.read(found)

    assert sorted(each.id for each in outline.steps()) == sorted(found.nodes)


def test_a_diagram_that_is_too_large_is_refused() -> None:
    found = drawing(*(f"a{at}" for at in range(reading.STEPS_LIMIT + 1)))

    with pytest.raises(reading.TooManySteps):
        reading.read(found)


@pytest.mark.parametrize("path", [*OURS, *MIWG], ids=lambda path: path.stem)
def test_every_flow_node_of_a_file_is_told_once(path: Path) -> None:
    found = Drawing.of(path.read_bytes())

    outline = reading.read(found)

    assert sorted(each.id for each in outline.steps()) == sorted(found.nodes)
    assert outline.numbers == reading.read(found).numbers
