"""Add a step to a diagram: the flow is led through it, and the picture makes room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.definitions.elements import role_code, tag_of
from workflows.outline import extras, placing, routes
from workflows.outline.drawing import B, C, CannotEdit, Drawing, append
from workflows.outline.plane import Plane

if TYPE_CHECKING:
    from workflows.outline.timing import Timing

XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
END: Final = "endEvent"
_NO_WAY_ON: Final = frozenset({"endEvent"})


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be added.

    Attributes:
        tag: Its kind, as BPMN calls it ("userTask"); "timer" and "message" are waits.
        lane: Id of its lane; "" for that of the step before.
        role: Who acts where there are no lanes, a code or an expression.
        topic, called: For a task of the system what it does; for a call the process.
        timer, message: What a wait waits for.
    """

    tag: str
    name: str
    lane: str = ""
    role: str = ""
    topic: str = ""
    called: str = ""
    message: str = ""
    timer: Timing | None = None


def add_step(drawing: Drawing, after: str, step: NewStep, *, on: str = "") -> str:
    """Add a step after another and return its id.

    Args:
        drawing: The diagram; it is changed.
        after: Id of the step before.
        step: What is added.
        on: Id of the flow that is led through it; "" for the only one, or for a new way out.

    Raises:
        CannotEdit: nothing can follow that step, or it is not said on which of its ways.
    """
    flow = _way(drawing, after, on, ends=step.tag == END)
    before = drawing.node(after)
    container = before.getparent()
    tag = {"timer": "intermediateCatchEvent", "message": "intermediateCatchEvent"}.get(
        step.tag, step.tag
    )
    node = drawing.add_node(container, tag, drawing.free_id(step.name, _plain(tag)), step.name)
    name = str(node.get("id"))
    _fill(drawing, node, step)
    _put_into_lane(drawing, node, before, step)
    plane = Plane.showing(drawing, after)
    if plane is not None:
        placing.place_after(
            plane, node, after, row=1 if flow is None and drawing.outgoing(after) else 0
        )
    _lead_through(drawing, after, name, flow, plane)
    return name


def _lead_through(
    drawing: Drawing, after: str, name: str, flow: etree._Element | None, plane: Plane | None
) -> None:
    if flow is None:
        touched = [drawing.add_flow(after, name)]
    else:
        target = flow.get("targetRef", "")
        drawing.retarget(flow, name)
        touched = [flow, drawing.add_flow(name, target)]
    for each in touched if plane is not None else []:
        routes.reroute(plane, each.get("id"))  # type: ignore[arg-type]


def _way(drawing: Drawing, after: str, on: str, *, ends: bool) -> etree._Element | None:
    before = drawing.node(after)
    if tag_of(before) in _NO_WAY_ON:
        raise CannotEdit("Nothing follows an end. Add the step after the one before it.")
    if tag_of(before) == "subProcess" and before.get("triggeredByEvent") == "true":
        raise CannotEdit("Nothing follows what may happen at any time. Add a step within it.")
    ways = drawing.outgoing(after)
    if on == "new":
        if not tag_of(before).endswith("Gateway"):
            raise CannotEdit("Only a question or parallel branches have several ways on.")
        return None
    if on:
        found = [each for each in ways if each.get("id") == on]
        if not found:
            raise CannotEdit("Choose on which way the step is added.")
        return _unless_end(found[0], ends=ends)
    if len(ways) > 1:
        raise CannotEdit("Choose on which way the step is added.")
    return _unless_end(ways[0], ends=ends) if ways else None


def _unless_end(flow: etree._Element, *, ends: bool) -> etree._Element:
    if ends:
        raise CannotEdit(
            "The process goes on after this step. Remove the way on first, or add a question with "
            "a branch that ends."
        )
    return flow


def _put_into_lane(
    drawing: Drawing, node: etree._Element, before: etree._Element, step: NewStep
) -> None:
    if tag_of(node.getparent()) == "process":
        lane = drawing.elements.get(step.lane) if step.lane else drawing.lane_of(before)
        if lane is not None and tag_of(lane) == "lane":
            drawing.put_into_lane(node, lane)
    elif step.lane and step.lane in drawing.elements:
        own = drawing.lane_of(before)
        wanted = drawing.elements[step.lane]
        if own is not wanted:
            set_camunda(drawing, node, "candidateGroups", role_code(wanted.get("name") or ""))
    if step.role:
        set_camunda(drawing, node, "candidateGroups", step.role)


def set_camunda(drawing: Drawing, node: etree._Element, name: str, value: str) -> None:
    """Set an attribute of the dialect, or take it away where the value is ""."""
    extras.declare(drawing)
    if value:
        node.set(f"{C}{name}", value)
    else:
        node.attrib.pop(f"{C}{name}", None)


def _fill(drawing: Drawing, node: etree._Element, step: NewStep) -> None:
    if tag_of(node) == "serviceTask":
        set_camunda(drawing, node, "type", "external")
        set_camunda(drawing, node, "topic", step.topic)
    if tag_of(node) == "callActivity":
        node.set("calledElement", step.called)
    if step.tag == "timer" and step.timer is not None:
        set_timer(node, step.timer)
    if step.tag == "message":
        definition = etree.Element(f"{B}messageEventDefinition", nsmap=node.nsmap)
        definition.set("id", f"{node.get('id')}_message")
        definition.set("messageRef", drawing.message(step.message))
        append(node, definition)


