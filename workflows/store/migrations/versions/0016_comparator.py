"""Tables of statistics of other authorities; indexes that tell what waits at an element."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
INDEXES = (
    (
        "ix_tasks_open_process_key_element_id_due_at_opened_at",
        "tasks",
        ["process_key", "element_id", "due_at", "opened_at"],
        "status = 'open'",
    ),
    (
        "ix_tasks_completed_process_key_completed_at_id",
        "tasks",
        ["process_key", "completed_at", "id"],
        "status = 'completed'",
    ),
    (
        "ix_message_waits_process_key_element_id_since",
        "message_waits",
        ["process_key", "element_id", "since"],
        "",
    ),
    (
        "ix_timers_waiting_process_key_element_id_due_at",
        "timers",
        ["process_key", "element_id", "due_at"],
        "status = 'waiting'",
    ),
)


def upgrade() -> None:
    op.create_table(
        "statistics_loads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("loaded_at", Moment(), nullable=False),
        sa.Column("loaded_by", sa.String(length=36), nullable=False),
        sa.Column("replaced_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics_loads")),
    )
    op.create_index(
        "uq_statistics_loads_current",
        "statistics_loads",
        ["kind", "year"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
        sqlite_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_statistics_loads_loaded_at_id", "statistics_loads", ["loaded_at", "id"])
    op.create_table(
        "statistics_areas",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=9), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_statistics_areas")),
    )
    op.create_table(
        "statistics_figures",
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=9), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("mark", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["area"], ["statistics_areas.code"], name=op.f("fk_statistics_figures_area")
        ),
        sa.PrimaryKeyConstraint("measure", "area", "year", name=op.f("pk_statistics_figures")),
    )
    op.create_table(
        "comparator_choices",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("own", sa.String(length=9), nullable=False),
        sa.Column("region", sa.String(length=9), nullable=False),
        sa.Column("neighbours", JSON, nullable=False),
        sa.Column("chosen_at", Moment(), nullable=False),
        sa.Column("chosen_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_comparator_choices")),
    )
    for name, table, columns, where in INDEXES:
        condition = sa.text(where) if where else None
        op.create_index(name, table, columns, postgresql_where=condition, sqlite_where=condition)


def downgrade() -> None:
    for name, table, *_ in INDEXES:
        op.drop_index(name, table)
    op.drop_table("comparator_choices")
    op.drop_table("statistics_figures")
    op.drop_table("statistics_areas")
    op.drop_table("statistics_loads")
