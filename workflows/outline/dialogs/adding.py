"""Add a step after another, or a reminder beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.definitions.elements import tag_of
from workflows.outline import change, connect, insert, wording
from workflows.outline.dialogs import pieces
from workflows.outline.dialogs.pieces import Answers, Dialog
from workflows.outline.insert import NewStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from engine.definitions.forms import FormField
    from workflows.outline.drawing import Drawing
    from workflows.outline.lists import Lists, Options

WHAT: Final = (
    ("userTask", "A task for a person"),
    ("serviceTask", "A task of the system"),
    ("timer", "A wait until a date"),
    ("message", "A wait for a message"),
    ("question", "A question with two answers"),
    ("parallel", "Two tasks at the same time"),
    ("callActivity", "Another process"),
    ("endEvent", "An end"),
)
END: Final = "-"
TOLD: Final = {
    "remind": "Remind somebody",
    "chase": "Chase somebody",
    "escalate": "Tell the manager",
}


def adding(drawing: Drawing, after: str, lists: Lists, numbers: Mapping[str, int]) -> Dialog:
    """Return the dialog that adds a step after another.

    Raises:
        NoSuchStep: there is none of that id.
    """
    node = drawing.node(after)
    lanes = pieces.lane_options(drawing, drawing.process_of(node))
    places = ((END, "A new end"), *pieces.step_options(connect.targets(drawing, after), numbers))
    form = pieces.asked(
        pieces.choice("what", "What is added", WHAT, required=True),
        _ways(drawing, after, numbers),
        pieces.line(
            "name",
            "Name",
            "For a task: what is done, such as “Check the address”. For a question: the question",
        ),
        pieces.choice(
            "lane",
            "Agency (lane)",
            lanes,
            "Who answers for it; the same as before where you choose none",
        )
        if lanes
        else None,
        pieces.line("new_lane", "Name of the new lane", shown=("lane", pieces.NEW))
        if lanes
        else None,
        pieces.choice(
            "topic", "What the system does", lists.services, shown=("what", "serviceTask")
        ),
        pieces.choice("called", "Which process", lists.processes, shown=("what", "callActivity")),
        pieces.line("message", "Name of the message", shown=("what", "message")),
        pieces.line(
            "answer_on", "Answer with which the process goes on", shown=("what", "question")
        ),
        pieces.line("answer_other", "The other answer", shown=("what", "question")),
        pieces.choice(
            "other_leads_to", "Where the other answer leads", places, shown=("what", "question")
        ),
        pieces.line("second_name", "Name of the second task", shown=("what", "parallel")),
        pieces.choice(
            "second_lane",
            "Agency (lane) of the second task",
            lanes[:-1],
            shown=("what", "parallel"),
        )
        if lanes
        else None,
        *pieces.timer_fields(lists, shown=("what", "timer")),
    )
    return Dialog(
        heading=f"Add a step after “{wording.name_of(node)}”",
        button="Add the step",
        form=form,
        values={"other_leads_to": END, "timer_choice": "before", "timer_unit": "W"},
        apply=lambda answers: _apply(drawing, after, answers),
    )


def _ways(drawing: Drawing, after: str, numbers: Mapping[str, int]) -> FormField | None:
    node = drawing.node(after)
    ways = drawing.outgoing(after)
    gateway = tag_of(node).endswith("Gateway")
    if len(ways) < 2 and not (gateway and ways):  # noqa: PLR2004 (one way on is no choice)
        return None
    options: Options = tuple(
        (flow.get("id") or "", _before(wording.branch(drawing, node, flow), flow, numbers))
        for flow in ways
    )
    if gateway:
        options = (*options, ("new", "A new way on"))
    return pieces.choice("on", "On which way", options, required=True)


def _before(label: str, flow: etree._Element, numbers: Mapping[str, int]) -> str:
    return f"{label}: before step {numbers.get(flow.get('targetRef', ''), '?')}"


def _apply(drawing: Drawing, after: str, answers: Answers) -> str:
    what, name = pieces.said(answers, "what"), pieces.said(answers, "name")
    if not name:
        raise pieces.missing("name", "Enter the name")
    _refuse_incomplete(what, answers)
    on, lane = pieces.said(answers, "on"), _lane(drawing, after, answers)
    if what == "question":
        other = pieces.said(answers, "other_leads_to")
        names = (pieces.said(answers, "answer_on"), pieces.said(answers, "answer_other"))
        return insert.add_question(
            drawing, after, name, names, "" if other == END else other, on=on
        )
    if what == "parallel":
        second = NewStep(
            "userTask",
            pieces.said(answers, "second_name"),
            lane=pieces.said(answers, "second_lane") or lane,
        )
        return insert.add_parallel(
            drawing, after, (NewStep("userTask", name, lane=lane), second), on=on
        )
    step = NewStep(
        what,
        name,
        lane=lane,
        topic=pieces.said(answers, "topic"),
        called=pieces.said(answers, "called"),
        message=pieces.said(answers, "message"),
        timer=pieces.timing_of(answers) if what == "timer" else None,
    )
    return insert.add_step(drawing, after, step, on=on)


def _refuse_incomplete(what: str, answers: Answers) -> None:
    needed = {
        "serviceTask": (("topic", "Select what the system does"),),
        "callActivity": (("called", "Select which process"),),
        "message": (("message", "Enter the name of the message"),),
        "question": (
            ("answer_on", "Enter the answer with which the process goes on"),
            ("answer_other", "Enter the other answer"),
        ),
        "parallel": (("second_name", "Enter the name of the second task"),),
    }
    for name, message in needed.get(what, ()):
        if not pieces.said(answers, name):
            raise pieces.missing(name, message)


def _lane(drawing: Drawing, after: str, answers: Answers) -> str:
    lane = pieces.said(answers, "lane")
    if lane != pieces.NEW:
        return lane
    name = pieces.said(answers, "new_lane")
    if not name:
        raise pieces.missing("new_lane", "Enter the name of the new lane")
    return change.new_lane(drawing, drawing.process_of(drawing.node(after)), name)


def reminder(drawing: Drawing, host: str, lists: Lists) -> Dialog:
    """Return the dialog that adds a reminder or an escalation to a step.

    Raises:
        NoSuchStep: there is none of that id.
    """
    node = drawing.node(host)
    return Dialog(
        heading=f"Add a reminder to “{wording.name_of(node)}”",
        button="Add the reminder",
        form=pieces.asked(
            pieces.choice("topic", "What is done", tuple(TOLD.items()), required=True),
            pieces.line("name", "Name of the event", "Such as “Limit is near”", required=True),
            pieces.line(
                "to",
                "Who is told",
                "casework, the panel, manager, or the code of a role",
                required=True,
            ),
            pieces.line("about", "What they are told", required=True),
            *pieces.timer_fields(lists),
        ),
        values={"timer_choice": "before", "timer_unit": "W", "topic": "remind"},
        apply=lambda answers: _remind(drawing, host, answers),
    )


def _remind(drawing: Drawing, host: str, answers: Answers) -> str:
    when = pieces.timing_of(answers)
    duty = (
        ""
        if when.choice in {"duration", "expression"} or when.duty.startswith("kind:")
        else when.duty
    )
    said = {name: pieces.said(answers, name) for name in ("name", "topic", "to", "about")}
    insert.add_reminder(drawing, host, insert.Reminder(timing=when, duty=duty, **said))
    return host
