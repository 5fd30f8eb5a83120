"""Tables of forecasts."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Json
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
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("this_in_time", sa.Float(), nullable=False),
        sa.Column("this_late", sa.Float(), nullable=False),
        sa.Column("next_in_time", sa.Float(), nullable=False),
        sa.Column("next_late", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_forecasts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_forecasts")),
    )
    op.create_index("ix_forecasts_at_risk_due_case_id", "forecasts", ["at_risk", "due", "case_id"])
    op.create_index("ix_forecasts_stale_computed_at", "forecasts", ["stale", "computed_at"])
    op.create_index("ix_forecasts_chance_late_case_id", "forecasts", ["chance_late", "case_id"])
    op.create_index("ix_forecasts_due_case_id", "forecasts", ["due", "case_id"])
    op.create_table(
        "forecast_rescues",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.Float(), nullable=False),
        sa.Column("after", sa.Float(), nullable=False),
        sa.Column("gain", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_forecast_rescues_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "action", "step", name=op.f("pk_forecast_rescues")),
    )
    op.create_index("ix_forecast_rescues_gain_case_id", "forecast_rescues", ["gain", "case_id"])
    op.create_table(
        "forecast_lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learned_at", Moment(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_lessons")),
    )
    op.create_table(
        "forecast_outlooks",
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("expected_in_time", sa.Float(), nullable=False),
        sa.Column("expected_late", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("made_on", "month", name=op.f("pk_forecast_outlooks")),
    )
    op.create_table(
        "forecast_backtests",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("tested_at", Moment(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("of_p50", sa.Integer(), nullable=False),
        sa.Column("by_p50", sa.Integer(), nullable=False),
        sa.Column("of_p80", sa.Integer(), nullable=False),
        sa.Column("by_p80", sa.Integer(), nullable=False),
        sa.Column("bands", Json, nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_forecast_backtests")),
    )


def downgrade() -> None:
    for name in ("backtests", "outlooks", "lessons", "rescues"):
        op.drop_table(f"forecast_{name}")
    op.drop_table("forecasts")
