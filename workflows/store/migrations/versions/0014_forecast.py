"""Tables of forecasts."""

import sqlalchemy as sa
from alembic import op

from engine.store.types import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecasts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=120), nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("p50", sa.Date(), nullable=False),
        sa.Column("p80", sa.Date(), nullable=False),
        sa.Column("chance_late", sa.Float(), nullable=False),
        sa.Column("at_risk", sa.Boolean(), nullable=False),
        sa.Column("driver", sa.String(length=120), nullable=False),
        sa.Column("driver_share", sa.Float(), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("computed_at", Moment(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_forecasts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_forecasts")),
    )
    op.create_index("ix_forecasts_at_risk_due_case_id", "forecasts", ["at_risk", "due", "case_id"])
    op.create_index("ix_forecasts_stale_computed_at", "forecasts", ["stale", "computed_at"])


def downgrade() -> None:
    op.drop_table("forecasts")
