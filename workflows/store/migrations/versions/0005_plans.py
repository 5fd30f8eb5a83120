"""EHC plans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _json() -> sa.JSON:
    kind: sa.JSON = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
    return kind


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", _json(), nullable=False),
        sa.Column("changed", _json(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plans_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_plans")),
    )
    op.create_table(
        "plan_versions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", _json(), nullable=False),
        sa.Column("frozen_at", Moment(), nullable=False),
        sa.Column("frozen_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_versions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_plan_versions")),
    )
    op.create_table(
        "plan_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reply_to", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_comments_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comments")),
        sa.UniqueConstraint("case_id", "place", name=op.f("uq_plan_comments_case_id_place")),
    )


def downgrade() -> None:
    op.drop_table("plan_comments")
    op.drop_table("plan_versions")
    op.drop_table("plans")
