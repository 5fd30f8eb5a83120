"""What is sound and what is not, construct by construct."""

import pytest

from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault
from tests.support import drawing
from tests.support.drawing import draw, handler, node, on

TIMER = {"definition": "timer"}
BESIDE = {"cancelActivity": "false", "definition": "timer"}
SUB_ENDS = draw("start:si > task:sa > end:se")
HANDLER = {"triggeredByEvent": "true"}

SOUND = {
    "a sequence": ("start:s > task:a > end:e",),
    "a choice": ("start:s > xor:x > task:a > xor:y > end:e; x > task:b > y",),
    "a choice that a task merges": ("start:s > xor:x > task:a > task:c > end:e; x > task:b > c",),
    "ways at the same time": ("start:s > and:x > task:a > and:y > end:e; x > task:b > y",),
    "any of many ways that end apart": (
        "start:s > or:x; " + "; ".join(f"x > task:a{at} > end:e{at}" for at in range(40)),
    ),
    "several ways to end everything": (
        "start:s > and:p > t; p > u",
        node("end", "t", definition="terminate"),
        node("end", "u", definition="terminate"),
    ),
    "ways that end apart": ("start:s > and:x > task:a > end:e; x > task:b > end:f",),
    "a task that splits": ("start:s > task:t > task:a > and:y > end:e; t > task:b > y",),
    "an inclusive choice": ("start:s > or:x > task:a > or:y > end:e; x > task:b > y",),
    "an inclusive join of all ways": ("start:s > and:x > task:a > or:y > end:e; x > task:b > y",),
    "an inclusive join of one way": ("start:s > xor:x > task:a > or:y > end:e; x > task:b > y",),
    "conditions on the flows out of a task": (
        "start:s > task:t >? task:a > or:y > end:e; t >? task:b > y",
    ),
    "a condition beside a flow that is always taken": (
        "start:s > task:t > task:a > or:y > end:e; t >? task:b > y",
    ),
    "an inclusive join in a loop": (
        "start:s > xor:m > or:x > task:a > or:y > xor:z > end:e; x > task:b > y; z > m",
    ),
    "a loop": ("start:s > xor:m > task:a > xor:x > end:e; x > m",),
    "a loop by the task itself": ("start:s > task:a > xor:x > end:e; x > a",),
    "a loop beside another way": (
        "start:s > and:p > xor:m > task:a > xor:x > and:j > end:e; x > m; p > task:b > j",
    ),
    "a gateway that joins and splits": (
        "start:s > and:p > task:a > and:q > task:c > and:r > end:e; p > task:b > q; q > task:d > r",
    ),
    "an event-based gateway": (
        "start:s > events:g > catch:a > xor:x > end:e; g > receiveTask:b > x",
    ),
    "a complex gateway": ("start:s > complex:x > task:a > complex:y > end:e; x > task:b > y",),
    "a terminate end beside a task": (
        "start:s > and:p > task:a > end:e; p > task:b > t",
        node("end", "t", definition="terminate"),
    ),
    "link events": (
        "start:s > task:a > l1; l2 > task:b > end:e",
        node("throw", "l1", definition="link", code="on"),
        node("catch", "l2", definition="link", code="on"),
    ),
    "several starts": ("start:s > xor:m > task:a > end:e; start:t > m",),
    "a receive task that begins": (
        "r > end:e",
        node("receiveTask", "r", instantiate="true"),
    ),
    "no start and no end event": ("task:a > task:b",),
    "several beginnings at once, without a start event": ("task:a > and:j > task:c; task:b > j",),
    "an interrupting boundary event": (
        "start:s > task:a > xor:m > end:e; b > m",
        on("a", "b", **TIMER),
    ),
    "an interrupting boundary event that joins by a parallel gateway after the same task": (
        "start:s > and:p > task:a > xor:m > and:j > end:e; b > m; p > task:c > j",
        on("a", "b", **TIMER),
    ),
    "a reminder beside a task": (
        "start:s > task:a > end:e; b > task:r > end:f",
        on("a", "b", **BESIDE),
    ),
    "a reminder beside a task in a loop": (
        "start:s > xor:m > task:a > xor:x > end:e; x > m; b > task:r > end:f",
        on("a", "b", **BESIDE),
    ),
    "a reminder that ends where the flow ends": (
        "start:s > task:a > end:e; b > task:r > e",
        on("a", "b", **BESIDE),
    ),
    "a reminder that an inclusive gateway waits for": (
        "start:s > task:a > or:j > task:c > end:e; b > task:r > j",
        on("a", "b", **BESIDE),
    ),
    "two reminders that share a step": (
        "start:s > task:a > end:e; b > task:r > end:f; c > r",
        on("a", "b", **BESIDE),
        on("a", "c", **BESIDE),
    ),
    "a reminder on a step of a reminder": (
        "start:s > task:a > end:e; b > task:r > end:f; c > task:q > end:g",
        on("a", "b", **BESIDE),
        on("r", "c", **BESIDE),
    ),
    "a subprocess": ("start:s > p > end:e", node("sub", "p", SUB_ENDS)),
    "an empty subprocess, of which nothing is known": (
        "start:s > p > end:e; b > end:f",
        node("sub", "p"),
        on("p", "b", definition="error"),
    ),
    "an error that is caught": (
        "start:s > p > end:e; b > end:f",
        node(
            "sub",
            "p",
            draw(
                "start:si > xor:sx > end:se; sx > sf",
                node("end", "sf", definition="error", code="no"),
            ),
        ),
        on("p", "b", definition="error", code="no"),
    ),
    "an escalation that is caught beside": (
        "start:s > p > end:e; b > end:f",
        node(
            "sub",
            "p",
            draw("start:si > st > end:se", node("throw", "st", definition="escalation", code="up")),
        ),
        on("p", "b", cancelActivity="false", definition="escalation", code="up"),
    ),
    "an ad hoc subprocess": (
        "start:s > p > end:e",
        node("adHocSubProcess", "p", draw("task:pa > task:pb; task:pc")),
    ),
    "a transaction that is cancelled": (
        "start:s > p > end:e; b > end:f",
        node(
            "transaction",
            "p",
            draw("start:si > xor:sx > end:se; sx > sc", node("end", "sc", definition="cancel")),
        ),
        on("p", "b", definition="cancel"),
    ),
    "compensation": (
        "start:s > task:a > c > end:e",
        node("throw", "c", definition="compensate"),
        on("a", "b", definition="compensate"),
        node("serviceTask", "undo", isForCompensation="true"),
    ),
    "event subprocesses": (
        "start:s > task:a > end:e",
        handler("h"),
        handler("i", beside=True, definition="timer"),
    ),
    "an event subprocess for an error that is thrown": (
        "start:s > xor:x > end:e; x > f",
        node("end", "f", definition="error", code="no"),
        handler("h", definition="error", code="no"),
    ),
    "an event subprocess for an error of a service": (
        "start:s > serviceTask:a > end:e",
        handler("h", definition="error", code="no"),
    ),
    "a subprocess that goes on until a timer ends it": (
        "start:s > p; b > end:e",
        node("sub", "p", draw("start:si > task:sm > task:sa > sm")),
        on("p", "b", **TIMER),
    ),
    "a loop of several tasks": (
        "start:s > task:a; a > multi > end:e",
        node("userTask", "multi", "<multiInstanceLoopCharacteristics/>"),
    ),
}

