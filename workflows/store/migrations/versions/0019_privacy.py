"""Tables of restricted cases, retention and subject access; what is unusual in the record of access."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.store.types import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
UNUSUAL = ("outside_hours", "many", "by_role", "glass")
TABLES = (
    "restrictions",
    "restriction_people",
    "restriction_teams",
    "broken_glass",
    "glass_alerts",
    "access_readings",
    "subject_requests",
    "retention_rules",
    "legal_holds",
    "erasure_proposals",
    "erasure_items",
    "erasures",
)


def upgrade() -> None:
    _restrictions()
    _glass()
    _requests()
    _retention()
    _erasures()
    _record()


def downgrade() -> None:
    for name in UNUSUAL:
        op.drop_index(f"ix_access_record_{name}", "access_record")
    for columns in ("at_id", "case_id_at_id", "person_id_at_id", "page_at_id"):
        op.drop_index(f"ix_access_record_{columns}", "access_record")
    op.create_index("ix_access_record_case_id_at", "access_record", ["case_id", "at"])
    op.create_index("ix_access_record_person_id_at", "access_record", ["person_id", "at"])
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        for name in ("page", *UNUSUAL):
            batch_op.drop_column(name)
    for name in reversed(TABLES):
        op.drop_table(name)


def _restrictions() -> None:
    op.create_table(
        "restrictions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restricted_at", Moment(), nullable=False),
        sa.Column("restricted_by", sa.String(length=36), nullable=False),
        *_of_case("restrictions"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_restrictions")),
    )
    for name, column in (("restriction_people", "person_id"), ("restriction_teams", "team_id")):
        op.create_table(
            name,
            sa.Column("case_id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.String(length=36), nullable=False),
            *_of_case(name),
            sa.PrimaryKeyConstraint("case_id", column, name=op.f(f"pk_{name}")),
        )


def _glass() -> None:
    op.create_table(
        "broken_glass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        *_of_case("broken_glass"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broken_glass")),
    )
    op.create_index("ix_broken_glass_person_id_until", "broken_glass", ["person_id", "until"])
    op.create_index("ix_broken_glass_case_id", "broken_glass", ["case_id"])
    op.create_table(
        "glass_alerts",
        sa.Column("glass_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["glass_id"], ["broken_glass.id"], name=op.f("fk_glass_alerts_glass_id")
        ),
        sa.PrimaryKeyConstraint("glass_id", "person_id", name=op.f("pk_glass_alerts")),
    )
    new = sa.text("acknowledged_at IS NULL")
    op.create_index(
        "ix_glass_alerts_new",
        "glass_alerts",
        ["person_id"],
        postgresql_where=new,
        sqlite_where=new,
    )
    op.create_table(
        "access_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_readings")),
    )
    op.create_index("ix_access_readings_at_id", "access_readings", ["at", "id"])


def _requests() -> None:
    op.create_table(
        "subject_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("choices", JSON, nullable=True),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("logged_at", Moment(), nullable=False),
        sa.Column("logged_by", sa.String(length=36), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("released_by", sa.String(length=36), nullable=False),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("location", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        *_of_case("subject_requests"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_requests")),
    )
    op.create_index("ix_subject_requests_received_on_id", "subject_requests", ["received_on", "id"])
    op.create_index("ix_subject_requests_status", "subject_requests", ["status"])
    op.create_index("ix_subject_requests_case_id", "subject_requests", ["case_id"])


def _retention() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_at", Moment(), nullable=False),
        sa.Column("placed_by", sa.String(length=36), nullable=False),
        *_of_case("legal_holds"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_legal_holds")),
    )


def _erasures() -> None:
    op.create_table(
        "erasure_proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_proposals")),
    )
    op.create_index(
        "ix_erasure_proposals_proposed_at_id", "erasure_proposals", ["proposed_at", "id"]
    )
    op.create_index("ix_erasure_proposals_status", "erasure_proposals", ["status"])
    op.create_table(
        "erasure_items",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        *_of_case("erasure_items"),
        _of_proposal("erasure_items"),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["retention_rules.id"], name=op.f("fk_erasure_items_rule_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "case_id", name=op.f("pk_erasure_items")),
    )
    op.create_index(
        "ix_erasure_items_proposal_id_status", "erasure_items", ["proposal_id", "status"]
    )
    op.create_table(
        "erasures",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_of_case("erasures"),
        _of_proposal("erasures"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_erasures")),
    )
    op.create_index("ix_erasures_erased_at", "erasures", ["erased_at"])


def _record() -> None:
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("page", sa.String(length=40), nullable=False, server_default=sa.text("''"))
        )
        for name in UNUSUAL:
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
    _sort_into_pages()
    op.drop_index("ix_access_record_case_id_at", "access_record")
    op.drop_index("ix_access_record_person_id_at", "access_record")
    for columns in (
        ["at", "id"],
        ["case_id", "at", "id"],
        ["person_id", "at", "id"],
        ["page", "at", "id"],
    ):
        op.create_index(f"ix_access_record_{'_'.join(columns)}", "access_record", columns)
    for name in UNUSUAL:
        op.create_index(
            f"ix_access_record_{name}",
            "access_record",
            ["at", "id"],
            postgresql_where=sa.text(name),
            sqlite_where=sa.text(f"{name} = 1"),
        )


def _sort_into_pages() -> None:
    """Give what is on record already its kind of page: what stands before the colon."""
    record = sa.table("access_record", sa.column("what"), sa.column("page"))
    find = sa.func.instr if op.get_bind().dialect.name == "sqlite" else sa.func.strpos
    before = sa.func.substr(record.c.what, 1, find(record.c.what, ":") - 1)
    kind = sa.case((find(record.c.what, ":") > 0, before), else_=record.c.what)
    op.execute(record.update().values(page=sa.func.substr(kind, 1, 40)))


def _of_case(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id")),
    ]


def _of_proposal(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["proposal_id"], ["erasure_proposals.id"], name=op.f(f"fk_{table}_proposal_id")
    )
