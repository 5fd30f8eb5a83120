"""Every duty of the rulebook, with the steps of the live diagrams that open and meet it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.definitions.cache import Bundles
from engine.definitions.elements import Element, Text
from engine.queries import definition_list
from workflows.lawful import named, records
from workflows.rulebook.model import Duty, Rulebook, Trigger


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a diagram. `version` is the live one of its file."""

    process_key: str
    version: int
    element_id: str
    name: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty. `opened_at`, `met_at`, `voided_at`: steps that record a fact which does so."""

    duty: Duty
    opened_at: tuple[Place, ...]
    met_at: tuple[Place, ...]
    voided_at: tuple[Place, ...]
    watched_at: tuple[Place, ...]


def duty_list(
    connection: sa.Connection, rulebook: Rulebook, bundles: Bundles
) -> tuple[DutyRow, ...]:
    """Return the duties in the order of the rulebook."""
    recorded: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    watched: dict[str, list[Place]] = defaultdict(list)
    for element, place in _elements(connection, bundles):
        for code, outcome in _records(element, rulebook):
            recorded[code].append((outcome, place))
        if element.timer:
            for code in named.duties_in(_written(element.properties.get("duty")), rulebook):
                watched[code].append(place)
    return tuple(
        DutyRow(
            duty,
            _where(duty.opens_on, recorded),
            _where(duty.met_by, recorded),
            _where(duty.void_by, recorded),
            tuple(dict.fromkeys(watched[duty.code])),
        )
        for duty in rulebook.duties
    )


def _elements(connection: sa.Connection, bundles: Bundles) -> Iterator[tuple[Element, Place]]:
    seen: set[tuple[str, str]] = set()
    for process in definition_list.processes(connection):
        versions = definition_list.members_of(connection, process.bundle_id)
        for element in bundles.get(process.bundle_id).elements.values():
            key = (element.process_key, element.id)
            if key not in seen:
                seen.add(key)
                version = versions.get(element.process_key, process.version)
                yield element, Place(element.process_key, version, element.id, element.name)


def _records(element: Element, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield the facts that an element may record, each with its outcome where the text tells."""
    for each in records.read(_written(element.properties.get("records"))):
        if each.code in rulebook.facts:
            known = each.outcome is not None and each.outcome.kind == "value"
            yield each.code, str(each.outcome.value) if each.outcome and known else ""


def _written(text: Text | None) -> str:
    """Return a text as it stands in the diagram."""
    parts = (text.parts or (text,)) if text else ()
    return "".join(
        f"${{{part.expression.text}}}" if part.expression else part.literal for part in parts
    )


def _where(
    triggers: Iterable[Trigger], recorded: Mapping[str, list[tuple[str, Place]]]
) -> tuple[Place, ...]:
    found = [
        place
        for trigger in triggers
        for outcome, place in recorded.get(trigger.code, ())
        if not trigger.outcome or not outcome or trigger.outcome == outcome
    ]
    return tuple(dict.fromkeys(found))
