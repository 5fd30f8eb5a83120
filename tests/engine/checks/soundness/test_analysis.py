"""What is sound and what is not, construct by construct."""

import pytest

from engine.checks.diagram import Diagram
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault, Finding
from engine.definitions import xml
from tests.support import drawing
from tests.support.drawing import draw, node

TIMER = {"definition": "timer"}
BESIDE = {"cancelActivity": "false", "definition": "timer"}
SUB_ENDS = draw("start:si > task:sa > end:se")
HANDLER = {"triggeredByEvent": "true"}


def handler(name: str, *, beside: bool = False, definition: str = "message", code: str = "") -> str:
    start = {"isInterrupting": "false"} if beside else {}
    begin = node("start", f"{name}_s", definition=definition, code=code, **start)
    return node("sub", name, draw(f"{name}_s > task:{name}_a > end:{name}_e", begin), **HANDLER)


def on(activity: str, name: str, **attributes: str) -> str:
    return node("on", name, attachedToRef=activity, **attributes)


SOUND = {
    "a sequence": ("start:s > task:a > end:e",),
    "a choice": ("start:s > xor:x > task:a > xor:y > end:e; x > task:b > y",),
    "a choice that a task merges": ("start:s > xor:x > task:a > task:c > end:e; x > task:b > c",),
    "ways at the same time": ("start:s > and:x > task:a > and:y > end:e; x > task:b > y",),
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
    "starts that wait for each other": (
        ["start:s > and:j > end:e; start:t > j"],
        [(DEADLOCK, "j")],
    ),
}


def find(*drawn: str) -> tuple[Finding, ...]:
    return analysis.analyse(drawing.diagram(*drawn))


@pytest.mark.parametrize("drawn", SOUND.values(), ids=SOUND.keys())
def test_these_are_sound(drawn: tuple[str, ...]) -> None:
    assert find(*drawn) == ()


@pytest.mark.parametrize(("drawn", "faults"), UNSOUND.values(), ids=UNSOUND.keys())
def test_these_are_not(drawn: list[str], faults: list[tuple[Fault, str]]) -> None:
    found = [(finding.fault, finding.element) for finding in find(*drawn)]

    assert sorted(found) == sorted(faults)


def test_the_counter_example_leads_from_the_start_to_the_join() -> None:
    (finding,) = find("start:s > task:t > xor:x > task:a > and:y > end:e; x > task:b > y")

    assert finding.path == ("s", "s-t", "t", "t-x", "x", "x-a", "a", "a-y", "y")


def test_the_counter_example_of_double_work_shows_both_ways() -> None:
    (finding,) = find("start:s > and:p > task:a > xor:m > task:c > end:e; p > task:b > m")

    assert finding.path[:3] == ("s", "s-p", "p")
    assert {"a", "b", "p-a", "p-b", "a-m", "b-m"} <= set(finding.path)
    assert finding.path.count("m") == 2


def test_the_counter_example_leaves_out_what_has_no_bearing() -> None:
    (finding,) = find(
        "start:s > and:p > xor:x > task:a > and:y > end:e; x > task:b > y;"
        "p > task:c > xor:z > end:f; z > task:d > end:g"
    )

    assert finding.element == "y"
    assert not {"z", "z-f", "f", "d"} & set(finding.path)


def test_the_counter_example_of_a_subprocess_leads_into_it() -> None:
    inside = draw("start:si > xor:x > task:a > and:y > end:f; x > task:b > y")

    (finding,) = find("start:s > task:t > p > end:e", node("sub", "p", inside))

    assert finding.path[:7] == ("s", "s-t", "t", "t-p", "p", "si", "si-x")


def test_the_counter_example_of_a_branch_leads_to_its_event() -> None:
    (finding,) = find(
        "start:s > task:a > end:e; b > xor:x > task:c > and:j > end:f; x > task:d > j",
        on("a", "b", **BESIDE),
    )

    assert finding.path[:5] == ("s", "s-a", "a", "b", "b-x")


def test_a_loop_that_a_withdrawal_may_end_is_told_apart() -> None:
    (alone,) = find("start:s > xor:m > task:a > task:b > m")
    (watched,) = find("start:s > xor:m > task:a > task:b > m", handler("h"))

    assert not alone.escapable
    assert watched.escapable


def test_of_what_is_dead_the_first_is_named_and_the_rest_counted() -> None:
    (finding,) = find("start:s > task:a > end:e; task:b > task:c > task:d > e")

    assert (finding.element, finding.following) == ("b", 2)


def test_each_process_of_a_file_is_looked_at() -> None:
    broken = "start:{0}s > xor:{0}x > task:{0}a > and:{0}y > end:{0}e; {0}x > task:{0}b > {0}y"
    root = drawing.document(draw(broken.format("i")), "", draw(broken.format("k")))

    found = analysis.analyse(Diagram("pools", root))

    assert [finding.element for finding in found] == ["iy", "ky"]


def test_what_a_called_process_throws_is_known() -> None:
    called = draw(
        "start:cs > xor:cx > end:ce; cx > cf", node("end", "cf", definition="error", code="no")
    )
    root = drawing.document(
        draw(
            "start:s > c > end:e; b > end:f; d > end:g",
            node("call", "c", calledElement="p"),
            on("c", "b", definition="error", code="no"),
            on("c", "d", definition="error", code="other"),
        )
    )

    unknown = analysis.analyse(Diagram("calls", _renamed(root, "caller")))
    known = analysis.analyse(
        Diagram("calls", _renamed(root, "caller"), {"p": drawing.document(called)})
    )

    assert unknown == ()
    assert [(finding.fault, finding.element) for finding in known] == [(DEAD, "d")]


def test_processes_that_call_each_other_in_a_circle_are_looked_at_all_the_same() -> None:
    body = draw(
        "start:s > c > end:e; b > end:f",
        node("call", "c", calledElement="p"),
        on("c", "b", definition="error", code="no"),
    )

    (finding,) = analysis.analyse(Diagram("circle", drawing.document(body)))

    assert (finding.fault, finding.element) == (DEAD, "b")


def test_a_decision_table_has_no_control_flow() -> None:
    root = xml.parse(f'<definitions xmlns="{xml.DMN}" id="d" name="d" namespace="d"/>'.encode())

    assert analysis.analyse(Diagram("table.dmn", root)) == ()


def test_elements_without_an_id_and_with_one_used_twice_do_no_harm() -> None:
    root = drawing.document(
        draw("start:s > task:a > end:e", "<task/>", node("task", "a")) + "<sequenceFlow/>"
    )

    (finding,) = analysis.analyse(Diagram("odd", root))

    assert (finding.fault, finding.element) == (DEAD, "")


def _renamed(root, name: str):  # noqa: ANN001, ANN202 (lxml brings no types)
    root[0].set("id", name)
    return root