DEADLOCK, TWICE = Fault.DEADLOCK, Fault.LACK_OF_SYNCHRONISATION
DEAD, ENDLESS = Fault.DEAD_ELEMENT, Fault.CANNOT_END
UNSOUND = {
    "a choice joined as if all were taken": (
        ["start:s > xor:x > task:a > and:y > end:e; x > task:b > y"],
        [(DEADLOCK, "y")],
    ),
    "an inclusive choice joined as if all were taken": (
        ["start:s > or:x > task:a > and:y > end:e; x > task:b > y"],
        [(DEADLOCK, "y")],
    ),
    "ways at the same time merged": (
        ["start:s > and:x > task:a > xor:y > task:c > end:e; x > task:b > y"],
        [(TWICE, "y")],
    ),
    "ways at the same time merged by a task": (
        ["start:s > and:x > task:a > task:c > end:e; x > task:b > c"],
        [(TWICE, "c")],
    ),
    "an inclusive choice merged": (
        ["start:s > or:x > task:a > xor:y > task:c > end:e; x > task:b > y"],
        [(TWICE, "y")],
    ),
    "a way back out of one of several ways": (
        ["start:s > xor:m > task:a > and:p > task:b > m; p > end:e"],
        [(TWICE, "m")],
    ),
    "ways at the same time that go round at one task": (
        ["start:s > and:p > task:a > task:c; p > task:b > c; d > c", on("c", "d", **TIMER)],
        [(TWICE, "c")],
    ),
    "a reminder that leads back into the flow": (
        [
            "start:s > task:a > xor:m > task:c > end:e; b > task:r > m",
            on("a", "b", **BESIDE),
        ],
        [(TWICE, "m")],
    ),
    "a reminder that leads back to its own task": (
        ["start:s > task:a > end:e; b > task:r > a", on("a", "b", **BESIDE)],
        [(TWICE, "a")],
    ),
    "two reminders that wait for each other": (
        [
            "start:s > task:a > end:e; b > and:j > end:f; c > j",
            on("a", "b", **BESIDE),
            on("a", "c", **BESIDE),
        ],
        [(DEADLOCK, "j")],
    ),
    "a task that nothing leads to": (
        ["start:s > task:a > end:e; task:b > e"],
        [(DEAD, "b")],
    ),
    "a loop that nothing leads to": (
        ["start:s > task:a > end:e; task:b > task:c > b"],
        [(DEAD, "b")],
    ),
    "nothing to begin with": (["task:a > task:b > a"], [(DEAD, "a")]),
    "a link that leads nowhere and one that is never used": (
        [
            "start:s > l1; l2 > task:b > end:e",
            node("throw", "l1", definition="link", code="on"),
            node("catch", "l2", definition="link", code="off"),
        ],
        [(DEAD, "l2")],
    ),
    "a way on after a subprocess that always fails": (
        [
            "start:s > p > task:a > end:e; b > end:f",
            node(
                "sub", "p", draw("start:si > sf", node("end", "sf", definition="error", code="no"))
            ),
            on("p", "b", definition="error", code="no"),
        ],
        [(DEAD, "a")],
    ),
    "a boundary event for an error that is never thrown": (
        [
            "start:s > p > end:e; b > end:f",
            node("sub", "p", SUB_ENDS),
            on("p", "b", definition="error", code="no"),
        ],
        [(DEAD, "b")],
    ),
    "an event subprocess for an error that nothing throws": (
        ["start:s > userTask:a > end:e", handler("h", definition="error", code="no")],
        [(DEAD, "h")],
    ),
    "a loop without a way out": (
        ["start:s > xor:m > task:a > task:b > m"],
        [(ENDLESS, "m")],
    ),
    "a choice into a loop without a way out": (
        ["start:s > xor:x > end:e; x > xor:m > task:a > m"],
        [(ENDLESS, "m")],
    ),
    "a loop without a way out, beside a task": (
        ["start:s > and:p > xor:m > task:a > m; p > task:b > task:c > end:e"],
        [(ENDLESS, "m")],
    ),
    "a loop that only a withdrawal ends": (
        ["start:s > xor:m > task:a > task:b > m", handler("h")],
        [(ENDLESS, "m")],
    ),
    "a fault inside a subprocess": (
        [
            "start:s > p > end:e",
            node("sub", "p", draw("start:si > xor:x > task:a > and:y > end:f; x > task:b > y")),
        ],
        [(DEADLOCK, "y")],
    ),
    "a fault inside an event subprocess": (
        [
            "start:s > task:t > end:e",
            node(
                "sub",
                "h",
                draw(
                    "hs > xor:x > task:a > and:y > end:f; x > task:b > y",
                    node("start", "hs", definition="message"),
                ),
                **HANDLER,
            ),
        ],
        [(DEADLOCK, "y")],
    ),
    "inclusive joins that wait for what is stuck": (
        ["start:s > or:x > and:a > or:y > end:e; x > y; xor:z > a"],
        [(DEADLOCK, "a"), (DEAD, "z")],
    ),
    "a join that is an end as well": (
        ["start:s > xor:x > and:y; x > task:a > y"],
        [(DEADLOCK, "y")],
    ),
    "starts that wait for each other": (
        ["start:s > and:j > end:e; start:t > j"],
        [(DEADLOCK, "j")],
    ),
}


def faults_of(*drawn: str) -> list[tuple[Fault, str]]:
    found = analysis.analyse(drawing.diagram(*drawn))
    return sorted((finding.fault, finding.element) for finding in found)


@pytest.mark.parametrize("drawn", SOUND.values(), ids=SOUND.keys())
def test_these_are_sound(drawn: tuple[str, ...]) -> None:
    assert faults_of(*drawn) == []


@pytest.mark.parametrize(("drawn", "faults"), UNSOUND.values(), ids=UNSOUND.keys())
def test_these_are_not(drawn: list[str], faults: list[tuple[Fault, str]]) -> None:
    assert faults_of(*drawn) == sorted(faults)
