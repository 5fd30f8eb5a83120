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

INDEXES = (
    ("ix_timers_suspended", "timers", "due_at", "status = 'suspended'"),
    ("ix_incidents_resolved", "incidents", "resolved_at", "resolved_at IS NOT NULL"),
)


def upgrade() -> None:
    _exception_requests()
    _retries()
    _indexes()


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
