"""Diagrams that are being worked on, with what people say about them."""

import sqlalchemy as sa
from alembic import op

from engine.store.types import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diagram_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagram_drafts")),
    )
    op.create_index("ix_diagram_drafts_key_status", "diagram_drafts", ["key", "status"])
    op.create_index(
        "ix_diagram_drafts_open",
        "diagram_drafts",
        ["saved_at", "id"],
        postgresql_where=sa.text("status = 'open'"),
        sqlite_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "draft_comments",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["diagram_drafts.id"],
            name=op.f("fk_draft_comments_draft_id"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_comments")),
    )
    op.create_table(
        "draft_readers",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["diagram_drafts.id"],
            name=op.f("fk_draft_readers_draft_id"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name=op.f("pk_draft_readers")),
    )


def downgrade() -> None:
    op.drop_table("draft_readers")
    op.drop_table("draft_comments")
    op.drop_table("diagram_drafts")
