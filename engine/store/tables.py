"""The engine's tables. Times are aware UTC; identifiers are UUIDs made by the program."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from engine.store.types import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

# One row a version of a diagram or decision table, as published.
definitions = Table(
    "definitions",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", String(8), nullable=False),  # bpmn | dmn
    Column("name", String(200), nullable=False),
    Column("xml", LargeBinary, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", String(36), nullable=False),
    Column("reason", Text, nullable=False),
)

# A process version with the versions of all that it calls: what an instance runs on, for ever.
bundles = Table(
    "bundles",
    metadata,
    Column("id", String(64), primary_key=True),  # checksum of members
    Column("process_key", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("members", Json, nullable=False),  # key -> version
    Column("created_at", Moment, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("start_message", String(120), nullable=False),  # "" where only people and calls start it
    Index(
        "uq_bundles_live",
        "process_key",
        unique=True,
        postgresql_where=text("live"),
        sqlite_where=text("live"),
    ),
)

# What instances are about (the domain's case). Its row is the lock, and the head of its history.
subjects = Table(
    "subjects",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("history_seq", Integer, nullable=False),
    Column("history_hash", String(64), nullable=False),
)

instances = Table(
    "instances",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, ForeignKey("subjects.id"), nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("bundle_id", String(64), ForeignKey("bundles.id"), nullable=False),
    Column("status", String(12), nullable=False),  # active | suspended | completed | cancelled
    Column("state", LargeBinary, nullable=False),  # compressed token state, see runtime.state
    Column("state_version", Integer, nullable=False),
    Column("variables", Json, nullable=False),
    Column("marking", Json, nullable=False),  # process key -> {"active": {element: n}, "done": []}
    Column("revision", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("started_by", String(36), nullable=False),
    Column("ended_at", Moment),
    Column("outcome", String(12)),
    Column("end_element", String(120)),
    Column("reason", Text),
    Index("ix_instances_subject_id", "subject_id"),
    Index("ix_instances_process_key_version_status", "process_key", "version", "status"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instances.id"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("root_process_key", String(120), nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("label", String(200), nullable=False),
    Column("role", String(60), nullable=False),
    Column("team_id", String(36), nullable=False),  # "" where no team is concerned
    Column("assignee", String(36), nullable=False),  # "" while unclaimed
    Column("status", String(12), nullable=False),  # open | completed | cancelled
    Column("due_at", Moment, nullable=False),  # FAR_FUTURE where the task has no date of its own
    Column("duty", String(60), nullable=False),
    Column("form_key", String(120), nullable=False),
    Column("properties", Json, nullable=False),
    Column("item", Json),
    Column("draft", Json),
    Column("values", Json),
    Column("opened_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("completed_at", Moment),
    Column("completed_by", String(36)),
    Index("ix_tasks_instance_id", "instance_id"),
    Index("ix_tasks_subject_id", "subject_id"),
    Index("ix_tasks_team_id_role_status_due_at_id", "team_id", "role", "status", "due_at", "id"),
    Index("ix_tasks_assignee_status_due_at_id", "assignee", "status", "due_at", "id"),
    Index("ix_tasks_status_due_at_id", "status", "due_at", "id"),
    Index("ix_tasks_team_id_opened_at", "team_id", "opened_at"),
    Index(
        "ix_tasks_load",
        "team_id",
        "assignee",
        "due_at",
        "root_process_key",
        postgresql_where=text("status = 'open'"),
        sqlite_where=text("status = 'open'"),
    ),
    # What waits at an element, and the newest that was done in a process.
    Index(
        "ix_tasks_open_process_key_element_id_due_at_opened_at",
        "process_key",
        "element_id",
        "due_at",
        "opened_at",
        postgresql_where=text("status = 'open'"),
        sqlite_where=text("status = 'open'"),
    ),
    Index(
        "ix_tasks_completed_process_key_completed_at_id",
        "process_key",
        "completed_at",
        "id",
        postgresql_where=text("status = 'completed'"),
        sqlite_where=text("status = 'completed'"),
    ),
)

timers = Table(
    "timers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instances.id"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("attached_to", String(120), nullable=False),
    Column("duty", String(60), nullable=False),
    Column("interrupting", Boolean, nullable=False),
    Column("due_at", Moment),  # None: sleeps until its expression has a date
    Column("status", String(12), nullable=False),  # waiting | fired | cancelled | suspended
    Column("set_at", Moment, nullable=False),
    Column("fired_at", Moment),
    Column("by_hand", Boolean, nullable=False),  # rescheduled by a person: facts move it no more
    Column("failures", Integer, nullable=False),
    Column("retry_at", Moment),
    Index("ix_timers_instance_id", "instance_id"),
    Index("ix_timers_subject_id", "subject_id"),
    Index(
        "ix_timers_waiting",
        "due_at",
        "id",
        postgresql_where=text("status = 'waiting' AND due_at IS NOT NULL"),
        sqlite_where=text("status = 'waiting' AND due_at IS NOT NULL"),
    ),
    Index(
        "ix_timers_suspended",
        "due_at",
        "id",
        postgresql_where=text("status = 'suspended'"),
        sqlite_where=text("status = 'suspended'"),
    ),
    Index(
        "ix_timers_waiting_process_key_element_id_due_at",
        "process_key",
        "element_id",
        "due_at",
        postgresql_where=text("status = 'waiting'"),
        sqlite_where=text("status = 'waiting'"),
    ),
)

message_waits = Table(
    "message_waits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instances.id"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("message", String(120), nullable=False),
    Column("correlation", Json, nullable=False),
    Column("since", Moment, nullable=False),
    Index("ix_message_waits_subject_id_message", "subject_id", "message"),
    Index("ix_message_waits_instance_id", "instance_id"),
    Index("ix_message_waits_process_key_element_id_since", "process_key", "element_id", "since"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instances.id"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("token_id", Uuid, nullable=False),
    Column("process_key", String(120), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("message", Text, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("how", String(60)),
    Index("ix_incidents_instance_id", "instance_id"),
    Index(
        "ix_incidents_open",
        "raised_at",
        "id",
        postgresql_where=text("resolved_at IS NULL"),
        sqlite_where=text("resolved_at IS NULL"),
    ),
    Index(
        "ix_incidents_resolved",
        "resolved_at",
        "id",
        postgresql_where=text("resolved_at IS NOT NULL"),
        sqlite_where=text("resolved_at IS NOT NULL"),
    ),
)

# Append-only; each entry carries the hash of the one before on its subject.
history = Table(
    "history",
    metadata,
    Column("subject_id", Uuid, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("instance_id", Uuid),
    Column("at", Moment, nullable=False),
    Column("actor_id", String(36), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("body", Json, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_history_instance_id_seq", "instance_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid),
    Column("kind", String(60), nullable=False),
    Column("key", String(200), nullable=False),
    Column("payload", Json, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),  # None once sent or given up
    Column("attempts", Integer, nullable=False),
    Column("status", String(12), nullable=False),  # queued | sent | delivered | failed
    Column("last_error", Text),
    Column("sent_at", Moment),
    Column("reference", String(200)),
    Column("ask_at", Moment),  # when the carrier is asked whether it was delivered; None: never
    Column("settled_at", Moment),  # when it was delivered, or failed for good
    UniqueConstraint("key"),
    Index(
        "ix_outbox_queued",
        "next_attempt_at",
        "id",
        postgresql_where=text("status = 'queued'"),
        sqlite_where=text("status = 'queued'"),
    ),
    Index("ix_outbox_subject_id", "subject_id"),
    Index(
        "ix_outbox_asked",
        "ask_at",
        "id",
        postgresql_where=text("ask_at IS NOT NULL"),
        sqlite_where=text("ask_at IS NOT NULL"),
    ),
)

# What a command with an idempotency key did, so that the same call again answers the same.
idempotency = Table(
    "idempotency",
    metadata,
    Column("actor_id", String(36), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("changes", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_idempotency_at", "at"),
)

workers = Table(
    "workers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# The one row by which a demo or training database moves its clock.
clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("offset_seconds", Integer, nullable=False),
)
