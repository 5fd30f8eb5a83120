"""A name means one type of answer in all forms."""

from collections.abc import Iterator

from engine.checks import calls, reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield each field whose variable has another type in another form of the same case."""
    files = calls.live(diagram)
    own = calls.key_of(diagram.root)
    known: dict[str, tuple[str, str]] = {}
    for key in calls.reached(own, files):
        if key != own:
            _learn(Diagram(key, files[key]), known)
    yield from _compare(diagram, known)


def _learn(diagram: Diagram, known: dict[str, tuple[str, str]]) -> None:
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            known.setdefault(field.get("id", ""), (field.get("type", ""), reading.title(node)))


def _compare(diagram: Diagram, known: dict[str, tuple[str, str]]) -> Iterator[Problem]:
    for node in reading.flow_nodes(diagram):
        for field in reading.form_fields(node):
            name, kind = field.get("id", ""), field.get("type", "")
            before, where = known.setdefault(name, (kind, reading.title(node)))
            if before != kind and {before, kind} != {"string", "textarea"}:
                yield reading.error(
                    __name__,
                    node,
                    f"“{reading.title(node)}”: field “{name}” has the type {kind}; in “{where}” it "
                    f"has the type {before}, and the answers overwrite each other.",
                    "Give one of the two another id, or both the same type.",
                    at=field,
                )
