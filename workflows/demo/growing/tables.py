"""Which tables hold rows of a case: all that a copy of a case has.

Whoever adds a table of rows that follow from a case names it here, after those it refers to; one
that can be computed from the others belongs among the `BACKFILLS` of `workflows.demo.grow` instead.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store import tables as engine_tables
from workflows.store import decision_tables, digest_tables, plan_tables, tables


@dataclass(frozen=True, slots=True)
class OfCase:
    """A table, the column by which its rows belong to a case, and how they are sorted."""

    table: sa.Table
    case: sa.ColumnElement[UUID]
    through: sa.FromClause | None = None

    def rows(self, connection: sa.Connection, case_id: UUID) -> list[dict[str, Any]]:
        """Return the rows of a case, in the order of their keys."""
        statement = sa.select(*self.table.c).select_from(
            self.table if self.through is None else self.through
        )
        statement = statement.where(self.case == case_id).order_by(*self.table.primary_key.columns)
        return [dict(row) for row in connection.execute(statement).mappings()]


TABLES: Final = (
    OfCase(engine_tables.subjects, engine_tables.subjects.c.id),
    OfCase(tables.cases, tables.cases.c.id),
    OfCase(tables.parties, tables.parties.c.case_id),
    OfCase(tables.involvements, tables.involvements.c.case_id),
    OfCase(engine_tables.instances, engine_tables.instances.c.subject_id),
    OfCase(engine_tables.tasks, engine_tables.tasks.c.subject_id),
    OfCase(engine_tables.timers, engine_tables.timers.c.subject_id),
    OfCase(engine_tables.message_waits, engine_tables.message_waits.c.subject_id),
    OfCase(engine_tables.incidents, engine_tables.incidents.c.subject_id),
    OfCase(tables.case_facts, tables.case_facts.c.case_id),
    OfCase(tables.deadlines, tables.deadlines.c.case_id),
    OfCase(tables.lawful_exceptions, tables.lawful_exceptions.c.case_id),
    OfCase(tables.delay_reasons, tables.delay_reasons.c.case_id),
    OfCase(tables.documents, tables.documents.c.case_id),
    OfCase(
        tables.document_versions,
        tables.documents.c.case_id,
        tables.document_versions.join(
            tables.documents, tables.documents.c.id == tables.document_versions.c.document_id
        ),
    ),
    OfCase(tables.notices, tables.notices.c.case_id),
    OfCase(decision_tables.decisions, decision_tables.decisions.c.case_id),
    OfCase(plan_tables.plans, plan_tables.plans.c.case_id),
    OfCase(plan_tables.plan_versions, plan_tables.plan_versions.c.case_id),
    OfCase(plan_tables.plan_comments, plan_tables.plan_comments.c.case_id),
    OfCase(digest_tables.reminders, digest_tables.reminders.c.case_id),
    OfCase(engine_tables.outbox, engine_tables.outbox.c.subject_id),
    OfCase(engine_tables.history, engine_tables.history.c.subject_id),
)
