"""Tables of reports and the local offer."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.store.types import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LETTERS = {"b": "need", "c": "need", "d": "need"} | dict.fromkeys(
    ("f", "g", "h1", "h2"), "provision"
)


def upgrade() -> None:
    items = op.create_table(
        "plan_items",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=2), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_items_case_id")),
        sa.PrimaryKeyConstraint("case_id", "row_id", name=op.f("pk_plan_items")),
    )
    op.create_index("ix_plan_items_part_kind", "plan_items", ["part", "kind"])
    op.create_table(
        "unmet_provision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("told_by", sa.String(length=36), nullable=False),
        sa.Column("made_again", sa.Date(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unmet_provision_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_provision")),
    )
    op.create_index("ix_unmet_provision_case_id", "unmet_provision", ["case_id"])
    op.create_index(
        "ix_unmet_provision_made_again_since", "unmet_provision", ["made_again", "since"]
    )
    op.create_table(
        "offer_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("published_text", sa.Text(), nullable=False),
        sa.Column("judged_reason", sa.Text(), nullable=False),
        sa.Column("judged_at", Moment(), nullable=True),
        sa.Column("judged_by", sa.String(length=36), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_comments")),
    )
    op.create_index(
        "ix_offer_comments_year_received_at_id", "offer_comments", ["year", "received_at", "id"]
    )
    op.create_table(
        "offer_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_offer_years")),
    )
    op.create_index("ix_case_facts_code_on", "case_facts", ["code", "on"])
    _fill(items)


def downgrade() -> None:
    op.drop_index("ix_case_facts_code_on", "case_facts")
    for name in ("offer_years", "offer_comments", "unmet_provision", "plan_items"):
        op.drop_table(name)


def _fill(items: sa.Table) -> None:
    """Enter what the newest issued plan of each case has."""
    versions = sa.table(
        "plan_versions",
        sa.column("case_id", sa.Uuid()),
        sa.column("number", sa.Integer()),
        sa.column("document", sa.JSON()),
    )
    connection = op.get_bind()
    newest = (
        sa.select(versions.c.case_id, sa.func.max(versions.c.number).label("number"))
        .group_by(versions.c.case_id)
        .subquery()
    )
    found = connection.execute(
        sa.select(versions.c.case_id, versions.c.document).join(
            newest,
            (newest.c.case_id == versions.c.case_id) & (newest.c.number == versions.c.number),
        )
    )
    for case_id, document in found.all():
        rows = list(_rows(case_id, document))
        if rows:
            connection.execute(items.insert(), rows)


def _rows(case_id: object, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for code, part in LETTERS.items():
        for place, row in enumerate(document.get("sections", {}).get(code, {}).get("rows", []), 1):
            kind = row.get("area") if part == "need" else row.get("kind")
            yield {
                "case_id": case_id,
                "row_id": row["id"],
                "section": code,
                "part": part,
                "kind": kind or "",
                "label": f"{code.upper()}{place}",
                "title": str(row.get("text") or row.get("what") or "")[:200],
            }
