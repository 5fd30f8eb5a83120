"""What a simulation knows of a process: its diagram, the law, and which answers decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.definitions import cache, forms
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from engine.definitions.expressions import Expression
from engine.definitions.forms import FieldType, FormDefinition, FormField
from engine.store.definitions import Members
from workflows.context import SIGNATURES
from workflows.rulebook import load
from workflows.rulebook.model import Rulebook
from workflows.simulation import services

_DECIDING: Final = {FieldType.ENUM, FieldType.BOOLEAN}


@dataclass(frozen=True, slots=True)
class Decider:
    """A question whose answer decides which way a case takes."""

    element_id: str
    element_name: str
    field: FormField

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Each answer with its label."""
        if self.field.type == FieldType.BOOLEAN:
            return (("true", "Yes"), ("false", "No"))
        return self.field.options


@dataclass(frozen=True)
class Process:
    """A process as it is simulated."""

    bundle: Bundle
    rulebook: Rulebook

    @cached_property
    def forms(self) -> Mapping[str, FormDefinition]:
        """The form of each element that has one, with the choices filled in."""
        return {
            each.id: forms.with_options(each.form, services.choices)
            for each in self.bundle.elements.values()
            if each.form.fields
        }

    @cached_property
    def start(self) -> Element:
        """The start event of the process itself."""
        return next(
            each
            for each in self.bundle.elements.values()
            if each.type == "startEvent"
            and each.process_key == self.bundle.process_key
            and each.form == self.bundle.start_form
            and each.message == self.bundle.start_message
        )

    @cached_property
    def tasks(self) -> tuple[Element, ...]:
        """What people do, in the order of the diagrams."""
        return tuple(each for each in self.bundle.elements.values() if each.type == "userTask")

    @cached_property
    def deciders(self) -> tuple[Decider, ...]:
        """The questions whose answer a condition, a decision or a script looks at."""
        looked_at = {name for each in self._expressions() for name in each.names}
        return tuple(
            Decider(element.id, element.name or "Start", field)
            for element in (self.start, *self.tasks)
            for field in self.forms.get(element.id, FormDefinition()).fields
            if field.type in _DECIDING and field.id in looked_at
        )

    @cached_property
    def duties(self) -> frozenset[str]:
        """Codes of the duties that are owed in it, or that one of its elements names or meets."""
        owned = {
            each.code
            for each in self.rulebook.duties
            if set(each.processes) & set(self.bundle.names)
        }
        texts = [
            (name, each.literal)
            for element in self.bundle.elements.values()
            for name, each in element.properties.items()
        ]
        named = {text for name, text in texts if name == "duty"}
        recorded = {
            part.strip().partition(":")[0]
            for name, text in texts
            if name == "records"
            for part in text.split(";")
        }
        met = {
            each.code
            for each in self.rulebook.duties
            if any(trigger.code in recorded for trigger in each.met_by)
        }
        known = {each.code for each in self.rulebook.duties if not each.right}
        return frozenset((owned | named | met) & known)

    def _expressions(self) -> Iterator[Expression]:
        yield from self.bundle.conditions.values()
        for element in self.bundle.elements.values():
            yield from (expression for _, expression in element.script)
            if element.collection:
                yield element.collection
        for table in self.bundle.decisions.values():
            yield from table.inputs


def of_files(process_key: str, files: Mapping[str, bytes]) -> Process:
    """Return a process from its files.

    Raises:
        errors.Invalid: a file is no diagram that the engine can run.
    """
    bundle = cache.build("simulated", Members(process_key, 1, files), SIGNATURES)
    return Process(bundle, load.current())
