"""The decisions on a case: what was decided, by which legal test, and what was seen for it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import changes as engine_changes, errors
from engine.changes import JsonValue, Values
from engine.definitions.forms import FieldType, FormField
from engine.unit_of_work import Work
from workflows import changes
from workflows.access.people import Person
from workflows.calendar import london
from workflows.store.decision_tables import decisions
from workflows.store.tables import document_versions, documents

PROPERTY: Final = "decision"
SEEN: Final = "documents_seen"


def project(case_id: UUID, work: Work) -> list[changes.DecisionRecorded]:
    """Record the decision that a completed task was, as its element says; return it for the history.

    Raises:
        errors.Invalid: a document was named that whoever decided may not see on this case.
    """
    recorded = [
        _decision(case_id, task, element, work)
        for task, element in _completed(work)
        if element.properties.get(PROPERTY)
    ]
    for each in recorded:
        work.connection.execute(decisions.insert(), _row(each, work))
    return recorded


def _completed(
    work: Work,
) -> Iterator[tuple[engine_changes.TaskCompleted, engine_changes.ElementCompleted]]:
    """Yield each task that was completed, with its element."""
    for position, task in enumerate(work.changes):
        if not isinstance(task, engine_changes.TaskCompleted):
            continue
        for element in work.changes[position:]:
            if (
                isinstance(element, engine_changes.ElementCompleted)
                and element.instance_id == task.instance_id
                and element.element_id == task.element_id
            ):
                yield task, element
                break


def _decision(
    case_id: UUID,
    task: engine_changes.TaskCompleted,
    element: engine_changes.ElementCompleted,
    work: Work,
) -> changes.DecisionRecorded:
    visible = _visible(case_id, work)
    named = task.values.get(SEEN)
    chosen = isinstance(named, list) and bool(named)
    return changes.DecisionRecorded(
        task.instance_id,
        case_id,
        uuid4(),
        task.task_id,
        task.element_id,
        task.name,
        element.properties[PROPERTY],
        _day(task, element, work),
        tuple(_answers(task, work)),
        _chosen(named, visible) if isinstance(named, list) and chosen else visible,
        chosen=chosen,
        source=str(task.values.get("on_behalf_of") or ""),
    )


def _day(
    task: engine_changes.TaskCompleted, element: engine_changes.ElementCompleted, work: Work
) -> dt.date:
    given = task.values.get(element.properties.get("date_field", ""))
    return dt.date.fromisoformat(given) if isinstance(given, str) else london.local_date(work.now)


def _answers(task: engine_changes.TaskCompleted, work: Work) -> Iterator[Values]:
    """Yield the answers as they read, in the order of the form."""
    if task.instance_id is None:
        return
    element = work.run_of(task.instance_id).bundle.elements[task.element_id]
    for field in work.form_of(element.form).fields:
        value = task.values.get(field.id)
        if value is not None and field.type != FieldType.FILE:
            yield {"id": field.id, "label": field.label, "value": _words(field, value)}


def _words(field: FormField, value: JsonValue) -> str:
    labels = dict(field.options)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(labels.get(str(each), str(each)) for each in value)
    if field.type == FieldType.DATE:
        day = dt.date.fromisoformat(str(value))
        return f"{day.day} {day:%B %Y}"
    return labels.get(str(value), str(value))


def _visible(case_id: UUID, work: Work) -> tuple[Values, ...]:
    """Return the newest version of each document of the case that the actor may see.

    Stands on ix_documents_case_id. Who acts by a personal link sees none.
    """
    person = work.actor
    if not isinstance(person, Person):
        return ()
    others = document_versions.alias()
    newest = (
        sa.select(sa.func.max(others.c.version))
        .where(others.c.document_id == documents.c.id)
        .scalar_subquery()
    )
    rows = work.connection.execute(
        sa.select(
            documents.c.id,
            documents.c.title,
            documents.c.roles,
            document_versions.c.version,
            document_versions.c.sha256,
        )
        .join(document_versions, document_versions.c.document_id == documents.c.id)
        .where(documents.c.case_id == case_id, document_versions.c.version == newest)
        .order_by(documents.c.added_at, documents.c.id)
    )
    return tuple(_seen(row) for row in rows if _may_see(person, row.roles))


def _seen(row: Any) -> Values:  # noqa: ANN401 (a row)
    return {"id": str(row.id), "title": row.title, "version": row.version, "sha256": row.sha256}


def _may_see(person: Person, roles: list[str]) -> bool:
    return not roles or person.sees_all_cases or bool(person.roles & set(roles))


def _chosen(named: list[JsonValue], visible: tuple[Values, ...]) -> tuple[Values, ...]:
    unknown = {str(each) for each in named} - {str(each["id"]) for each in visible}
    if unknown:
        message = "Select documents of this case that you may see"
        raise errors.Invalid(f"{message}.", errors={SEEN: (message,)})
    return tuple(each for each in visible if each["id"] in named)


def _row(decided: changes.DecisionRecorded, work: Work) -> dict[str, Any]:
    return {
        "id": decided.decision_id,
        "case_id": decided.case_id,
        "task_id": decided.task_id,
        "element_id": decided.element_id,
        "name": decided.name[:200],
        "legal_test": decided.legal_test,
        "on": decided.on,
        "decided_at": work.now,
        "decided_by": work.actor.id,
        "source": decided.source[:200],
        "answers": [dict(each) for each in decided.answers],
        "documents": [dict(each) for each in decided.documents],
        "chosen": decided.chosen,
    }
