"""What a sandbox asks: the start form of its process, and the forms of its tasks."""

import dataclasses
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FormDefinition
from engine.queries import definition_list
from engine.store import definitions
from workflows.agencies import choices
from workflows.bootstrap import System
from workflows.queries.awaited_messages import Awaited, awaited_messages
from workflows.queries.case_state import Waiting
from workflows.sandbox.files import reached
from workflows.sandbox.story import Story

CHILD: Final = "child_first_name"  # a start form that asks for it opens a case


class NotAsked(errors.NotFound):
    """This task does not wait. Somebody has completed it, or the draft has changed."""


def start_form(system: System, process_key: str) -> FormDefinition:
    """Return what a process asks to begin, with the choices that the sandbox's county offers.

    Raises:
        NotAsked: there is no such process.
    """
    with system.read() as connection:
        bundle_id = definitions.live_bundle(connection, process_key)
    if bundle_id is None:
        raise NotAsked("There is no such process.")
    return _with_choices(system, system.executor.bundles.get(bundle_id).start_form)


def beginnings(system: System, files: Mapping[str, bytes], key: str) -> tuple[tuple[str, str], ...]:
    """Return the processes by which a case can be opened that reaches a process: key and name.

    The process itself stands first where it can open one.
    """
    with system.read() as connection:
        running = definition_list.processes(connection)
    found = [
        (each.key, each.name)
        for each in running
        if any(field.id == CHILD for field in start_form(system, each.key).fields)
        and key in reached(files, each.key)
    ]
    return tuple(sorted(found, key=lambda each: (each[0] != key, each[1])))


def task_of(story: Story, task_id: UUID) -> tuple[Waiting, FormDefinition]:
    """Return a task that waits, and its form.

    Raises:
        NotAsked: no such task waits.
    """
    waiting = {each.id: each for each in story.state().waiting}.get(task_id)
    if waiting is None:
        raise NotAsked
    element = story.system.executor.bundles.get(waiting.bundle_id).elements[waiting.element_id]
    return waiting, _with_choices(story.system, element.form)


def awaited_of(story: Story, wait_id: UUID) -> Awaited:
    """Return a message that the case waits for, and what it brings.

    Raises:
        NotAsked: it does not wait for it.
    """
    system = story.system
    with system.read() as connection:
        found = awaited_messages(connection, story.case_id, system.executor.bundles, offered=False)
    awaited = next((each for each in found if each.id == wait_id), None)
    if awaited is None:
        raise NotAsked("The case does not wait for this any more.")
    return dataclasses.replace(awaited, form=_with_choices(system, awaited.form))


def _with_choices(system: System, form: FormDefinition) -> FormDefinition:
    with system.read() as connection:
        return forms.with_options(form, lambda name: choices.choices(name, connection))
