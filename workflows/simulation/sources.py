"""The files of a process that is simulated: a published version, or a draft among live diagrams."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.definitions import parser, xml
from engine.queries import definition_list
from engine.store import definitions
from workflows.store import drafts


class NotSimulated(errors.Invalid):
    """Only a process can be simulated. Choose one."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is simulated.

    Attributes:
        choice: How forms name it: "version:KEY:NUMBER" or "draft:ID".
        process_key: The process that cases go through.
        files: Key to XML, of the process and all that it calls.
    """

    choice: str
    label: str
    process_key: str
    files: Mapping[str, bytes]


def choices(
    connection: sa.Connection, keys: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Return the processes and drafts that can be simulated, by choice and label.

    Args:
        connection: To read.
        keys: Only of these processes; None: of all.
    """
    versions = [
        (f"version:{each.key}:{each.version}", f"{each.name}, version {each.version}")
        for each in definition_list.versions(connection)
        if each.kind == "bpmn" and (keys is None or each.key in keys)
    ]
    begun = [
        (f"draft:{each.id}", f"{each.name}, draft")
        for each in drafts.open_drafts(connection)
        if each.kind == "bpmn" and each.key and (keys is None or each.key in keys)
    ]
    return [*begun, *versions]


def of_choice(connection: sa.Connection, choice: str) -> Source:
    """Return what a form named.

    Raises:
        errors.NotFound: there is no such version or draft.
        NotSimulated: it is no process.
        errors.Invalid: a file cannot be read, or calls what is not there.
    """
    kind, _, rest = choice.partition(":")
    if kind == "draft":
        return of_draft(connection, _identifier(rest))
    key, _, number = rest.partition(":")
    if kind != "version" or not (number.isascii() and number.isdecimal() and len(number) < 10):  # noqa: PLR2004 (digits)
        raise NotSimulated
    return of_version(connection, key, int(number))


def of_version(connection: sa.Connection, key: str, version: int) -> Source:
    """Return a published version, with the live versions of what it calls."""
    data = definition_list.xml_of(connection, key, version)
    return _source(connection, f"version:{key}:{version}", (key, data), f"version {version}")


def of_draft(connection: sa.Connection, draft_id: UUID) -> Source:
    """Return a draft among the live diagrams; one that others call is simulated within them."""
    draft = drafts.load(connection, draft_id)
    if draft.kind != "bpmn" or not draft.key:
        raise NotSimulated
    return _source(connection, f"draft:{draft_id}", (draft.key, draft.xml), "draft")


def _source(
    connection: sa.Connection, choice: str, changed: tuple[str, bytes], what: str
) -> Source:
    key, data = changed
    known = {name: each.xml for name, each in definitions.live_versions(connection).items()}
    known[key] = data
    called = {name: _called(name, each) for name, each in known.items()}
    top = _top(key, called)
    name = _name(top, known[top])
    label = f"{name}, {what}" if top == key else f"{name} with {_name(key, data)}, {what}"
    return Source(choice, label, top, {each: known[each] for each in _members(top, called)})


def _top(key: str, called: Mapping[str, frozenset[str]]) -> str:
    """Return the process that calls another, or that calls its caller, and is not called itself."""
    seen = {key}
    while callers := sorted(name for name, calls in called.items() if key in calls):
        key = callers[0]
        if key in seen:
            raise errors.Invalid("Processes call each other in a circle.")
        seen.add(key)
    return key


def _members(key: str, called: Mapping[str, frozenset[str]]) -> list[str]:
    found: list[str] = []
    waiting = [key]
    while waiting:
        name = waiting.pop()
        if name not in called:
            raise errors.Invalid(f"“{name}” is called, but not published.")
        if name not in found:
            found.append(name)
            waiting.extend(sorted(called[name]))
    return sorted(found)


def _called(name: str, data: bytes) -> frozenset[str]:
    root = xml.parse(data, name=name)
    if xml.kind_of(root) != "bpmn":
        return frozenset()
    processes, decisions = parser.called_keys(parser.process_of(root, name))
    return processes | decisions


def _name(key: str, data: bytes) -> str:
    return parser.process_of(xml.parse(data, name=key), key).get("name") or key


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise drafts.NoSuchDraft from error
