"""Tables of statistics of other authorities."""

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


def downgrade() -> None:
    op.drop_table("comparator_choices")
    op.drop_table("statistics_figures")
    op.drop_table("statistics_areas")
    op.drop_table("statistics_loads")
