"""What is known of a bundle before any of its cases is looked at; made once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definitions.cache import Bundle
from engine.definitions.forms import FieldType
from workflows.access.people import ROLE_NAMES
from workflows.forecast import expressions, graph
from workflows.forecast.graph import Graph
from workflows.rulebook.model import Rulebook, Trigger
from workflows.simulation.process import Process


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer decides which way a case takes."""

    field: str
    values: tuple[str, ...]
    is_boolean: bool

    def value(self, number: int) -> object:
        """Return an answer as a condition looks at it."""
        return self.values[number] == "true" if self.is_boolean else self.values[number]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A bundle, ready to be walked.

    Attributes:
        asks: Element to the questions that decide.
        names: The variables on which the way of a case depends.
    """

    graph: Graph
    asks: Mapping[str, tuple[Question, ...]]
    names: frozenset[str]

    @property
    def fields(self) -> frozenset[tuple[str, str]]:
        """Element and field of all questions that decide."""
        return frozenset((key, each.field) for key, asked in self.asks.items() for each in asked)

    def can_meet(self, triggers: tuple[Trigger, ...]) -> bool:
        """Tell whether any of its elements records one of these facts."""
        codes = {each.code for each in triggers}
        return any(each.code in codes for known in self.graph.records.values() for each in known)


def prepare(bundle: Bundle, rulebook: Rulebook) -> Prepared:
    """Return a bundle, ready to be walked."""
    process = Process(bundle, rulebook)
    asks: dict[str, tuple[Question, ...]] = {}
    for each in process.deciders:
        values = tuple(value for value, _ in each.values)
        is_boolean = each.field.type == FieldType.BOOLEAN
        if values and each.element_id != process.start.id:
            asked = Question(each.field.id, values, is_boolean)
            asks[each.element_id] = (*asks.get(each.element_id, ()), asked)
    return Prepared(graph.graph_of(bundle, process.start.id), asks, expressions.looked_at(bundle))


def name_of(element_name: str, role: str, *, is_of_several: bool) -> str:
    """Return what a manager calls a step: of several side by side, who does it."""
    return ROLE_NAMES.get(role, role) if is_of_several and role else element_name
