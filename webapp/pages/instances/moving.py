"""Choose from which step a process goes to which other, and see it on the diagram."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from engine import errors
from engine.commands.move_token import MoveToken
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from webapp.pages.instances.presenters import Drawn
from workflows.queries.instance_page import InstancePage
from workflows.queries.progress import progress

_NEVER: Final = frozenset({"startEvent", "boundaryEvent", "parallelGateway", "inclusiveGateway"})
WORDS: Final = {
    "exclusiveGateway": "question",
    "eventBasedGateway": "wait for one of several events",
    "endEvent": "end",
    "callActivity": "process of its own",
    "subProcess": "group of steps",
    "serviceTask": "done by the system",
    "intermediateCatchEvent": "wait",
}


def command(instance_id: UUID, given: Mapping[str, str], reason: str) -> MoveToken:
    """Return the command for what was chosen."""
    start, _, token = given.get("from", "").partition("|")
    try:
        token_id = UUID(token) if token else None
    except ValueError as error:
        sentence = "Select where the process is now"
        raise errors.Invalid(sentence, errors={"from": (sentence,)}) from error
    return MoveToken(instance_id, start, given.get("to", ""), reason, token_id)


def sources(page: InstancePage, bundle: Bundle) -> list[tuple[str, str]]:
    """Return where the process is, as choices: steps, each task of several, and what they are in."""
    found: dict[str, str] = {}
    several = {each.element_id for each in page.tasks if each.label}
    for task in page.tasks:
        if task.label:
            found[f"{task.element_id}|{task.id}"] = f"{task.name}: {task.label}"
    for element in _active(page, bundle):
        if element.id not in several:
            found[element.id] = _label(element)
    return list(found.items())


def goals(start: str, bundle: Bundle) -> list[tuple[str, str]]:
    """Return the steps that are drawn beside a step, in the order of the diagram."""
    if start not in bundle.elements:
        return []
    beside = {start}
    queue = [start]
    near = _neighbours(bundle)
    for each in queue:
        fresh = near.get(each, set()) - beside
        beside |= fresh
        queue += sorted(fresh)
    found = (bundle.elements[each] for each in beside - {start})
    listed = sorted(
        (each for each in found if each.type not in _NEVER), key=lambda each: (each.line, each.id)
    )
    return [(each.id, _label(each)) for each in listed]


def drawn(page: InstancePage, bundle: Bundle, start: str, goal: str) -> Drawn:
    """Return the diagram with where the process is, and where it would go."""
    element = bundle.elements.get(start)
    key = element.process_key if element else bundle.process_key
    found = progress(page.instance, bundle, key)
    states = {name: "now" for name, state in found.states.items() if state == "now"}
    if start:
        states = {name: state for name, state in states.items() if name != start} | {start: "now"}
    if goal in bundle.elements:
        states[goal] = "moved"
    return Drawn(bundle.names[key], key, "diagram", states, ())


def error_list(refusal: errors.Refused | None) -> list[dict[str, Any]]:
    """Return the error summary."""
    if refusal is None:
        return []
    found = [
        {"text": text, "href": f"#{field}"}
        for field, texts in refusal.errors.items()
        for text in texts
    ]
    return found or [{"text": refusal.message}]


def _active(page: InstancePage, bundle: Bundle) -> Iterator[Element]:
    """Yield the elements where tokens are, and the activities that they are within."""
    active = {name for entry in page.instance.marking.values() for name in entry["active"]}
    keys = {bundle.elements[name].process_key for name in active if name in bundle.elements}
    for name, start in bundle.flows.entered.items():
        within = bundle.elements.get(start)
        calls = name in bundle.elements and bundle.elements[name].type == "callActivity"
        if calls and within is not None and within.process_key in keys:
            active.add(name)
    known = [bundle.elements[name] for name in active if name in bundle.elements]
    yield from sorted(known, key=lambda each: (each.process_key, each.line, each.id))


def _neighbours(bundle: Bundle) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    pairs = [
        *((source, each) for source, many in bundle.flows.onward.items() for each in many),
        *((each.id, each.attached_to) for each in bundle.elements.values() if each.attached_to),
    ]
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    return near


def _label(element: Element) -> str:
    kind = WORDS.get(element.type)
    return f"{element.name} ({kind})" if kind else element.name
