"""The domain's tables, in the engine's metadata. A case's id is the engine's subject id."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

from engine.store.tables import Json, metadata
from engine.store.types import Moment

agencies = Table(
    "agencies",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(30), nullable=False),  # authority | setting | psychology | health | ...
    Column("name", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("details", Json, nullable=False),  # urn, ukprn, phase, area, address, phone
    Column("closed_at", Moment),  # it gets no work from then on; None while it is open
)

teams = Table(
    "teams",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("agency_id", String(36), ForeignKey("agencies.id"), nullable=False),
    Column("code", String(60), nullable=False),  # what routing.dmn names
    Column("name", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("code"),
)

# Parts of the authority's area, as requests name them and routing asks for them.
areas = Table(
    "areas",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("closed_at", Moment),
)

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("email", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("settings", Json, nullable=False),
    UniqueConstraint("email"),
)

# A person's roles: as member of a team (its tasks of that role), or across the authority (team "").
memberships = Table(
    "memberships",
    metadata,
    Column("person_id", String(36), ForeignKey("people.id"), primary_key=True),
    Column("team_id", String(36), primary_key=True),  # "" for a role across the authority
    Column("role", String(60), primary_key=True),  # a lane's role, or manager | owner | admin
    Index("ix_memberships_team_id_role", "team_id", "role"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", String(20), nullable=False),
    Column("process_key", String(120), nullable=False),  # what it was opened for
    Column("child_first_name", String(100), nullable=False),
    Column("child_last_name", String(100), nullable=False),
    Column("child_date_of_birth", Date, nullable=False),
    Column("search_text", String(400), nullable=False),  # folded name and reference
    Column("details", Json, nullable=False),  # sex, upn, address, year group, language, needs …
    Column("area", String(60), nullable=False),
    Column("setting_id", String(36), nullable=False),  # agency of kind setting, or ""
    Column("key_contact", String(36), nullable=False),  # person id, or ""
    Column("status", String(12), nullable=False),  # open | closed
    Column("stage", String(120), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("reference"),
    Index("ix_cases_status_reference", "status", "reference"),
    Index("ix_cases_child_last_name", "child_last_name"),
    Index("ix_cases_child_date_of_birth", "child_date_of_birth"),
    Index(
        "ix_cases_key_contact",
        "key_contact",
        postgresql_where=text("status = 'open'"),
        sqlite_where=text("status = 'open'"),
    ),
)

reference_numbers = Table(
    "reference_numbers",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

# Trigrams of search_text, so that a name typed wrongly is still found by an index.
case_trigrams = Table(
    "case_trigrams",
    metadata,
    Column("trigram", String(3), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
)

parties = Table(
    "parties",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # parent | young_person | other
    Column("name", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("person_id", String(36), nullable=False),  # who signs in as this party, or ""
    Index("ix_parties_case_id", "case_id"),
    Index("ix_parties_person_id", "person_id"),
)

# Why a team may see a case: it has or had a task on it, or was asked for advice.
involvements = Table(
    "involvements",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("team_id", String(36), primary_key=True),
    Column("role", String(60), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("why", String(200), nullable=False),
    Index("ix_involvements_team_id_case_id", "team_id", "case_id"),
)

# The ledger: append-only. A correction is a new row that names the one it replaces.
case_facts = Table(
    "case_facts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("code", String(60), nullable=False),
    Column("qualifier", String(60), nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("on", Date, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(36), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", String(200), nullable=False),  # element, or on whose behalf and how it came
    Column("replaces", Uuid),
    Column("current", Boolean, nullable=False),  # False once replaced or withdrawn
    Column("instance_id", Uuid),  # the process that recorded it; NULL where a person did
    Index("ix_case_facts_case_id", "case_id"),
    Index("ix_case_facts_code_on", "code", "on"),
)

# Projected from facts by workflows.duties; one row a duty, case and qualifier.
deadlines = Table(
    "deadlines",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("duty", String(60), primary_key=True),
    Column("qualifier", String(60), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("team_id", String(36), nullable=False),
    Column("agency_id", String(36), nullable=False),
    Column("area", String(60), nullable=False),
    Column("opened", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("target", Date, nullable=False),
    Column("met", Date),
    Column("voided", Date),
    Column("excused", Boolean, nullable=False),
    Column("ground", String(60), nullable=False),
    Column("statutory", Boolean, nullable=False),
    Column("source", String(200), nullable=False),
    Column("state", String(10), nullable=False),  # open | met | met_late | void
    Index("ix_deadlines_state_due_case_id", "state", "due", "case_id"),
    Index("ix_deadlines_duty_state_due", "duty", "state", "due"),
    Index("ix_deadlines_agency_id_state_due", "agency_id", "state", "due"),
)

lawful_exceptions = Table(
    "lawful_exceptions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("duty", String(60), nullable=False),
    Column("qualifier", String(60), nullable=False),
    Column("ground", String(60), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("told_family_on", Date),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(36), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_lawful_exceptions_case_id", "case_id"),
    Index("ix_lawful_exceptions_recorded_at_id", "recorded_at", "id"),
)

# Why a time limit was not kept: the newest reason for each.
delay_reasons = Table(
    "delay_reasons",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("duty", String(60), primary_key=True),
    Column("qualifier", String(60), primary_key=True),
    Column("reason", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("given_by", String(36), nullable=False),
    Column("given_at", Moment, nullable=False),
    Index("ix_delay_reasons_given_at", "given_at"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", String(60), nullable=False),  # advice | views | notice | plan | evidence | other
    Column("roles", Json, nullable=False),  # roles that may see it; [] = all who may see the case
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(36), nullable=False),
    Column("task_id", Uuid),
    Index("ix_documents_case_id", "case_id"),
)

document_versions = Table(
    "document_versions",
    metadata,
    Column("document_id", Uuid, ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("file_name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("location", String(300), nullable=False),  # path in the document store (fsspec)
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(36), nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("recipient_kind", String(40), nullable=False),
    Column("recipient_name", String(200), nullable=False),
    Column("recipient_email", String(200), nullable=False),
    Column("document_id", Uuid, ForeignKey("documents.id"), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", String(36), nullable=False),
    # Versions of the templates (0: as delivered) and the files as issued;
    # None for those issued before templates had versions.
    Column("template", Integer),
    Column("word_template", Integer),
    Column("pdf_sha256", String(64)),
    Column("word_file_name", String(200)),
    Column("word_sha256", String(64)),
    Column("word_location", String(300)),
    Index("ix_notices_case_id", "case_id"),
)

# Who looked at which case; every read of a case is on record.
access_record = Table(
    "access_record",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("what", String(120), nullable=False),
    Column("why", String(200), nullable=False),  # involvement that allowed it
    Column("page", String(40), nullable=False, server_default=text("''")),  # the kind of page
    # What is unusual about it; see workflows.access.unusual.
    Column("outside_hours", Boolean, nullable=False, server_default=false()),
    Column("many", Boolean, nullable=False, server_default=false()),
    Column("by_role", Boolean, nullable=False, server_default=false()),
    Column("glass", Boolean, nullable=False, server_default=false()),
    Index("ix_access_record_at_id", "at", "id"),
    Index("ix_access_record_case_id_at_id", "case_id", "at", "id"),
    Index("ix_access_record_person_id_at_id", "person_id", "at", "id"),
    Index("ix_access_record_page_at_id", "page", "at", "id"),
    *(
        Index(
            f"ix_access_record_{name}",
            "at",
            "id",
            postgresql_where=text(name),
            sqlite_where=text(f"{name} = 1"),  # as SQLAlchemy asks for it
        )
        for name in ("outside_hours", "many", "by_role", "glass")
    ),
)

closures = Table(
    "closures",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(200), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_sessions_person_id", "person_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("scope", String(10), nullable=False, server_default="write"),  # read | write
    Column("last_used_at", Moment),  # true to some minutes
    Index("ix_api_tokens_person_id", "person_id"),
)

# Wrong passwords by account and by address, so that guessing is slowed for every process alike.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(220), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_sign_in_failures_key_at", "key", "at"),
)

# One task for somebody who does not sign in. Its secret is sent, never kept.
personal_links = Table(
    "personal_links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("task_id", Uuid, nullable=False),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("email", String(200), nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
    Column("failures", Integer, nullable=False),  # tries when it could not be used any more
    Column("draft", Json),  # seen by nobody else
    Column("window_began", Moment, nullable=False),
    Column("window_uses", Integer, nullable=False),
    UniqueConstraint("token_hash"),
    Index("ix_personal_links_task_id", "task_id"),
)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("demo", Boolean, nullable=False),
    Column("authority_name", String(200), nullable=False),
    Column("authority", Json, nullable=False),  # contacts, mediation adviser, IAS, local offer
)
