"""What the expressions of a draft may name: its variables, and those it shares with live processes."""

from collections.abc import Mapping
from functools import lru_cache

import sqlalchemy as sa
from lxml import etree

from engine.definitions import declarations, parser, xml
from engine.definitions.expressions import Scope, ValueType
from engine.definitions.malformed import MalformedDiagram
from engine.queries import definition_list
from workflows.context import SIGNATURES

Choices = Mapping[str, tuple[str, ...]]
_PROCESS = f"{{{xml.BPMN}}}process"


def draft_scope(connection: sa.Connection, root: etree._Element) -> Scope:
    """Return the names, their types and the values of choices for a document as it is drawn.

    Processes that call each other share their variables. What cannot be read of the draft is left
    out: it need not be right yet.
    """
    own = root.findall(_PROCESS)
    live = {
        each.key: _process(definition_list.xml_of(connection, each.key, each.version))
        for each in definition_list.processes(connection)
    }
    known = {**live, **{each.get("id", ""): each for each in own}}
    names: dict[str, ValueType] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for key in _related({each.get("id", "") for each in own}, known):
        found, values = _declared(known[key])
        for name, kind in found.items():
            names[name] = kind if names.get(name, kind) == kind else ValueType.ANY
        for name, options in values.items():
            choices[name] = tuple(dict.fromkeys((*choices.get(name, ()), *options)))
    return Scope(names, SIGNATURES, choices)


@lru_cache(maxsize=64)
def _process(data: bytes) -> etree._Element:
    return parser.process_of(xml.parse(data), "live")


def _declared(process: etree._Element) -> tuple[dict[str, ValueType], Choices]:
    try:
        return declarations.declared_names(process)
    except MalformedDiagram:
        return {}, {}


def _related(keys: set[str], known: Mapping[str, etree._Element]) -> list[str]:
    """Return these processes, those that they call, and those that call them, and so on."""
    calls = {key: parser.called_keys(process)[0] & known.keys() for key, process in known.items()}
    found = set(keys)
    while True:
        more = {called for key in found for called in calls[key]}
        more |= {key for key, called in calls.items() if called & found}
        if more <= found:
            return sorted(found)
        found |= more
