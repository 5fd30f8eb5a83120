"""The decision record of a case: each decision with its test, its reasons and what was seen for it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people, sight
from workflows.access.people import FAMILY, Person
from workflows.store.decision_tables import decisions
from workflows.store.tables import document_versions, documents

NEWEST: Final = 100
HIDDEN: Final = "A document that you may not see"
SHORT: Final = 12  # signs of a hash that tell files apart for people


@dataclass(frozen=True, slots=True)
class Seen:
    """A document version that was seen. `id` is None where it is not for whoever reads the record."""

    id: UUID | None
    title: str
    version: int
    newest: int
    sha256: str

    @property
    def short_hash(self) -> str:
        """The beginning of the hash."""
        return self.sha256[:SHORT]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer, as words."""

    id: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision.

    Attributes:
        outcome: What was decided: the first choice of the form; or "".
        panel: Who decided, as it was entered; or "".
        reasons: The answers whose field ends with “reasons”.
        others: All further answers.
        entered_by, source: Who completed the task; and for whom, where that was another.
        chosen: The documents were named by whoever decided; else they are all there were to see.
    """

    id: UUID
    name: str
    legal_test: str
    on: dt.date
    decided_at: dt.datetime
    entered_by: str
    source: str
    outcome: str
    panel: str
    reasons: tuple[str, ...]
    others: tuple[Answer, ...]
    documents: tuple[Seen, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """The decisions of a case, the newest first, and why the person may see them."""

    why: str
    decisions: tuple[Decision, ...]


def decision_list(connection: sa.Connection, person: Person, case_id: UUID) -> DecisionRecord:
    """Return the decision record of a case; stands on ix_decisions_case_id_decided_at.

    Families get each decision with its reasons as a notice; what a panel had before it is for staff.

    Raises:
        sight.NoSuchCase: there is none, or its record is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    if person.roles <= {FAMILY}:
        raise sight.NoSuchCase
    rows = connection.execute(
        sa.select(*decisions.c)
        .where(decisions.c.case_id == case_id)
        .order_by(decisions.c.decided_at.desc(), decisions.c.id)
        .limit(NEWEST)
    ).all()
    names = people.names(connection, {row.decided_by for row in rows})
    known = _documents(connection, person, case_id)
    return DecisionRecord(why, tuple(_decision(row, names, known) for row in rows))


def _documents(connection: sa.Connection, person: Person, case_id: UUID) -> dict[str, int]:
    """Return the newest version of each document that the person may see."""
    rows = connection.execute(
        sa.select(
            documents.c.id,
            documents.c.roles,
            sa.func.max(document_versions.c.version).label("newest"),
        )
        .join(document_versions, document_versions.c.document_id == documents.c.id)
        .where(documents.c.case_id == case_id)
        .group_by(documents.c.id)
    )
    return {
        str(row.id): row.newest
        for row in rows
        if not row.roles or person.sees_all_cases or person.roles & set(row.roles)
    }


def _decision(row: Any, names: dict[str, str], known: dict[str, int]) -> Decision:  # noqa: ANN401 (a row)
    answers = [Answer(each["id"], each["label"], each["value"]) for each in row.answers]
    panel = [each for each in answers if each.id.endswith("panel_members")]
    reasons = [each for each in answers if each.id.endswith("reasons")]
    rest = [each for each in answers if each not in panel and each not in reasons]
    return Decision(
        row.id,
        row.name,
        row.legal_test,
        row.on,
        row.decided_at,
        names.get(row.decided_by, ""),
        row.source,
        rest[0].value if rest else "",
        ", ".join(each.value for each in panel),
        tuple(each.value for each in reasons),
        tuple(rest[1:]),
        tuple(_seen(each, known) for each in row.documents),
        row.chosen,
    )


def _seen(each: dict[str, Any], known: dict[str, int]) -> Seen:
    newest = known.get(each["id"])
    if newest is None:
        return Seen(None, HIDDEN, each["version"], each["version"], "")
    return Seen(UUID(each["id"]), each["title"], each["version"], newest, each["sha256"])
