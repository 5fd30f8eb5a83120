"""The items of a batch, as whoever looks may see them: what each is, from whom to whom, its fate."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import incidents, instances, tasks
from workflows.access import people, sight
from workflows.access.people import Person
from workflows.batches.operation import Kind
from workflows.queries.batch_list import Batch
from workflows.store.batch_tables import batch_items as items
from workflows.store.tables import cases, teams

UNSEEN: Final = "Something that is not yours to see"
_NOTHING: Final = sa.literal("")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a batch.

    Attributes:
        what: The task, process, case or failed step in words.
        case_id, reference: Its case; None and "" where it is not for whoever looks.
        before, after: Who had it and who gets it, or "".
    """

    target_id: UUID
    assignee: str
    what: str
    case_id: UUID | None
    reference: str
    due: dt.datetime | None
    before: str
    after: str
    status: str
    reason: str
    at: dt.datetime | None


def batch_items(
    connection: sa.Connection,
    person: Person,
    batch: Batch,
    *,
    status: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Item]:
    """Return items in their order, a page at a time.

    Stands on ix_batch_items_batch_id_status_position and the primary keys of what they are about.
    """
    statement = _statement(batch.wording.kind, person).where(items.c.batch_id == batch.id)
    if status:
        statement = statement.where(items.c.status == status)
    order = Order((items.c.position,))
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return Page(_items(connection, batch, page.items), page.next_cursor)


def _statement(kind: Kind, person: Person) -> sa.Select[Any]:
    """Return items joined to what they are about; a case that is not seen is not joined."""
    about: dict[Kind, Any] = {
        Kind.TASK: tasks,
        Kind.INSTANCE: instances,
        Kind.INCIDENT: incidents,
        Kind.CASE: cases,
    }
    table = about[kind]
    subject = cases.c.id if kind is Kind.CASE else table.c.subject_id
    joined = items.outerjoin(table, table.c.id == items.c.target_id)
    if kind is not Kind.CASE:
        joined = joined.outerjoin(cases, cases.c.id == subject)
    is_task = kind is Kind.TASK
    if is_task:
        joined = joined.outerjoin(teams, teams.c.id == tasks.c.team_id)
    names: dict[Kind, sa.ColumnElement[str]] = {
        Kind.TASK: tasks.c.name,
        Kind.INSTANCE: instances.c.process_key,
        Kind.INCIDENT: incidents.c.name,
        Kind.CASE: cases.c.stage,
    }
    return sa.select(
        items.c.target_id,
        items.c.position,
        items.c.assignee,
        items.c.before,
        items.c.after,
        items.c.status,
        items.c.reason,
        items.c.at,
        cases.c.id.label("case_id"),
        cases.c.reference,
        sight.sees(person, subject).label("seen"),
        names[kind].label("name"),
        (tasks.c.label if is_task else _NOTHING).label("label"),
        (tasks.c.assignee if is_task else _NOTHING).label("has_it"),
        (teams.c.name if is_task else _NOTHING).label("team"),
        (tasks.c.due_at if is_task else sa.null()).label("due_at"),
    ).select_from(joined)


def _items(connection: sa.Connection, batch: Batch, rows: Sequence[Any]) -> tuple[Item, ...]:
    """Return rows in words: who had a task, and who has it or would get it."""
    is_task = batch.wording.kind is Kind.TASK
    involved = {each for row in rows for each in (row.has_it, row.assignee, row.before)}
    involved |= {row.after[0] for row in rows if row.after}
    names = people.names(connection, {each for each in involved if each}) if is_task else {}
    return tuple(_item(row, names, is_task=is_task) for row in rows)


def _item(row: Any, names: dict[str, str], *, is_task: bool) -> Item:  # noqa: ANN401
    seen = row.case_id is not None and bool(row.seen)
    settled = row.status not in {"waiting", "refused", "failed"}
    had = row.before if settled else row.has_it
    gets = row.after[0] if settled and row.after else row.assignee
    nobody = f"{row.team}, nobody in person" if row.team else "the team"
    name = str(row.name or "")
    if not is_task:
        name = name.replace("_", " ").capitalize()
    return Item(
        row.target_id,
        row.assignee,
        f"{name}{f': {row.label}' if row.label else ''}" if seen else UNSEEN,
        row.case_id if seen else None,
        row.reference if seen else "",
        row.due_at if seen else None,
        (names.get(had, nobody) if had else nobody) if is_task and seen else "",
        (names.get(gets, nobody) if gets else nobody) if is_task and seen else "",
        row.status,
        row.reason,
        row.at,
    )