def set_timer(node: etree._Element, timing: Timing) -> None:
    """Let a timer event fire at a time."""
    definition = node.find(f"{B}timerEventDefinition")
    if definition is None:
        definition = etree.Element(f"{B}timerEventDefinition", nsmap=node.nsmap)
        definition.set("id", f"{node.get('id')}_timer")
        append(node, definition)
    for tag in ("timeDate", "timeDuration", "timeCycle"):
        for each in definition.findall(f"{B}{tag}"):
            definition.remove(each)
    kind, text = timing.written()
    written = etree.Element(f"{B}{kind}", nsmap=definition.nsmap)
    prefix = next((name for name, uri in node.nsmap.items() if uri == B[1:-1]), None)
    written.set(f"{XSI}type", f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
    written.text = text
    append(definition, written)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder or an escalation beside a step: when, what is done, and what it says."""

    name: str
    timing: Timing
    topic: str
    to: str
    about: str
    duty: str


def add_reminder(drawing: Drawing, host_id: str, reminder: Reminder) -> str:
    """Add a timer to a step that does not interrupt it, with its task and end; return its id.

    Raises:
        CannotEdit: nothing can be attached to that step.
    """
    host = drawing.node(host_id)
    if not tag_of(host).endswith(("Task", "task", "callActivity", "subProcess")):
        raise CannotEdit("A reminder is added to a task, a subprocess or a call.")
    if host.get("triggeredByEvent") == "true":
        raise CannotEdit("What may happen at any time takes no reminder of its own.")
    container = host.getparent()
    name = drawing.free_id(f"{host_id}_{reminder.topic}_due", "reminder")
    event = drawing.add_node(container, "boundaryEvent", name, reminder.name)
    event.set("attachedToRef", host_id)
    event.set("cancelActivity", "false")
    drawing.changed()
    if reminder.duty:
        extras.set_properties(drawing, event, {"duty": reminder.duty})
    set_timer(event, reminder.timing)
    lane = drawing.lane_of(host)
    if lane is not None and tag_of(container) == "process":
        drawing.put_into_lane(event, lane)
    plane = Plane.showing(drawing, host_id)
    if plane is not None:
        placing.place_on_edge(plane, event, host_id)
    verb = {"escalate": "Tell the manager", "chase": "Chase"}.get(reminder.topic, "Remind")
    task = add_step(
        drawing,
        name,
        NewStep("serviceTask", f"{verb}: {host.get('name') or host_id}", topic=reminder.topic),
    )
    said = {"to": reminder.to, "about": reminder.about, "duty": reminder.duty}
    extras.set_properties(
        drawing, drawing.nodes[task], {key: text for key, text in said.items() if text}
    )
    add_step(drawing, task, NewStep(END, "Told" if reminder.topic == "escalate" else "Reminded"))
    return name


def add_question(
    drawing: Drawing, after: str, name: str, answers: tuple[str, str], second: str, *, on: str = ""
) -> str:
    """Add a question after a step; the first answer goes on, the second to another step or an end.

    Args:
        drawing: The diagram; it is changed.
        after: Id of the step before.
        name: The question.
        answers: The names of its two branches.
        second: Id of the step to which the second answer leads, "" for a new end.
        on: As in `add_step`.
    """
    gateway = add_step(drawing, after, NewStep("exclusiveGateway", name), on=on)
    ways = drawing.outgoing(gateway)
    if not ways:
        add_step(drawing, gateway, NewStep(END, answers[0]))
        ways = drawing.outgoing(gateway)
    ways[0].set("name", answers[0])
    drawing.nodes[gateway].set("default", ways[0].get("id"))
    if second:
        drawing.node(second)
        other = drawing.add_flow(gateway, second, answers[1])
    else:
        end = add_step(drawing, gateway, NewStep(END, answers[1]), on="new")
        other = drawing.incoming(end)[0]
        other.set("name", answers[1])
    plane = Plane.showing(drawing, gateway)
    for each in (ways[0], other) if plane is not None else ():
        routes.reroute(plane, each.get("id"))  # type: ignore[arg-type]
    return gateway


def add_parallel(
    drawing: Drawing, after: str, steps: tuple[NewStep, NewStep], *, on: str = ""
) -> str:
    """Add two steps that are done at the same time, between a gateway that splits and one that joins."""
    split = add_step(drawing, after, NewStep("parallelGateway", ""), on=on)
    first = add_step(drawing, split, steps[0])
    join = add_step(drawing, first, NewStep("parallelGateway", "", lane=_lane(drawing, split)))
    if not drawing.outgoing(join):
        add_step(drawing, join, NewStep(END, "Ended"))
    second = add_step(drawing, split, steps[1], on="new")
    flow = drawing.add_flow(second, join)
    plane = Plane.showing(drawing, split)
    if plane is not None:
        routes.reroute(plane, flow.get("id"))
    return split


def _lane(drawing: Drawing, element_id: str) -> str:
    lane = drawing.lane_of(drawing.nodes[element_id])
    return "" if lane is None else lane.get("id") or ""


def _plain(tag: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in tag)


def document(node: etree._Element, text: str) -> None:
    """Let the documentation of a node be a text; "" takes it away."""
    for each in node.findall(f"{B}documentation"):
        node.remove(each)
    if text:
        made = etree.Element(f"{B}documentation", nsmap=node.nsmap)
        made.text = text
        made.tail = node.text
        node.insert(0, made)
