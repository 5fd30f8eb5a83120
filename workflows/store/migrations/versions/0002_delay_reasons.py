"""Reasons for delay."""

import sqlalchemy as sa
from alembic import op

from engine.store.types import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delay_reasons",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("qualifier", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_delay_reasons_case_id")),
        sa.PrimaryKeyConstraint("case_id", "duty", "qualifier", name=op.f("pk_delay_reasons")),
    )
    with op.batch_alter_table("delay_reasons", schema=None) as batch_op:
        batch_op.create_index("ix_delay_reasons_given_at", ["given_at"], unique=False)
    with op.batch_alter_table("lawful_exceptions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lawful_exceptions_recorded_at_id", ["recorded_at", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("lawful_exceptions", schema=None) as batch_op:
        batch_op.drop_index("ix_lawful_exceptions_recorded_at_id")
    op.drop_table("delay_reasons")
