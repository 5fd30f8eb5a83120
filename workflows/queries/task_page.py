"""All that a task page shows: the form with its answers so far, and what helps to fill it in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.changes import JsonValue
from engine.definitions import forms
from engine.definitions.cache import Bundles
from engine.definitions.elements import Element
from engine.errors import NotFound
from engine.store.tables import instances, tasks
from workflows.access import people
from workflows.access.people import FAMILY, Person
from workflows.agencies import choices
from workflows.queries.work_list import WorkItem, task_item
from workflows.rulebook import load
from workflows.rulebook.model import Duty, UnknownDuty
from workflows.store.tables import cases


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task.

    Attributes:
        qualifier: Adviser, setting, dispute or review that it is about, "" where it is about none.
        instance_item: The adviser or setting itself, None where it is about none.
        values: The draft; else what the case knows under the same names; else defaults.
        may_complete: The person may fill it in; `on_behalf`: only for another, naming the source.
        variables: What the case knows, for the form's conditions.
    """

    item: WorkItem
    qualifier: str
    instance_item: JsonValue
    bundle_id: str
    element: Element
    form: forms.FormDefinition
    values: Mapping[str, JsonValue]
    variables: Mapping[str, JsonValue]
    guidance: str
    duty: Duty | None
    case: Any
    may_complete: bool
    on_behalf: bool
    colleagues: tuple[tuple[str, str], ...]
    completed_by: str


class NoSuchTask(NotFound):
    """There is no such task, or it is not one of yours."""


def task_page(
    connection: sa.Connection, person: Person, task_id: UUID, bundles: Bundles, *, now: dt.datetime
) -> TaskPage:
    """Return a task.

    Raises:
        NoSuchTask: there is none that the person may see.
    """
    item = task_item(connection, person, task_id, now=now)
    if item is None:
        raise NoSuchTask
    row = _row(connection, task_id)
    element = bundles.get(row.bundle_id).elements[item.element_id]
    form = forms.with_options(element.form, lambda name: choices.choices(name, connection))
    own = person.is_in(item.team_id, item.role) or item.assignee == person.id
    family = item.role == FAMILY and person.is_family
    behalf = not own and not family and row.properties.get("on_behalf") == "yes"
    behalf = behalf and people.CASEWORK in person.roles
    return TaskPage(
        item=item,
        qualifier=str(row.properties.get("duty_qualifier") or (row.item or {}).get("code") or ""),
        instance_item=row.item,
        bundle_id=row.bundle_id,
        element=element,
        form=form,
        values=_values(form, row),
        variables=row.variables,
        guidance=row.properties.get("guidance", ""),
        duty=_duty(item.duty),
        case=connection.execute(sa.select(*cases.c).where(cases.c.id == item.case_id)).one(),
        may_complete=own or family or behalf,
        on_behalf=behalf,
        colleagues=tuple(people.colleagues(connection, item.team_id, item.role)),
        completed_by=people.names(connection, {row.completed_by or ""}).get(
            row.completed_by or "", ""
        ),
    )


def _row(connection: sa.Connection, task_id: UUID) -> Any:  # noqa: ANN401
    return connection.execute(
        sa.select(
            tasks.c.draft,
            tasks.c["values"],
            tasks.c.properties,
            tasks.c.item,
            tasks.c.completed_by,
            instances.c.bundle_id,
            instances.c.variables,
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .where(tasks.c.id == task_id)
    ).one()


def _values(form: forms.FormDefinition, row: Any) -> dict[str, JsonValue]:  # noqa: ANN401
    if row.values:
        return dict(row.values)
    known = {each.id: row.variables.get(each.id, each.default) for each in form.fields}
    return {**known, **(row.draft or {})}


def _duty(code: str) -> Duty | None:
    try:
        return load.current().newest(code) if code else None
    except UnknownDuty:
        return None
