"""Bundles: a process version with all that it calls, parsed once and kept for ever."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.definitions import decisions, forms, parser, xml
from engine.definitions.decisions import DecisionTable
from engine.definitions.elements import Element
from engine.definitions.expressions import (
    Expression,
    FunctionSignature,
    Scope,
)
from engine.definitions.following import Flows, Step, flows_of, following
from engine.definitions.malformed import MalformedDiagram
from engine.store.definitions import Members


@dataclass(frozen=True, slots=True)
class Bundle:
    """A parsed process with all that it calls.

    Attributes:
        elements: Every flow node of the bundle by its id (ids are unique within a bundle).
        start: The element by which it starts.
        start_message: Name of the message that starts it, "" where none does.
        owners: Name of each specification (process or subprocess) to the process it belongs to.
        names: Process key to the name of each process in the bundle.
        flows: Where its elements lead.
        conditions: Text of each condition in the diagrams to its compiled expression.
    """

    id: str
    process_key: str
    version: int
    name: str
    spec: Any
    subprocess_specs: Mapping[str, Any]
    elements: Mapping[str, Element]
    decisions: Mapping[str, DecisionTable]
    conditions: Mapping[str, Expression]
    start: Element
    start_form: forms.FormDefinition
    start_message: str
    names: Mapping[str, str]
    flows: Flows

    def following(self, element_id: str) -> tuple[Step, ...]:
        """Return what may follow an element up to where somebody or something is waited for."""
        return following(self.flows, self.elements, element_id)


def build(bundle_id: str, members: Members, signatures: tuple[FunctionSignature, ...]) -> Bundle:
    """Parse a bundle.

    Raises:
        errors.Invalid: what is wrong, in which file, at which element and line.
    """
    roots = {key: xml.parse(data, name=key) for key, data in members.files.items()}
    diagrams = {key: root for key, root in roots.items() if xml.kind_of(root) == "bpmn"}
    processes = [parser.process_of(root, key) for key, root in diagrams.items()]
    scope = parser.scope_of(processes, signatures)
    catalogue = _catalogue(diagrams, scope)
    tables = {
        table.key: table
        for root in roots.values()
        if xml.kind_of(root) == "dmn"
        for table in decisions.parse_decisions(root, scope)
    }
    spec, subprocesses = parser.parse_specs(diagrams, catalogue, members.process_key)
    main = parser.process_of(diagrams[members.process_key], members.process_key)
    start = catalogue[parser.start_of(main)]
    return Bundle(
        id=bundle_id,
        process_key=members.process_key,
        version=members.version,
        name=main.get("name") or members.process_key,
        spec=spec,
        subprocess_specs=subprocesses,
        elements=catalogue,
        decisions=tables,
        conditions=dict(parser.conditions(processes, scope)),
        start=start,
        start_form=start.form,
        start_message=start.message,
        names={each.get("id", ""): each.get("name") or each.get("id", "") for each in processes},
        flows=flows_of(processes),
    )


def _catalogue(diagrams: Mapping[str, etree._Element], scope: Scope) -> dict[str, Element]:
    catalogue: dict[str, Element] = {}
    for key, root in diagrams.items():
        for element_id, element in parser.read_elements(root, scope, key).items():
            if element_id in catalogue:
                raise MalformedDiagram(
                    f"The id “{element_id}” is used in {key} and in "
                    f"{catalogue[element_id].process_key}; ids must differ between processes "
                    "that call each other."
                )
            catalogue[element_id] = element
    return catalogue


class Bundles:
    """Parsed bundles by id; safe to share between threads."""

    def __init__(
        self,
        load: Callable[[str], Members],
        signatures: tuple[FunctionSignature, ...],
        *,
        known: Mapping[str, Bundle] | None = None,
    ) -> None:
        """Keep how to read a bundle's files; `known`: bundles parsed elsewhere, by identifier."""
        self._load = load
        self._signatures = signatures
        self._parsed: dict[str, Bundle] = dict(known or {})
        self._lock = threading.Lock()

    @property
    def known(self) -> Mapping[str, Bundle]:
        """The bundles that are parsed, by identifier."""
        return dict(self._parsed)

    def get(self, bundle_id: str) -> Bundle:
        """Return a bundle, parsed at its first use.

        Raises:
            errors.NotFound: there is no such bundle.
        """
        found = self._parsed.get(bundle_id)
        if found is not None:
            return found
        with self._lock:
            if bundle_id not in self._parsed:
                self._parsed[bundle_id] = build(bundle_id, self._load(bundle_id), self._signatures)
            return self._parsed[bundle_id]
