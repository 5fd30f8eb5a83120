"""Read XML from outside without being harmed by it."""

import re
from typing import Final

from lxml import etree

from engine import errors

SIZE_LIMIT: Final = 5_000_000  # bytes; the largest reference diagram of the MIWG suite has 0.25 MB
DEPTH_LIMIT: Final = 100
BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DMN: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
NAMESPACES: Final = {"bpmn": BPMN, "dmn": DMN, "camunda": CAMUNDA}
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class MalformedXml(errors.Invalid):
    """The file is not XML that can be read safely."""


def parse(data: bytes, *, name: str = "diagram") -> etree._Element:
    """Parse a BPMN or DMN document.

    Args:
        data: The file, UTF-8 or UTF-16.
        name: What to call it in a message.

    Returns:
        The root element, with line numbers.

    Raises:
        MalformedXml: it is too large, carries a DOCTYPE, is not well-formed, or is no BPMN 2.0
            or DMN 1.3 document.
    """
    _refuse_dangerous(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        dtd_validation=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise MalformedXml(f"{name}{where}: this is not well-formed XML ({error}).") from error
    _refuse_foreign(root, name)
    return root


def kind_of(root: etree._Element) -> str:
    """Return "bpmn" or "dmn" for a root that `parse` returned."""
    return "dmn" if root.tag == f"{{{DMN}}}definitions" else "bpmn"


def _refuse_dangerous(data: bytes, name: str) -> None:
    if not data.strip():
        raise MalformedXml(f"{name}: the file is empty. Choose a .bpmn or .dmn file.")
    if len(data) > SIZE_LIMIT:
        raise MalformedXml(
            f"{name}: the file has {len(data):,} bytes; at most {SIZE_LIMIT:,} are read. "
            "Split the process into called processes."
        )
    readable = data.replace(b"\x00", b"")  # a UTF-16 document hides its markup between zero bytes
    found = _DOCTYPE.search(readable)
    if found:
        line = readable.count(b"\n", 0, found.start()) + 1
        raise MalformedXml(
            f"{name}, line {line}: a DOCTYPE or entity declaration is not accepted. Remove it."
        )


def _refuse_foreign(root: etree._Element, name: str) -> None:
    if root.tag not in {f"{{{BPMN}}}definitions", f"{{{DMN}}}definitions"}:
        raise MalformedXml(
            f"{name}, line {root.sourceline}: the root element is {root.tag}; "
            f"wanted is <definitions> of BPMN 2.0 ({BPMN}) or DMN 1.3 ({DMN})."
        )
    level, deepest = 0, root
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        level += 1 if event == "start" else -1
        if level > DEPTH_LIMIT:
            deepest = element
            raise MalformedXml(
                f"{name}, line {deepest.sourceline}: elements are nested more than "
                f"{DEPTH_LIMIT} deep."
            )
