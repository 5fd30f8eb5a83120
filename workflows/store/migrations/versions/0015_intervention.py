"""Tables of what managers do to many cases at once, and absences."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)

INDEXES = (
    ("ix_timers_suspended", "timers", "due_at", "status = 'suspended'"),
    ("ix_incidents_resolved", "incidents", "resolved_at", "resolved_at IS NOT NULL"),
)


def upgrade() -> None:
    _exception_requests()
    _retries()
    _indexes()
    _batches()
    _absences()
    _loads()


def _indexes() -> None:
    for name, table, column, where in INDEXES:
        op.create_index(
            name,
            table,
            [column, "id"],
            postgresql_where=sa.text(where),
            sqlite_where=sa.text(where),
        )


def _exception_requests() -> None:
    op.create_table(
        "exception_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("qualifier", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("told_family_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("documents", JSON, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("exception_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_exception_requests_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_requests")),
    )
    op.create_index("ix_exception_requests_case_id", "exception_requests", ["case_id"])
    op.create_index(
        "ix_exception_requests_status_asked_at_id",
        "exception_requests",
        ["status", "asked_at", "id"],
    )


def _retries() -> None:
    op.create_table(
        "retries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("process_key", sa.String(length=120), nullable=False),
        sa.Column("element_id", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retries")),
    )
    op.create_index("ix_retries_status_asked_at_id", "retries", ["status", "asked_at", "id"])
    op.create_table(
        "retry_items",
        sa.Column("retry_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["retry_id"], ["retries.id"], name=op.f("fk_retry_items_retry_id")),
        sa.PrimaryKeyConstraint("retry_id", "incident_id", name=op.f("pk_retry_items")),
    )
    op.create_index("ix_retry_items_retry_id_status", "retry_items", ["retry_id", "status"])


def downgrade() -> None:
    for name, table, *_ in INDEXES:
        op.drop_index(name, table)
    op.drop_table("retry_items")
    op.drop_table("retries")
    op.drop_table("exception_requests")
    op.drop_index("ix_cases_key_contact", "cases")
    op.drop_index("ix_tasks_load", "tasks")
    for name in ("absence_deputies", "absences", "batch_items", "batches"):
        op.drop_table(name)


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("undone_by", sa.String(length=36), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index("ix_batches_status", "batches", ["status"])
    op.create_index("ix_batches_created_at_id", "batches", ["created_at", "id"])
    op.create_table(
        "batch_items",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("assignee", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=36), nullable=False),
        sa.Column("after", JSON, nullable=True),
        sa.Column("at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_items_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "target_id", name=op.f("pk_batch_items")),
    )
    op.create_index(
        "ix_batch_items_batch_id_status_position",
        "batch_items",
        ["batch_id", "status", "position"],
    )


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("move_open", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_absences_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_status_to_date", "absences", ["status", "to_date"])
    op.create_index("ix_absences_person_id", "absences", ["person_id"])
    op.create_table(
        "absence_deputies",
        sa.Column("absence_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("deputy_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absences.id"], name=op.f("fk_absence_deputies_absence_id")
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["people.id"], name=op.f("fk_absence_deputies_deputy_id")
        ),
        sa.PrimaryKeyConstraint("absence_id", "team_id", "role", name=op.f("pk_absence_deputies")),
    )


def _loads() -> None:
    op.create_index(
        "ix_tasks_load",
        "tasks",
        ["team_id", "assignee", "due_at", "root_process_key"],
        postgresql_where=sa.text("status = 'open'"),
        sqlite_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_cases_key_contact",
        "cases",
        ["key_contact"],
        postgresql_where=sa.text("status = 'open'"),
        sqlite_where=sa.text("status = 'open'"),
    )
