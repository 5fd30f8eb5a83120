"""The real diagrams, to be broken one by one: each as what the rules of the law look at."""

import copy
import importlib
import pkgutil
from collections.abc import Callable
from functools import lru_cache

from lxml import etree

from engine.checks.diagram import Diagram, Rule
from engine.checks.problem import Problem
from engine.definitions import xml
from tests.support.source import ROOT
from workflows import checks

BPMN = f"{{{xml.BPMN}}}"
CAMUNDA = f"{{{xml.CAMUNDA}}}"
Edit = Callable[[etree._Element], None]  # noqa: SLF001 (lxml’s own name of the type)


def rules() -> dict[str, Rule]:
    """Return the rules of the law that need nothing but the diagrams."""
    names = [each.name for each in pkgutil.iter_modules(checks.__path__)]
    return {name: importlib.import_module(f"workflows.checks.{name}").find for name in names}


@lru_cache(maxsize=1)
def live() -> dict[str, etree._Element]:
    """Return our own diagrams by their keys."""
    return {
        path.stem: xml.parse(path.read_bytes(), name=path.name)
        for path in sorted((ROOT / "bpmn").rglob("*.bpmn"))
    }


def diagram(key: str, edit: Edit | None = None) -> Diagram:
    """Return one of our diagrams, edited, with the others as they are."""
    root = copy.deepcopy(live()[key])
    if edit:
        edit(root)
        root = xml.parse(etree.tostring(root), name=key)
    return Diagram(
        f"{key}.bpmn", root, {each: found for each, found in live().items() if each != key}
    )


def found(rule: str, diagram: Diagram) -> tuple[Problem, ...]:
    """Return what a rule finds."""
    return tuple(rules()[rule](diagram))


def element(root: etree._Element, element_id: str) -> etree._Element:
    """Return an element by its id."""
    return next(each for each in root.iter() if each.get("id") == element_id)


def remove(root: etree._Element, *element_ids: str) -> None:
    """Take elements away, with the flows that lead to and from them."""
    for each in list(root.iter()):
        gone = each.get("id"), each.get("sourceRef"), each.get("targetRef")
        if set(element_ids) & set(gone) and each.getparent() is not None:
            each.getparent().remove(each)


def lead(root: etree._Element, flow: str, target: str) -> None:
    """Lead a flow to another element."""
    element(root, flow).set("targetRef", target)


def drop_property(root: etree._Element, element_id: str, name: str) -> None:
    """Take a property from an element."""
    for each in element(root, element_id).iter(f"{CAMUNDA}property"):
        if each.get("name") == name:
            each.getparent().remove(each)


def text(diagram: Diagram) -> str:
    """Return a diagram as its file has it."""
    return str(etree.tostring(diagram.root, encoding="unicode"))
