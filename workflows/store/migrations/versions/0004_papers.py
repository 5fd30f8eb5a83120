"""Templates, notices as issued, delivery of emails, reminders and digests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
OF_NOTICES = (
    ("template", sa.Integer()),
    ("word_template", sa.Integer()),
    ("pdf_sha256", sa.String(length=64)),
    ("word_file_name", sa.String(length=200)),
    ("word_sha256", sa.String(length=64)),
    ("word_location", sa.String(length=300)),
)


def upgrade() -> None:
    op.create_table(
        "notice_templates",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", JSON, nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "version", name=op.f("pk_notice_templates")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reminders_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index("ix_reminders_recipient_at", "reminders", ["recipient", "at"])
    op.create_table(
        "digests",
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("covers", sa.String(length=12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "day", name=op.f("pk_digests")),
    )
    for name, kind in OF_NOTICES:
        op.add_column("notices", sa.Column(name, kind, nullable=True))
    op.add_column("outbox", sa.Column("ask_at", Moment(), nullable=True))
    op.add_column("outbox", sa.Column("settled_at", Moment(), nullable=True))
    op.create_index(
        "ix_outbox_asked",
        "outbox",
        ["ask_at", "id"],
        postgresql_where=sa.text("ask_at IS NOT NULL"),
        sqlite_where=sa.text("ask_at IS NOT NULL"),
    )
    op.create_index("ix_tasks_team_id_opened_at", "tasks", ["team_id", "opened_at"])


def downgrade() -> None:
    op.drop_index("ix_tasks_team_id_opened_at", "tasks")
    op.drop_index("ix_outbox_asked", "outbox")
    for name in ("settled_at", "ask_at"):
        op.drop_column("outbox", name)
    for name, _ in reversed(OF_NOTICES):
        op.drop_column("notices", name)
    for name in ("digests", "reminders", "notice_templates"):
        op.drop_table(name)
