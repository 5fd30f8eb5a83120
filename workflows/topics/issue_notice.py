"""Make the notices that a step must send, keep them on the case and send them off."""

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import changes as engine_changes, ports
from workflows import changes
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.documents.store import DocumentStore
from workflows.duties import deadlines
from workflows.notices import compose
from workflows.store.tables import agencies, parties, teams

DATES: Final = ("received_on", "ended_on", "ordered_on", "review_starts_on", "review_due")
SOURCES: Final = ("ended_reason", "reasons", "decision_reasons", "plan_reasons")


class IssueNotice:
    """The topic, with the store that keeps what it makes."""

    def __init__(self, documents: DocumentStore) -> None:
        """Keep notices in this store."""
        self._documents = documents

    def __call__(self, call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
        """Issue the notice `notice` to each `recipient`; the newest document of each is kept.

        Raises:
            compose.NoticeIncomplete: a notice lacks what its regulation demands.
        """
        kind = call.properties.get("notice", "")
        values = _values(call, case)
        recorded: list[engine_changes.Change] = []
        named = (call.properties.get("recipient") or "family").split(";")
        recipients = _recipients([each.strip() for each in named], call, case)
        for recipient_kind, (name, email, address) in recipients.items():
            notice = compose.compose(kind, values, recipient=(name, address), on=case.today)
            recorded += self._issue(notice, case, (recipient_kind, name, email), call)
        return ports.ServiceResult(changes=tuple(recorded))

    def _issue(
        self,
        notice: compose.Notice,
        case: CaseContext,
        recipient: tuple[str, str, str],
        call: ports.ServiceCall,
    ) -> list[engine_changes.Change]:
        stored = self._documents.put(f"{notice.kind}-{case.case.reference}.pdf", notice.pdf)
        document_id, notice_id = uuid4(), uuid4()
        kind, name, email = recipient
        return [
            changes.DocumentAdded(
                None,
                case.case_id,
                document_id,
                f"{notice.title} ({name})"[:200],
                "plan" if notice.sections else "notice",
                stored.file_name,
                stored.media_type,
                stored.size,
                stored.sha256,
                stored.location,
            ),
            changes.NoticeIssued(
                None, case.case_id, notice_id, notice.kind, kind, name, email, document_id
            ),
            *_email(notice_id, email, case, call),
        ]


def _email(
    notice_id: UUID, email: str, case: CaseContext, call: ports.ServiceCall
) -> list[engine_changes.Change]:
    if not email:
        return []
    return [
        engine_changes.OutgoingQueued(
            call.instance_id,
            "email",
            f"notice:{notice_id}",
            {
                "to": email,
                "subject": f"New document in case {case.case.reference}",
                "text": "A new document is waiting for you. Sign in to read it.",
            },
        )
    ]


def _values(call: ports.ServiceCall, case: CaseContext) -> dict[str, str]:
    row = case.case
    values = {
        name: value for name, value in call.variables.items() if isinstance(value, str) and value
    }
    for name in DATES:
        if name in values:
            values[name] = _plain(dt.date.fromisoformat(values[name]))
    amount = call.variables.get("budget_amount")
    if isinstance(amount, int | float):
        values["budget_amount"] = f"{amount:,.2f}".removesuffix(".00")
    proposed = call.variables.get("new_assessment_proposed")
    values["new_assessment"] = {"yes": "we propose one", "no": "we propose none"}.get(
        str(proposed), ""
    )
    values |= {key: str(value) for key, value in case.authority.items() if value}
    values |= {
        "child": f"{row.child_first_name} {row.child_last_name}",
        "reference": row.reference,
        "reasons": next((values[name] for name in SOURCES[1:] if values.get(name)), ""),
    }
    if call.properties.get("reasons"):
        values["reasons"] = call.properties["reasons"]
    item = call.item if isinstance(call.item, dict) else {}
    values["adviser"] = str(item.get("label", ""))
    values["setting_name"] = str(item.get("name", ""))
    for name, duty in (
        ("decision_due", "assessment.decision"),
        ("final_due", "assessment.final_plan"),
    ):
        values[name] = _plain(case.functions()["due"](duty))
    for name, duty in (
        ("representations_until", "assessment.representations"),
        ("amendments_until", "review.representations"),
    ):
        limit = case.rulebook.newest(duty).limit
        values[name] = _plain(deadlines.last_day(limit, case.today, WorkingCalendar()))
    if not values.get("review_due"):
        values["review_due"] = _plain(case.functions()["due"]("move.review"))
    return {name: value for name, value in values.items() if value}


def _plain(day: object) -> str:
    return f"{day.day} {day:%B %Y}" if isinstance(day, dt.date) else ""


def _recipients(
    kinds: list[str], call: ports.ServiceCall, case: CaseContext
) -> dict[str, tuple[str, str, str]]:
    """Return name, email and postal address of each of those whom a notice is for."""
    item = call.item if isinstance(call.item, dict) else {}
    named = {kind: _of_item(item) for kind in kinds if item and kind in {"adviser", "setting"}}
    found = {**{kind: _unnamed(kind) for kind in kinds}, **named}
    asked = [_select(kind, case) for kind in kinds if kind not in named]
    if asked:
        for row in case.work.connection.execute(sa.union_all(*asked)):
            found[row.kind] = (row.name, row.email, row.address)
    return found


def _of_item(item: Mapping[str, object]) -> tuple[str, str, str]:
    return str(item.get("name") or item.get("label") or ""), str(item.get("email") or ""), ""


def _unnamed(kind: str) -> tuple[str, str, str]:
    unnamed = {
        "family": "The parent or young person",
        "setting": "The head teacher or principal",
    }
    return unnamed.get(kind, kind.replace("_", " ")), "", ""


def _select(kind: str, case: CaseContext) -> sa.Select[tuple[str, str, str, str]]:
    wanted = sa.literal(kind).label("kind")
    if kind == "family":
        first = (
            sa.select(parties.c.id)
            .where(parties.c.case_id == case.case_id)
            .order_by(parties.c.kind, parties.c.name, parties.c.id)
            .limit(1)
        )
        return sa.select(wanted, parties.c.name, parties.c.email, parties.c.address).where(
            parties.c.id == first.scalar_subquery()
        )
    table, identifier = (agencies, case.case.setting_id) if kind == "setting" else (teams, kind)
    identifier = {"health": "health_hub"}.get(identifier, identifier)
    return sa.select(wanted, table.c.name, table.c.email, sa.literal("").label("address")).where(
        table.c.id == identifier
    )
