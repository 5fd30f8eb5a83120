"""Tables of what administrators set."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.store.types import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("agencies", sa.Column("closed_at", Moment()))
    op.add_column("teams", sa.Column("closed_at", Moment()))
    op.add_column(
        "api_tokens", sa.Column("scope", sa.String(10), nullable=False, server_default="write")
    )
    op.add_column("api_tokens", sa.Column("last_used_at", Moment()))
    op.create_index("ix_api_tokens_person_id", "api_tokens", ["person_id"])
    op.create_table(
        "areas",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("closed_at", Moment()),
        sa.PrimaryKeyConstraint("code", name="pk_areas"),
    )
    # Until now every installation had these three; a new one enters its own.
    op.execute(
        "INSERT INTO areas (code, name) SELECT a.code, a.name FROM"
        " (SELECT 'north' AS code, 'North' AS name UNION ALL SELECT 'south', 'South'"
        " UNION ALL SELECT 'coast', 'Coast') a WHERE EXISTS (SELECT 1 FROM installation)"
    )
    op.create_table(
        "administration_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_administration_history"),
    )
    op.create_index("ix_administration_history_at_id", "administration_history", ["at", "id"])
    op.create_index(
        "ix_administration_history_what_subject_at",
        "administration_history",
        ["what", "subject", "at"],
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitations"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_invitations_person_id"),
    )
    op.create_index("ix_invitations_person_id", "invitations", ["person_id"])
    op.create_table(
        "school_terms",
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("first", name="pk_school_terms"),
    )
    op.create_table(
        "calendar_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_changes"),
    )
    op.create_index("ix_calendar_changes_at_id", "calendar_changes", ["at", "id"])
    op.create_table(
        "calendar_change_cases",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", "case_id", name="pk_calendar_change_cases"),
        sa.ForeignKeyConstraint(
            ["change_id"], ["calendar_changes.id"], name="fk_calendar_change_cases_change_id"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_calendar_change_cases_case_id"),
    )
    op.create_index(
        "ix_calendar_change_cases_state",
        "calendar_change_cases",
        ["state", "change_id", "case_id"],
    )


def downgrade() -> None:
    for table in (
        "calendar_change_cases",
        "calendar_changes",
        "school_terms",
        "invitations",
        "administration_history",
        "areas",
    ):
        op.drop_table(table)
    op.drop_index("ix_api_tokens_person_id", "api_tokens")
    for table, column in (
        ("api_tokens", "last_used_at"),
        ("api_tokens", "scope"),
        ("teams", "closed_at"),
        ("agencies", "closed_at"),
    ):
        op.drop_column(table, column)
