"""What an analysis says of a fault: where it is, and how a case gets there."""

from lxml import etree

from engine.checks.diagram import Diagram
from engine.checks.soundness import analysis
from engine.checks.soundness.findings import Fault, Finding
from engine.definitions import xml
from tests.support import drawing
from tests.support.drawing import draw, handler, node, on

DEAD = Fault.DEAD_ELEMENT
BESIDE = {"cancelActivity": "false", "definition": "timer"}


def find(*drawn: str) -> tuple[Finding, ...]:
    return analysis.analyse(drawing.diagram(*drawn))


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


def _renamed(root: etree._Element, name: str) -> etree._Element:
    root[0].set("id", name)
    return root
