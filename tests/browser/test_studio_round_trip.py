"""What other tools wrote into a file is still there when the studio has saved it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from engine.definitions import xml
from tests.support.studio import Desk, open_draft, sign_in

ROOT = Path(__file__).parents[2]
MIWG = ROOT.parent / "shared" / "data" / "bpmn-miwg"
HERE = Path(__file__).with_suffix("")
OWN = sorted((ROOT / "bpmn").rglob("*.bpmn"))
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# What an element without the attribute means as well.
DEFAULTS = {
    ("isExecutable", "false"),
    ("isClosed", "false"),
    ("isExpanded", "false"),
    ("isHorizontal", "false"),
    ("isInterrupting", "true"),
    ("cancelActivity", "true"),
    ("parallelMultiple", "false"),
    ("isForCompensation", "false"),
    ("isCollection", "false"),
    ("isUnlimited", "true"),
    ("isSequential", "false"),
    ("isImmediate", "true"),
    ("triggeredByEvent", "false"),
    ("startQuantity", "1"),
    ("completionQuantity", "1"),
    ("implementation", "##unspecified"),
    ("gatewayDirection", "Unspecified"),
    ("instantiate", "false"),
    ("eventGatewayType", "Exclusive"),
    ("processType", "None"),
    ("associationDirection", "None"),
    ("textFormat", "text/plain"),
    ("behavior", "All"),
    ("testBefore", "false"),
    ("isMarkerVisible", "true"),
    ("messageVisibleKind", "initiating"),
}
# Written otherwise, or not at all, without another meaning.
SAME = {"formalExpression": "expression"}
TRISO = "http://www.trisotech.com/2015/triso/modeling"
FAULTY = {
    # A reference to nothing.
    "C.8.1.bpmn": {
        "- {http://www.omg.org/spec/BPMN/20100524/MODEL}outMessageRef unspecified",
        # One attribute twice, with a prefix and without.
        f"- {{{TRISO}}}allowedValues constraintsType=enumeration {{{TRISO}}}constraintsType=enumeration ",
        f"+ {{{TRISO}}}allowedValues constraintsType=enumeration ",
    }
}


def meaning(data: bytes) -> Counter[str]:
    """Return what a file says, element by element, whatever its order and prefixes."""
    root = xml.parse(data)
    return Counter(
        _said(each) for each in root.iter() if isinstance(each.tag, str) and each is not root
    )


def _said(element: etree._Element) -> str:
    attributes = sorted(
        f"{name}={_plain(value)}"
        for name, value in element.attrib.items()
        if (name, value) not in DEFAULTS and name != f"{XSI}type"
    )
    name = etree.QName(element)
    tag = f"{{{name.namespace}}}{SAME.get(name.localname, name.localname)}"
    return " ".join([tag, *attributes, _plain((element.text or "").strip())])


def _plain(value: str) -> str:
    """Return numbers as one way to write them, and names without their prefixes."""
    if re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", value):
        return f"{round(float(value), 2):g}"
    return " ".join(re.sub(r"^\w+:(?=\w+$)", "", value).split())


def saved_by_the_studio(page: Page, desk: Desk, data: bytes) -> bytes:
    """Open a file and return what the studio makes of it."""
    open_draft(page, desk.begin(data))
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as BPMN").click()
    return download.value.path().read_bytes()


def lost(before: bytes, after: bytes) -> list[str]:
    """Return what is missing, and what is new but for the empty page of a collapsed subprocess."""
    gone, come = meaning(before) - meaning(after), meaning(after) - meaning(before)
    return [f"- {each}" for each in gone] + [f"+ {each}" for each in come if not _is_page(each)]


def _is_page(said: str) -> bool:
    return bool(re.search(r"\}BPMN(Diagram $|Plane bpmnElement=\S+ $)", said))


@pytest.mark.parametrize("path", sorted(HERE.glob("*.bpmn")), ids=lambda path: path.stem)
def test_extensions_of_other_tools_are_kept(page: Page, desk: Desk, path: Path) -> None:
    sign_in(page, desk)

    once = saved_by_the_studio(page, desk, path.read_bytes())
    twice = saved_by_the_studio(page, desk, once)

    assert lost(path.read_bytes(), once) == []
    assert lost(path.read_bytes(), twice) == []


def test_our_own_diagrams_are_kept(page: Page, desk: Desk) -> None:
    sign_in(page, desk)

    for path in OWN:
        kept = saved_by_the_studio(page, desk, path.read_bytes())
        assert lost(path.read_bytes(), kept) == [], path.name


def test_the_reference_models_of_the_standard_are_kept(page: Page, desk: Desk) -> None:
    # They lie beside the repository, not in it: where they are not, there is nothing to look at.
    sign_in(page, desk)

    faults = {}
    for path in sorted(MIWG.rglob("*.bpmn")):
        kept = saved_by_the_studio(page, desk, path.read_bytes())
        found = set(lost(path.read_bytes(), kept)) - FAULTY.get(path.name, set())
        if found:
            faults[path.name] = sorted(found)
    assert faults == {}
