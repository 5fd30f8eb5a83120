"""The files that would be live together: those that are, with others in their place."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from lxml import etree

from engine.definitions import parser, xml
from engine.queries import definition_list
from engine.store import definitions
from workflows.store.drafts import Draft


def with_draft(connection: sa.Connection, draft: Draft) -> dict[str, bytes]:
    """Return the files that would be live with a draft.

    Raises:
        errors.Invalid: the draft cannot be read, or holds no one process or decision.
    """
    return with_files(connection, {draft.name: draft.xml})


def with_files(connection: sa.Connection, changed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that would be live with these (file name to content) published.

    Raises:
        errors.Invalid: one cannot be read, or holds no one process or decision.
    """
    found = definition_list.live(connection)
    for name, data in changed.items():
        key, _ = parser.key_of(xml.parse(data, name=name), name)
        found[key] = data
    return found


def renamed(connection: sa.Connection, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what tasks were called in any version, to what they are called in these files.

    A name that different tasks bore, or that some task still bears, is left out.
    """
    now = {element: name for data in files.values() for element, name in _tasks(data)}
    before: dict[str, set[str]] = {}
    for data in definitions.every_version(connection):
        for element, name in _tasks(data):
            if element in now:
                before.setdefault(name, set()).add(now[element])
    still = set(now.values())
    return {
        name: next(iter(new)) for name, new in before.items() if len(new) == 1 and name not in still
    }


def _tasks(data: bytes) -> Iterable[tuple[str, str]]:
    """Yield identifier and name of each task for people."""
    root = xml.parse(data)
    for tag in ("userTask", "manualTask", "task"):
        for task in root.iter(f"{{{xml.BPMN}}}{tag}"):
            yield task.get("id", ""), " ".join(task.get("name", "").split())


def reached(files: Mapping[str, bytes], key: str) -> frozenset[str]:
    """Return the keys of all that a process calls or sets going by messages, its own as well."""
    roots = {name: xml.parse(data, name=name) for name, data in files.items()}
    diagrams = {name: root for name, root in roots.items() if xml.kind_of(root) == "bpmn"}
    begins: dict[str, set[str]] = {}
    for name, root in diagrams.items():
        for message in _messages(root, start=True):
            begins.setdefault(message, set()).add(name)
    found: set[str] = set()
    waiting = [key]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in diagrams:
            process = parser.process_of(diagrams[name], name)
            called, decisions = parser.called_keys(process)
            waiting += [*called, *decisions]
            for message in _messages(diagrams[name], start=False):
                waiting += begins.get(message, ())
    return frozenset(found)


def _messages(root: etree._Element, *, start: bool) -> Iterable[str]:
    """Yield the names of the messages that a process begins with, or that it mentions at all."""
    names = {each.get("id"): each.get("name") or "" for each in root.iter(f"{{{xml.BPMN}}}message")}
    for event in root.iter(f"{{{xml.BPMN}}}messageEventDefinition", f"{{{xml.BPMN}}}sendTask"):
        parent = event.getparent()
        is_start = (
            parent is not None
            and parent.tag == f"{{{xml.BPMN}}}startEvent"
            and parent.getparent().tag == f"{{{xml.BPMN}}}process"
        )
        if is_start == start:
            yield names.get(event.get("messageRef"), "")
