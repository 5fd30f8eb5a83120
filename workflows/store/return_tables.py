"""Tables of the statutory return: each case as it stands in it, its problems, and what was made of it."""

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table, Text, Uuid

from engine.store.tables import Json, metadata
from engine.store.types import Moment

# How a case stands in the return of a year; frozen with the return. It outlives its case.
return_records = Table(
    "return_records",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("case_id", Uuid, primary_key=True),
    Column("seq", Integer, nullable=False),  # of the case's history when it was looked at
    Column("version", String(16), nullable=False),  # of rules, codes and law
    Column("included", Boolean, nullable=False),  # False: looked at, and out of scope
    Column("person_key", String(240), nullable=False),  # the same for cases of one child
    Column("identity", String(200), nullable=False),  # folded name and date of birth
    Column("upn", String(13), nullable=False),  # "" where it is not a valid one
    Column("uln", String(10), nullable=False),
    Column("team_id", String(36), nullable=False),
    Column("area", String(60), nullable=False),
    Column("errors", Integer, nullable=False),
    Column("queries", Integer, nullable=False),
    Column("record", Json),  # workflows.returns.model; NULL where nothing is sent
    Column("measures", Json, nullable=False),  # codes of published measures
    Column("opened_at", Moment, nullable=False),
    Column("checked_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),  # when what is sent was last another
    Index("ix_return_records_year_person_key", "year", "person_key", "opened_at", "case_id"),
    Index("ix_return_records_year_identity", "year", "identity"),
    Index("ix_return_records_year_upn", "year", "upn"),
    Index("ix_return_records_year_changed_at", "year", "changed_at"),
)

return_problems = Table(
    "return_problems",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("case_id", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),  # in the record; from 1000 on: caused by others
    Column("rule", String(40), nullable=False),
    Column("severity", String(5), nullable=False),  # error | query
    Column("module", String(20), nullable=False),
    Column("element", String(40), nullable=False),
    Column("value", String(200), nullable=False),
    Column("source", String(80), nullable=False),
    Column("team_id", String(36), nullable=False),
    Column("area", String(60), nullable=False),
    Index("ix_return_problems_year_severity_rule", "year", "severity", "rule", "case_id", "place"),
    Index("ix_return_problems_year_rule", "year", "rule", "case_id", "place"),
    Index("ix_return_problems_year_team_id", "year", "team_id", "severity", "rule"),
)

# What a worker does for the return: look at cases, or make the files as well.
return_runs = Table(
    "return_runs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("kind", String(8), nullable=False),  # check | files
    Column("night", Date),  # of the nightly look, NULL where somebody asked
    Column("whole", Boolean, nullable=False),  # all cases, not only those touched since
    Column("status", String(12), nullable=False),  # waiting | running | done | failed | interrupted
    Column("progress", Float, nullable=False),  # 0 to 1
    Column("beats", Integer, nullable=False),  # counted up while it runs; stands still if it died
    Column("checked", Integer, nullable=False),  # cases looked at
    Column("problem", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", String(36), nullable=False),
    Column("begun_at", Moment),
    Column("ended_at", Moment),
    Column("totals", Json),  # cases, ready, by team, by rule, measures
    Column("files", Json),  # kind to name, size, sha256 and location
    Index("uq_return_runs_year_night", "year", "night", unique=True),
    Index("ix_return_runs_status_asked_at", "status", "asked_at", "id"),
    Index("ix_return_runs_year_ended_at", "year", "kind", "ended_at", "id"),
)

# A return as it was submitted: written once.
frozen_returns = Table(
    "frozen_returns",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("frozen_by", String(36), nullable=False),
    Column("reference", String(200), nullable=False),  # the receipt of the department, or a note
    Column("sha256", String(64), nullable=False),  # of the XML
    Column("counts", Json, nullable=False),  # module to rows
)

return_headers = Table(
    "return_headers",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("values", Json, nullable=False),  # LEA, DMO, DCO, DSCO
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(36), nullable=False),
)

# Who took a file of the return, which names every child.
return_downloads = Table(
    "return_downloads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    Column("what", String(12), nullable=False),  # xml | tables | problems
    Column("at", Moment, nullable=False),
    Column("by", String(36), nullable=False),
    Index("ix_return_downloads_run_id_at", "run_id", "at", "id"),
)
