"""Every duty of the rulebook, with the steps of the live diagrams that open and meet it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.definitions.cache import Bundles
from engine.definitions.elements import Element, Text
from engine.queries import definition_list
from workflows.rulebook.model import Duty, Rulebook, Trigger

_WORD = re.compile(r"[a-z_0-9]+(?::[a-z_0-9]+)?")


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
            for code in _duties(element, rulebook):
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
    text = "".join(_texts(element.properties.get("records")))
    for word in _WORD.findall(text):
        code, _, outcome = word.partition(":")
        if code in rulebook.facts:
            yield code, outcome


def _duties(element: Element, rulebook: Rulebook) -> Iterator[str]:
    text = " ".join(_texts(element.properties.get("duty")))
    kinds = set(re.findall(r"duty_of\('(\w+)'\)", text))
    ending = set(re.findall(r"(?<=\.)\w+$", text)) if "remedy_by" in text else set()
    for duty in rulebook.duties:
        area, _, last = duty.code.partition(".")
        by_remedy = area in {"order", "unopposed", "agreement"} and last in ending
        if duty.code in text or (duty.kind and duty.kind in kinds) or by_remedy:
            yield duty.code


def _texts(text: Text | None) -> Iterator[str]:
    if text is None:
        return
    for part in text.parts or (text,):
        yield part.expression.text if part.expression else part.literal


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
