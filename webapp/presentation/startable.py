"""The processes that people can start: about a new child, or on a case."""

from engine.queries import definition_list
from workflows.bootstrap import System
from workflows.commands.start_on_case import OPENS_A_CASE


def on_a_case(system: System) -> list[tuple[str, str]]:
    """Return name and key of the processes that are started on a case."""
    return [(name, key) for name, key, opens in _all(system) if not opens]


def about_a_child(system: System) -> list[tuple[str, str]]:
    """Return name and key of the processes that open a case."""
    return [(name, key) for name, key, opens in _all(system) if opens]


def _all(system: System) -> list[tuple[str, str, bool]]:
    with system.read() as connection:
        live = definition_list.processes(connection)
    found = []
    for each in live:
        fields = system.executor.bundles.get(each.bundle_id).start_form.fields
        if fields:
            found.append((each.name, each.key, any(one.id == OPENS_A_CASE for one in fields)))
    return found
