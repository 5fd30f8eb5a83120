"""What an element refers to is in the file."""

from collections.abc import Iterator
from typing import Final

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem

# Attribute or tag of a reference, and what it refers to in words.
_ATTRIBUTES: Final = {
    "sourceRef": "element",
    "targetRef": "element",
    "attachedToRef": "element",
    "default": "flow",
    "messageRef": "message",
    "errorRef": "error",
    "escalationRef": "escalation",
}
_TAGS: Final = {"flowNodeRef": "element"}


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each reference to something that the file does not define."""
    ids = {node.get("id") for node in diagram.root.iter() if node.get("id")}
    for process in reading.processes(diagram):
        for node in process.iter():
            tag = reading.tag(node)
            named = [(word, node.get(name)) for name, word in _ATTRIBUTES.items()] if tag else []
            if tag in _TAGS:
                named.append((_TAGS[tag], (node.text or "").strip()))
            for word, reference in named:
                if reference and reference.rpartition(":")[2] not in ids:
                    owner = reading.owner(node)
                    yield reading.error(
                        __name__,
                        owner,
                        f"“{reading.title(owner)}” refers to the {word} “{reference}”, which the "
                        "file does not define.",
                        f"Choose another {word}, or take the reference away.",
                        at=node,
                    )
