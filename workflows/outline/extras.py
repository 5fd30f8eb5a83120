"""What the dialect says of a step within its extension elements: properties, and the form's questions."""

from collections.abc import Mapping

from lxml import etree

from engine.definitions import xml
from workflows.outline.drawing import C, CannotEdit, Drawing, append, discard, extension


def declare(drawing: Drawing) -> None:
    """Let the file know the dialect's prefix, where it did not."""
    if xml.CAMUNDA in drawing.root.nsmap.values():
        return
    known = {prefix for each in drawing.root.iter(etree.Element) for prefix in each.nsmap if prefix}
    prefix = "camunda" if "camunda" not in known else "camunda7"
    etree.cleanup_namespaces(
        drawing.root, top_nsmap={prefix: xml.CAMUNDA}, keep_ns_prefixes=[*known, prefix]
    )


def properties(node: etree._Element) -> dict[str, str]:
    """Return the properties of an element, in their order."""
    found = node.findall(f"{xml_path('properties')}/{C}property")
    return {each.get("name") or "": each.get("value") or "" for each in found if each.get("name")}


def set_properties(drawing: Drawing, node: etree._Element, values: Mapping[str, str]) -> None:
    """Set properties of an element; "" takes one away, and those that are not named stay."""
    declare(drawing)
    holder = node.find(xml_path("properties"))
    if holder is None:
        if not any(values.values()):
            return
        holder = _made(extension(node), "properties")
    present = {each.get("name"): each for each in holder.findall(f"{C}property")}
    for name, value in values.items():
        if not value:
            if name in present:
                discard(present[name])
            continue
        if name not in present:
            present[name] = _made(holder, "property")
            present[name].set("name", name)
        present[name].set("value", value)
    tidy(node)


def fields(node: etree._Element) -> list[etree._Element]:
    """Return the questions of an element's form."""
    found: list[etree._Element] = node.findall(f"{xml_path('formData')}/{C}formField")
    return found


def field(node: etree._Element, field_id: str) -> etree._Element:
    """Return a question.

    Raises:
        CannotEdit: there is none of that id.
    """
    for each in fields(node):
        if each.get("id") == field_id:
            return each
    raise CannotEdit("There is no such question in this form. It may have been removed.")


def add_field(drawing: Drawing, node: etree._Element, field_id: str) -> etree._Element:
    """Return a new question at the end of the form, which is made where there was none."""
    declare(drawing)
    holder = node.find(xml_path("formData"))
    if holder is None:
        holder = _made(extension(node), "formData", first=True)
    made = _made(holder, "formField")
    made.set("id", field_id)
    return made


def move_field(node: etree._Element, field_id: str, by: int) -> None:
    """Let a question come earlier (-1) or later (1)."""
    all_fields = fields(node)
    position = next((at for at, each in enumerate(all_fields) if each.get("id") == field_id), -1)
    target = position + by
    if position < 0 or not 0 <= target < len(all_fields):
        raise CannotEdit("This question cannot be moved further.")
    one, other = all_fields[position], all_fields[target]
    one.tail, other.tail = other.tail, one.tail
    if by > 0:
        other.addnext(one)
    else:
        other.addprevious(one)
    one.tail, other.tail = other.tail, one.tail
    etree.indent(one.getparent(), level=sum(1 for _ in one.getparent().iterancestors()))


def remove_field(node: etree._Element, field_id: str) -> None:
    """Take a question away, and the form with its last."""
    discard(field(node, field_id))
    holder = node.find(xml_path("formData"))
    if holder is not None and not len(holder):
        discard(holder)
    tidy(node)


def set_inner(owner: etree._Element, group: str, item: str, values: Mapping[str, str]) -> None:
    """Set constraints or properties of a question; "" takes one away, others stay."""
    key = "name" if item == "constraint" else "id"
    value_key = "config" if item == "constraint" else "value"
    holder = owner.find(f"{C}{group}")
    present = {} if holder is None else {each.get(key) or each.get("name"): each for each in holder}
    for name, value in values.items():
        if not value:
            if name in present:
                discard(present[name])
            continue
        if holder is None:
            holder = _made(owner, group, first=True)
        if name not in present:
            present[name] = _made(holder, item)
            present[name].set(key, name)
        present[name].set(value_key, value)
    if holder is not None and not len(holder):
        discard(holder)


def inner(owner: etree._Element, group: str) -> dict[str, str]:
    """Return constraints ("validation") or properties of a question."""
    holder = owner.find(f"{C}{group}")
    return {
        each.get("id") or each.get("name") or "": each.get("config") or each.get("value") or ""
        for each in ([] if holder is None else holder)
        if isinstance(each.tag, str)
    }


def set_options(owner: etree._Element, options: list[tuple[str, str]]) -> None:
    """Let the choices of a question be these, value and label each."""
    for each in owner.findall(f"{C}value"):
        discard(each)
    for value, label in options:
        made = _made(owner, "value")
        made.set("id", value)
        made.set("name", label)


def xml_path(name: str) -> str:
    """Return the path of something of the dialect within the extension elements."""
    return f"{{{xml.BPMN}}}extensionElements/{C}{name}"


def tidy(node: etree._Element) -> None:
    """Take away what became empty."""
    for path in (xml_path("properties"), xml_path("formData"), f"{{{xml.BPMN}}}extensionElements"):
        found = node.find(path)
        if found is not None and not len(found) and not (found.text or "").strip():
            discard(found)


def _made(parent: etree._Element, tag: str, *, first: bool = False) -> etree._Element:
    made = etree.Element(f"{C}{tag}", nsmap=parent.nsmap)
    append(parent, made)
    if first and len(parent) > 1:
        tail, made.tail = made.getprevious().tail, parent.text
        parent.insert(0, made)
        parent[-1].tail = tail if not (tail or "").strip() else parent[-1].tail
        etree.indent(parent, level=sum(1 for _ in parent.iterancestors()))
    return made
