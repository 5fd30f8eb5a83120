"""Tables of reports and the local offer."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import metadata
from engine.store.types import Moment

# What the newest issued plan of a case has as needs and provision, to be counted.
plan_items = Table(
    "plan_items",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("row_id", String(60), primary_key=True),
    Column("section", String(2), nullable=False),
    Column("part", String(10), nullable=False),  # need | provision
    Column("kind", String(40), nullable=False),  # broad area of need, or kind of provision
    Column("label", String(8), nullable=False),  # what people call it: F2
    Column("title", String(200), nullable=False),
    Index("ix_plan_items_part_kind", "part", "kind"),
)

# Provision of a plan that is not made.
unmet_provision = Table(
    "unmet_provision",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("row_id", String(60), nullable=False),
    Column("section", String(2), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("label", String(8), nullable=False),
    Column("title", String(200), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("told_by", String(36), nullable=False),
    Column("made_again", Date),  # None while it is unmet
    Column("how", Text, nullable=False),
    Index("ix_unmet_provision_case_id", "case_id"),
    Index("ix_unmet_provision_made_again_since", "made_again", "since"),
)

# What the public says about the local offer. Nobody has to give a name.
offer_comments = Table(
    "offer_comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("about", String(20), nullable=False),
    Column("who", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(12), nullable=False),  # new | kept | left_out
    Column("published_text", Text, nullable=False),  # "" until it is kept
    Column("judged_reason", Text, nullable=False),
    Column("judged_at", Moment),
    Column("judged_by", String(36), nullable=False),
    Column("response", Text, nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", String(36), nullable=False),
    Index("ix_offer_comments_year_received_at_id", "year", "received_at", "id"),
)

# The years whose comments and answers the authority has published.
offer_years = Table(
    "offer_years",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("introduction", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", String(36), nullable=False),
)
