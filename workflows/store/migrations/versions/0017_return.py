"""Tables of the statutory return."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)


def upgrade() -> None:
    op.create_table(
        "return_records",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("person_key", sa.String(length=240), nullable=False),
        sa.Column("identity", sa.String(length=200), nullable=False),
        sa.Column("upn", sa.String(length=13), nullable=False),
        sa.Column("uln", sa.String(length=10), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("queries", sa.Integer(), nullable=False),
        sa.Column("record", JSON, nullable=True),
        sa.Column("measures", JSON, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("checked_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("year", "case_id", name=op.f("pk_return_records")),
    )
    op.create_index(
        "ix_return_records_year_changed_at",
        "return_records",
        ["year", "changed_at"],
    )
    op.create_index(
        "ix_return_records_year_identity",
        "return_records",
        ["year", "identity"],
    )
    op.create_index(
        "ix_return_records_year_person_key",
        "return_records",
        ["year", "person_key", "opened_at", "case_id"],
    )
    op.create_index(
        "ix_return_records_year_upn",
        "return_records",
        ["year", "upn"],
    )
    op.create_table(
        "return_problems",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=5), nullable=False),
        sa.Column("module", sa.String(length=20), nullable=False),
        sa.Column("element", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("year", "case_id", "place", name=op.f("pk_return_problems")),
    )
    op.create_index(
        "ix_return_problems_year_rule",
        "return_problems",
        ["year", "rule", "case_id", "place"],
    )
    op.create_index(
        "ix_return_problems_year_severity_rule",
        "return_problems",
        ["year", "severity", "rule", "case_id", "place"],
    )
    op.create_index(
        "ix_return_problems_year_team_id",
        "return_problems",
        ["year", "team_id", "severity", "rule"],
    )
    op.create_table(
        "return_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("night", sa.Date(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("totals", JSON, nullable=True),
        sa.Column("files", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_runs")),
    )
    op.create_index(
        "ix_return_runs_status_asked_at",
        "return_runs",
        ["status", "asked_at", "id"],
    )
    op.create_index(
        "ix_return_runs_year_ended_at",
        "return_runs",
        ["year", "kind", "ended_at", "id"],
    )
    op.create_index(
        "uq_return_runs_year_night",
        "return_runs",
        ["year", "night"],
        unique=True,
    )
    op.create_table(
        "frozen_returns",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("frozen_at", Moment(), nullable=False),
        sa.Column("frozen_by", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_frozen_returns")),
    )
    op.create_table(
        "return_headers",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_return_headers")),
    )
    op.create_table(
        "return_downloads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_downloads")),
    )
    op.create_index(
        "ix_return_downloads_run_id_at",
        "return_downloads",
        ["run_id", "at", "id"],
    )


def downgrade() -> None:
    op.drop_table("return_downloads")
    op.drop_table("return_headers")
    op.drop_table("frozen_returns")
    op.drop_table("return_runs")
    op.drop_table("return_problems")
    op.drop_table("return_records")
