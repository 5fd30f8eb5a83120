"""All that a personal link opens: one form, what was typed into it, and what was sent."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.changes import JsonValue
from engine.definitions import forms
from engine.definitions.cache import Bundles
from engine.store.tables import instances, tasks
from engine.store.types import FAR_FUTURE
from workflows.access.links import LinkHolder
from workflows.agencies import choices
from workflows.store.tables import cases, documents, personal_links


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What somebody with a link sees.

    Attributes:
        about: The child's first name and the initial of the last: the link may be in wrong hands.
        values: The draft of this link, or what was sent by it; never what the case knows besides.
        documents: Id and title of what was uploaded by this link.
        number: What names the receipt, beside the case's reference.
    """

    name: str
    label: str
    guidance: str
    about: str
    reference: str
    number: str
    due: dt.datetime | None
    expires_at: dt.datetime
    used_at: dt.datetime | None
    form: forms.FormDefinition
    values: Mapping[str, JsonValue]
    documents: Mapping[str, str]


def link_page(connection: sa.Connection, holder: LinkHolder, bundles: Bundles) -> LinkPage:
    """Return what a link opens."""
    row = connection.execute(_statement().where(personal_links.c.id == holder.link_id)).one()
    element = bundles.get(row.bundle_id).elements[row.element_id]
    form = forms.with_options(element.form, lambda name: choices.choices(name, connection))
    own = connection.execute(
        sa.select(documents.c.id, documents.c.title).where(
            documents.c.case_id == holder.case_id, documents.c.added_by == holder.id
        )
    )
    return LinkPage(
        name=row.name,
        label=row.label,
        guidance=row.properties.get("guidance", ""),
        about=f"{row.child_first_name} {row.child_last_name[:1]}".strip(),
        reference=row.reference,
        number=holder.link_id.hex[:8].upper(),
        due=None if row.due_at == FAR_FUTURE else row.due_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        form=form,
        values=_values(form, row),
        documents={str(each.id): each.title for each in own},
    )


def _statement() -> sa.Select[Any]:
    return sa.select(
        tasks.c.name,
        tasks.c.label,
        tasks.c.element_id,
        tasks.c.properties,
        tasks.c.due_at,
        tasks.c["values"],
        instances.c.bundle_id,
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        personal_links.c.draft,
        personal_links.c.expires_at,
        personal_links.c.used_at,
    ).select_from(
        personal_links.join(tasks, tasks.c.id == personal_links.c.task_id)
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(cases, cases.c.id == personal_links.c.case_id)
    )


def _values(form: forms.FormDefinition, row: Any) -> dict[str, JsonValue]:  # noqa: ANN401 (a row)
    if row.used_at is not None:
        return dict(row.values or {})
    return {**{each.id: each.default for each in form.fields}, **(row.draft or {})}
