"""The script engine that SpiffWorkflow asks: CEL expressions, services, decisions, assignments.

Nothing of it can reach Python's own evaluation: a text that was not compiled with the bundle is
refused.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from SpiffWorkflow.task import Task

from engine import changes, errors, ports
from engine.definitions import decisions, expressions, specs
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element, Text

PAYLOAD: Final = "payload."
SIZE_LIMIT: Final = 200_000  # characters of all variables of an instance; long texts are documents


class TooMuchData(errors.Invalid):
    """The case holds too many long answers. Put long texts into documents."""


class Runner:
    """Evaluates and performs for one run, and keeps the changes in the order they happened.

    Attributes:
        variables: The instance's variables; a multi-instance's own stay with its token.
        changes: What happened so far.
        done: Elements that a token has left, by process, for the picture of the instance.
    """

    def __init__(
        self,
        bundle: Bundle,
        instance_id: UUID,
        subject_id: UUID,
        variables: Mapping[str, changes.JsonValue],
        context: ports.RunContext,
    ) -> None:
        """Start with the variables as stored."""
        self.bundle = bundle
        self.instance_id = instance_id
        self.subject_id = subject_id
        self.variables: dict[str, changes.JsonValue] = dict(variables)
        self.context = context
        self.changes: list[changes.Change] = []
        self.done: dict[str, list[str]] = {}
        self.end_element = ""

    # What SpiffWorkflow calls

    def evaluate(self, task: Task, text: str, external_context: object = None) -> Any:  # noqa: ANN401
        """Return the value of a condition of the diagram."""
        del external_context
        return self.value(self.bundle.conditions[text], task)

    def perform(self, task: Task) -> bool:
        """Carry out a service, decision or script task; a refusal becomes an incident."""
        element = self.bundle.elements[task.task_spec.bpmn_id]
        try:
            values = self._result(element, task)
            self.store(task, values)
        except errors.Refused as refusal:
            self.changes.append(
                changes.IncidentRaised(
                    self.instance_id,
                    uuid4(),
                    task.id,
                    element.id,
                    element.process_key,
                    element.name,
                    refusal.message,
                )
            )
            return False
        self.complete(element, task, values)
        return True

    def collection(self, task: Task) -> list[Any]:
        """Return the items of a multi-instance."""
        element = self.bundle.elements[task.task_spec.bpmn_id]
        items = self.value(element.collection, task) if element.collection else []
        if not isinstance(items, list):
            raise errors.Invalid(f"“{element.name}” needs a list to run over.")
        return items

    def send(self, task: Task, message: str) -> None:
        """Send a message from a throw event, a send task or a message end event.

        It carries what the element's `payload.NAME` properties say, and nothing else.
        """
        element = self.bundle.elements[task.task_spec.bpmn_id]
        payload = {
            name.removeprefix(PAYLOAD): self._carried(text, task)
            for name, text in element.properties.items()
            if name.startswith(PAYLOAD)
        }
        self.changes.append(changes.MessageSent(self.instance_id, message, element.id, payload))

    def _carried(self, text: Text, task: Task) -> changes.JsonValue:
        if text.parts or text.expression is None:
            return self.text(text, task)
        value: changes.JsonValue | dt.date = self.value(text.expression, task)
        return value.isoformat() if isinstance(value, dt.date) else value

    # What the run calls

    def value(self, expression: expressions.Expression, task: Task) -> Any:  # noqa: ANN401
        """Evaluate an expression as a token sees it."""
        return expression.evaluate({**self.variables, **task.data}, self.context.functions())

    def text(self, text: Text, task: Task) -> str:
        """Return a literal, or the text of an expression's value ("" where it has none)."""
        return text.said(lambda expression: self.value(expression, task))

    def properties(self, element: Element, task: Task) -> dict[str, str]:
        """Return an element's extension properties, evaluated."""
        return {name: self.text(text, task) for name, text in element.properties.items()}

    def item(self, task: Task) -> changes.JsonValue:
        """Return the item of the multi-instance that a token is in, or None."""
        name = task.data.get(specs.ITEM)
        return task.data.get(name) if name else None

    def store(self, task: Task, values: changes.Values) -> None:
        """Set variables: of the instance, or of the token within a multi-instance."""
        if not values:
            return
        if specs.ITEM in task.data:
            task.data.update(values)
        else:
            self.variables.update(values)
            self.changes.append(changes.VariablesSet(self.instance_id, dict(values)))
        if len(str(self.variables)) > SIZE_LIMIT:
            raise TooMuchData

    def complete(self, element: Element, task: Task, values: changes.Values) -> None:
        """Tell that a token leaves an element, before the next one is reached."""
        change = changes.ElementCompleted(
            self.instance_id,
            element.id,
            element.process_key,
            element.type,
            element.name,
            self.properties(element, task),
            {**self._own(task), **values},
            self.item(task),
        )
        self.changes.append(change)
        self.changes.extend(self.context.element_completed(change))
        self.mark_done(element)
        if element.type == "endEvent" and element.process_key == self.bundle.process_key:
            self.end_element = element.id

    @staticmethod
    def _own(task: Task) -> dict[str, changes.JsonValue]:
        """Return what a token within a multi-instance has of its own, without the item."""
        item = task.data.get(specs.ITEM)
        return {
            name: value
            for name, value in task.data.items()
            if item and name not in {item, specs.ITEM}
        }

    def mark_done(self, element: Element) -> None:
        """Take note that a token has left an element."""
        done = self.done.setdefault(element.process_key, [])
        if element.id not in done:
            done.append(element.id)

    def _result(self, element: Element, task: Task) -> dict[str, changes.JsonValue]:
        if element.type == "scriptTask":
            values: dict[str, changes.JsonValue] = {}
            for name, expression in element.script:
                seen = {**self.variables, **task.data, **values}
                value = expression.evaluate(seen, self.context.functions())
                values[name] = value.isoformat() if isinstance(value, dt.date) else value
            return values
        if element.decision:
            return self._decide(element, task)
        result = self.context.call(
            ports.ServiceCall(
                self.instance_id,
                self.subject_id,
                element.topic,
                element.id,
                element.process_key,
                element.name,
                self.properties(element, task),
                {**self.variables, **task.data},
                self.item(task),
            )
        )
        self.changes.extend(result.changes)
        return dict(result.values)

    def _decide(self, element: Element, task: Task) -> dict[str, changes.JsonValue]:
        table = self.bundle.decisions.get(element.decision)
        if table is None:
            raise errors.Invalid(f"There is no decision “{element.decision}”.")
        seen = {**self.variables, **task.data}
        outcome = decisions.evaluate(table, seen, self.context.functions())
        return {element.result_variable or element.decision: outcome}
