"""Tables of the timer board. What existing cases count is counted by init and the worker."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
TABLES = (
    "board_emails",
    "saved_views",
    "board_targets",
    "case_flaws",
    "case_tallies",
    "tallies",
)
MORE_INDEXES = (("ix_reminders_case_id", "reminders", ["case_id"]),)


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("process_key", sa.String(length=120), nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("bucket", sa.String(length=100), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tallies")),
    )
    op.create_index("ix_tallies_measure_on", "tallies", ["measure", "on"])
    op.create_table(
        "case_tallies",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tallies_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_tallies")),
    )
    op.create_index("ix_case_tallies_version", "case_tallies", ["version"])
    op.create_table(
        "case_flaws",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("flaw", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_flaws_case_id")),
        sa.PrimaryKeyConstraint("case_id", "flaw", name=op.f("pk_case_flaws")),
    )
    op.create_index("ix_case_flaws_flaw_case_id", "case_flaws", ["flaw", "case_id"])
    op.create_table(
        "board_targets",
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("per_cent", sa.Float(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("measure", name=op.f("pk_board_targets")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name=op.f("fk_saved_views_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_saved_views_owner_name")),
    )
    op.create_index("ix_saved_views_shared", "saved_views", ["shared"])
    op.create_table(
        "board_emails",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_board_emails")),
    )
    for name, table, columns in MORE_INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in MORE_INDEXES:
        op.drop_index(name, table_name=table)
    for table in TABLES:
        op.drop_table(table)
