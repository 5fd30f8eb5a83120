"""What a rule looks at: a file with those it would be live with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from engine.checks.problem import Problem
from engine.definitions.expressions import FunctionSignature


@dataclass(frozen=True, slots=True)
class Diagram:
    """A BPMN document that is safely parsed, and otherwise not yet believed.

    Attributes:
        name: The file's name, for messages.
        root: Its `definitions`.
        others: Every other file that is live, or would be with this one: process or decision key
            to its root.
        signatures: The functions that expressions may call.
    """

    name: str
    root: etree._Element
    others: Mapping[str, etree._Element] = field(default_factory=dict)
    signatures: tuple[FunctionSignature, ...] = ()


class Rule(Protocol):
    """A rule: `find` of its module; the module's name is the rule's."""

    def __call__(self, diagram: Diagram) -> Iterator[Problem]:
        """Yield the problems of a diagram, in the order of the file."""
        ...
