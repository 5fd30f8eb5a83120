"""The register of phased duties, the transition plan, and the record of decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)


def upgrade() -> None:
    op.create_table(
        "learner_history",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "revision", name=op.f("pk_learner_history")),
    )
    op.create_table(
        "phased_duties",
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("last_reviewed", sa.Date(), nullable=True),
        sa.Column("earlier_review", sa.Date(), nullable=True),
        sa.Column("earlier_reason", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_phased_duties")),
    )
    op.create_table(
        "phased_duty_reminders",
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("duty", "kind", "review_on", name=op.f("pk_phased_duty_reminders")),
    )
    with op.batch_alter_table("phased_duty_reminders", schema=None) as batch_op:
        batch_op.create_index("ix_phased_duty_reminders_at", ["at"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_test", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("documents", JSON, nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decisions_case_id_decided_at", ["case_id", "decided_at"], unique=False
        )

    op.create_table(
        "learners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("year_group", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("setting_id", sa.String(length=36), nullable=False),
        sa.Column("setting_name", sa.String(length=200), nullable=False),
        sa.Column("setting_kind", sa.String(length=20), nullable=False),
        sa.Column("leaves_in", sa.Integer(), nullable=True),
        sa.Column("statement_date", sa.Date(), nullable=True),
        sa.Column("identity", sa.String(length=300), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("month_reason", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_learners_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learners")),
        sa.UniqueConstraint("identity", name=op.f("uq_learners_identity")),
    )
    with op.batch_alter_table("learners", schema=None) as batch_op:
        batch_op.create_index("ix_learners_case_id", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_learners_last_name_first_name_id", ["last_name", "first_name", "id"], unique=False
        )

    op.create_table(
        "phased_duty_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty"], ["phased_duties.duty"], name=op.f("fk_phased_duty_evidence_duty")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phased_duty_evidence")),
    )
    with op.batch_alter_table("phased_duty_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_phased_duty_evidence_duty", ["duty"], unique=False)

    op.create_table(
        "phased_duty_history",
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["duty"], ["phased_duties.duty"], name=op.f("fk_phased_duty_history_duty")
        ),
        sa.PrimaryKeyConstraint("duty", "revision", name=op.f("pk_phased_duty_history")),
    )


def downgrade() -> None:
    for table in (
        "phased_duty_history",
        "phased_duty_evidence",
        "phased_duty_reminders",
        "phased_duties",
        "decisions",
        "learner_history",
        "learners",
    ):
        op.drop_table(table)
