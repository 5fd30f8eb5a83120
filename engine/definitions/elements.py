"""What a diagram says of each element, in the Camunda 7 dialect: role, form, topic, properties."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.definitions import declarations, expressions, forms, periods, xml
from engine.definitions.expressions import Expression, Scope, ValueType
from engine.definitions.malformed import MalformedDiagram

_C = f"{{{xml.CAMUNDA}}}"
_B = f"{{{xml.BPMN}}}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text: a literal, an expression (`${…}`), or `parts` of both one after the other."""

    literal: str = ""
    expression: Expression | None = None
    parts: tuple["Text", ...] = ()

    def said(self, evaluate: Callable[[Expression], object]) -> str:
        """Return the literal, or the text of the expression's value ("" where it has none)."""
        if self.parts:
            return "".join(part.said(evaluate) for part in self.parts)
        if self.expression is None:
            return self.literal
        value = evaluate(self.expression)
        if isinstance(value, dt.date):
            return value.isoformat()
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node.

    Attributes:
        id, name, type: As in the diagram; `type` is the BPMN tag ("userTask").
        process_key: The process that it belongs to, through embedded subprocesses.
        line: Where in the file.
        role: Code of the role of its lane or of `camunda:candidateGroups`.
        timer: (kind, text) for a timer event: date, duration or cycle.
        message: Name of the message that it waits for or sends, or "".
        sequential: Of several items, one after the other.
    """

    id: str
    name: str
    type: str
    process_key: str
    line: int
    role: Text = field(default_factory=Text)
    assignee: Text = field(default_factory=Text)
    due: Expression | None = None
    form: forms.FormDefinition = field(default_factory=forms.FormDefinition)
    form_key: str = ""
    topic: str = ""
    decision: str = ""
    result_variable: str = ""
    script: tuple[tuple[str, Expression], ...] = ()
    collection: Expression | None = None
    item_variable: str = ""
    sequential: bool = False
    properties: Mapping[str, Text] = field(default_factory=dict)
    timer: tuple[str, tuple[Text, ...]] | None = None
    message: str = ""
    correlate: Mapping[str, Expression] = field(default_factory=dict)
    interrupting: bool = True
    attached_to: str = ""


def role_code(name: str) -> str:
    """Return the code of a role from its lane's name ("SEN casework" to "sen_casework")."""
    plain = re.sub(r"[’']", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def tag_of(node: etree._Element) -> str:
    """Return the tag without its namespace."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Reads the elements of one document's process."""

    process: etree._Element
    scope: Scope
    messages: Mapping[str, str]
    lanes: Mapping[str, str]

    def read(self) -> dict[str, Element]:
        """Return every flow node of the process by its id.

        Raises:
            MalformedDiagram: naming the element, the line and what to do.
        """
        found: dict[str, Element] = {}
        for node in self.process.iter():
            tag = tag_of(node)
            if node.get("id") and (tag.endswith(("Event", "Task", "Gateway")) or tag in _OTHERS):
                if node.get("id", "") in found:
                    raise MalformedDiagram(
                        f"The id “{node.get('id')}” is used twice (line {node.sourceline})."
                    )
                found[node.get("id", "")] = self._element(node, tag)
        return found

    def form_of(self, element_id: str) -> forms.FormDefinition:
        """Return the form of one element, whatever is wrong elsewhere; empty where it has none.

        Raises:
            MalformedDiagram: the form is wrong.
        """
        node = next((each for each in self.process.iter() if each.get("id") == element_id), None)
        return forms.FormDefinition() if node is None else self._form(node)

    def _element(self, node: etree._Element, tag: str) -> Element:
        loop = node.find(f"{_B}multiInstanceLoopCharacteristics")
        collection = loop.get(f"{_C}collection") if loop is not None else None
        properties = self._properties(node)
        due = node.get(f"{_C}dueDate")
        return Element(
            id=node.get("id", ""),
            name=" ".join((node.get("name") or node.get("id") or "").split()),
            type=tag,
            process_key=self.process.get("id", ""),
            line=node.sourceline or 0,
            role=self._role(node),
            assignee=self.text(node, node.get(f"{_C}assignee")),
            due=self.expression(node, due, ValueType.DATE) if due else None,
            form=self._form(node),
            form_key=node.get(f"{_C}formKey") or "",
            topic=node.get(f"{_C}topic") or "",
            decision=node.get(f"{_C}decisionRef") or "",
            result_variable=node.get(f"{_C}resultVariable") or "",
            script=tuple(
                (name, self.expression(node, text)) for name, text in declarations.assignments(node)
            )
            if tag == "scriptTask"
            else (),
            collection=self.expression(node, collection, ValueType.LIST) if collection else None,
            item_variable=(loop.get(f"{_C}elementVariable") or "") if loop is not None else "",
            sequential=loop is not None and loop.get("isSequential") == "true",
            properties={
                name: text for name, text in properties.items() if not name.startswith("variable.")
            },
            timer=self._timer(node),
            message=self._message(node),
            correlate=self._correlate(node, properties),
            interrupting="false" not in {node.get("cancelActivity"), node.get("isInterrupting")},
            attached_to=node.get("attachedToRef") or "",
        )

    def expression(
        self, node: etree._Element, text: str, expects: ValueType = ValueType.ANY
    ) -> Expression:
        """Compile an expression of an element; a mistake names the element and the line."""
        try:
            return expressions.compile_expression(
                expressions.strip_wrapper(text), self.scope, expects=expects
            )
        except expressions.BadExpression as error:
            name = node.get("name") or node.get("id")
            raise MalformedDiagram(
                f"“{name}” (line {node.sourceline}): {error.message}",
                errors={node.get("id") or "": (error.message,)},
            ) from error

    def text(self, node: etree._Element, value: str | None) -> Text:
        """Return a literal, or the expression that it wraps."""
        if expressions.is_wrapped(value):
            return Text(expression=self.expression(node, value or ""))
        return Text(literal=(value or "").strip())

    def _role(self, node: etree._Element) -> Text:
        groups = node.get(f"{_C}candidateGroups")
        if groups:
            return self.text(node, groups)
        current: etree._Element | None = node
        while current is not None:
            lane = self.lanes.get(current.get("id") or "")
            if lane:
                return Text(literal=role_code(lane))
            current = current.getparent()
        return Text()

    def _properties(self, node: etree._Element) -> dict[str, Text]:
        holder = node.find(f"{_B}extensionElements/{_C}properties")
        if holder is None:
            return {}
        return {
            each.get("name") or "": self._template(node, each.get("value") or "")
            for each in holder.findall(f"{_C}property")
        }

    def _template(self, node: etree._Element, value: str) -> Text:
        """Read a property, whose value may have `${…}` within a longer text."""
        if "${" not in value or (expressions.is_wrapped(value) and value.count("${") == 1):
            return self.text(node, value)
        parts = re.split(r"(\$\{[^}]*\})", value)
        return Text(parts=tuple(self._part(node, part) for part in parts if part))

    def _part(self, node: etree._Element, part: str) -> Text:
        return self.text(node, part) if part.startswith("${") else Text(literal=part)

    def _form(self, node: etree._Element) -> forms.FormDefinition:
        data = node.find(f"{_B}extensionElements/{_C}formData")
        if data is None:
            return forms.FormDefinition()
        fields = tuple(self._field(node, each) for each in data.findall(f"{_C}formField"))
        ids = [each.id for each in fields]
        for one in ids:
            if ids.count(one) > 1:
                raise MalformedDiagram(
                    f"“{node.get('name')}” (line {node.sourceline}): two fields are called “{one}”."
                )
        return forms.FormDefinition(fields)

    def _field(self, node: etree._Element, each: etree._Element) -> forms.FormField:
        name, kind = each.get("id") or "", each.get("type") or "string"
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
            raise MalformedDiagram(
                f"“{node.get('name')}” (line {each.sourceline}): a field needs an id of small "
                f"letters, digits and underscores; it has “{name}”."
            )
        if kind not in set(forms.FieldType):
            raise MalformedDiagram(
                f"“{node.get('name')}” (line {each.sourceline}): field “{name}” has the type "
                f"“{kind}”; known are {', '.join(forms.FieldType)}."
            )
        constraints = {
            one.get("name") or "": one.get("config") or ""
            for one in each.findall(f"{_C}validation/{_C}constraint")
        }
        properties = {
            one.get("id") or one.get("name") or "": one.get("value") or ""
            for one in each.findall(f"{_C}properties/{_C}property")
        }
        shown_if = properties.get("shown_if")
        return forms.FormField(
            id=name,
            label=each.get("label") or name,
            type=forms.FieldType(kind),
            hint=properties.get("hint", ""),
            required=constraints.get("required", "false") in {"true", ""},
            options=tuple(
                (one.get("id") or "", one.get("name") or one.get("id") or "")
                for one in each.findall(f"{_C}value")
            ),
            default=each.get("defaultValue"),
            minimum=self._bound(node, constraints, "min", "minlength"),
            maximum=self._bound(node, constraints, "max", "maxlength"),
            past_or_today="past_or_today" in constraints,
            shown_if=self.expression(node, shown_if, ValueType.BOOLEAN) if shown_if else None,
            properties=properties,
        )

    @staticmethod
    def _bound(node: etree._Element, constraints: Mapping[str, str], *names: str) -> float | None:
        for name in names:
            if name in constraints:
                try:
                    return float(constraints[name])
                except ValueError as error:
                    raise MalformedDiagram(
                        f"“{node.get('name')}” (line {node.sourceline}): {name} must be a number."
                    ) from error
        return None

    def _timer(self, node: etree._Element) -> tuple[str, tuple[Text, ...]] | None:
        definition = node.find(f"{_B}timerEventDefinition")
        if definition is None:
            return None
        for kind in ("timeDate", "timeDuration", "timeCycle"):
            text = (definition.findtext(f"{_B}{kind}") or "").strip()
            if text:
                parts = re.split(r"/(?![^{]*\})", text) if kind == "timeCycle" else [text]
                found = tuple(self.text(node, part) for part in parts)
                self._refuse_bad_period(node, kind, found)
                return kind, found
        raise MalformedDiagram(
            f"Timer “{node.get('name') or node.get('id')}” (line {node.sourceline}) has no date, "
            "duration or cycle."
        )

    @staticmethod
    def _refuse_bad_period(node: etree._Element, kind: str, parts: tuple[Text, ...]) -> None:
        """Refuse a period that is written out and wrong; one that is asked for shows later."""
        if any(part.expression or part.parts for part in parts):
            return
        try:
            periods.refuse(kind, [part.literal for part in parts])
        except periods.BadPeriod as error:
            name = node.get("name") or node.get("id")
            raise MalformedDiagram(
                f"Timer “{name}” (line {node.sourceline}): {error.message}",
                errors={node.get("id") or "": (error.message,)},
            ) from error

    def _message(self, node: etree._Element) -> str:
        definition = node.find(f"{_B}messageEventDefinition")
        holder = definition if definition is not None else node
        reference = holder.get("messageRef")
        if reference is None:
            return ""
        if reference not in self.messages:
            raise MalformedDiagram(
                f"“{node.get('name') or node.get('id')}” (line {node.sourceline}) names the "
                f"message “{reference}”, which the file does not define."
            )
        return self.messages[reference]

    def _correlate(
        self, node: etree._Element, properties: Mapping[str, Text]
    ) -> dict[str, Expression]:
        holder = node.find(f"{_B}extensionElements/{_C}properties")
        raw = (
            {}
            if holder is None
            else {
                each.get("name"): each.get("value") or ""
                for each in holder.findall(f"{_C}property")
            }
        )
        text = raw.get("correlate", "")
        if not text or "correlate" not in properties:
            return {}
        key, _, value = text.partition("=")
        return {key.strip(): self.expression(node, value)}


_OTHERS = frozenset({"subProcess", "callActivity", "task"})
