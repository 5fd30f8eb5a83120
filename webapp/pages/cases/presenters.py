"""What the case templates print."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import flask

from engine.definitions.cache import Bundles
from webapp.presentation import dates, delivery
from workflows.access.people import CASEWORK, FAMILY, MANAGER, Person
from workflows.calendar import london
from workflows.duties.deadlines import Status
from workflows.queries.advice_board import DUTY as ADVICE_DUTY
from workflows.queries.awaited_messages import Awaited
from workflows.queries.case_page import CasePage
from workflows.queries.deadline_list import DeadlineRow
from workflows.queries.progress import Progress, processes_of, progress as progress_of
from workflows.rulebook import load

MAIN: Final = ("assessment.decision", "assessment.no_plan_notice", "assessment.final_plan")
RUNNING: Final = {Status.OPEN, Status.LATE, Status.EXCUSED}
STATE_WORDS: Final = {"done": "Done", "now": "Now", "ahead": "Still ahead"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A diagram of a case with its states."""

    name: str
    key: str
    url: str
    id: str
    found: Progress
    instance_id: UUID


def progress(page: CasePage, bundles: Bundles) -> list[Drawn]:
    """Return each diagram that the newest instance of each process of the case has reached."""
    newest = {each.process_key: each for each in page.instances}
    running = sorted(newest.values(), key=lambda each: each.status != "active")
    return [
        Drawn(
            bundle.names[key],
            key,
            flask.url_for("diagrams.of_instance", instance_id=instance.id, key=key),
            f"states-{instance.process_key}-{key}",
            progress_of(instance, bundle, key),
            instance.id,
        )
        for instance, bundle in ((each, bundles.get(each.bundle_id)) for each in running)
        for key in processes_of(instance, bundle)
    ]


def clocks(rows: tuple[DeadlineRow, ...]) -> list[DeadlineRow]:
    """Return the main time limits of a case, and what else runs or is late, in their order.

    Those of each adviser stand on the advice board.
    """
    shown = (
        row
        for row in rows
        if row.duty in MAIN or (row.status in RUNNING and row.duty != ADVICE_DUTY)
    )
    return sorted(shown, key=lambda row: row.due)


def header(page: CasePage, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the rows of the case's summary."""
    case, today = page.case, london.local_date(now)
    born = case.child_date_of_birth
    year = str(case.details.get("year_group") or "")
    rows = [
        ("Stage", case.stage),
        ("Date of birth", f"{dates.long_date(born)} ({dates.age(born, today)} years old)"),
        ("Year group", f"Year {year}" if year.isdigit() else year.capitalize()),
        ("Key contact", page.key_contact or "Nobody yet"),
        ("Setting", page.setting_name),
        ("Area", case.area.capitalize() or "Not known"),
        ("Communication needs", str(case.details.get("communication_needs") or "")),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]


def actions(
    page: CasePage,
    person: Person,
    startable: Sequence[tuple[str, str]],
    awaited: Sequence[Awaited] = (),
) -> list[tuple[str, str]]:
    """Return what a person may do with a case: text and address of each.

    Args:
        page: The case.
        person: Who looks.
        startable: Name and key of the processes that can be started on a case.
        awaited: Messages that its processes wait for.
    """
    plan, document = ("Open the EHC plan", "plan"), ("Add a document", "add-document")
    if person.roles <= {FAMILY}:
        return [plan, document]
    record = ("Decision record", "decisions")
    if not person.roles & {CASEWORK, MANAGER}:
        return [plan, document, record]
    found = [
        plan,
        record,
        ("Add a document", "add-document"),
        ("Correct a date", "correct-date"),
        _exception(person),
        ("Escalate the case", "escalate"),
        ("Write to an agency", "message-agency"),
        ("Correct details", "correct-details"),
        (
            "Change the key contact" if page.case.key_contact else "Choose a key contact",
            "key-contact",
        ),
    ]
    if any(row.status in {Status.LATE, Status.MET_LATE} for row in page.deadlines):
        found.append(("Say why something is late", "explain-delay"))
    restriction = "Change the restriction" if page.case.restricted else "Restrict this case"
    found.append((restriction, "restriction"))
    if page.case.status == "open":
        found += [("Withdraw the request", "withdraw"), ("Child moved away", "move-away")]
    found += [(_offer(each, awaited), f"messages/{each.id}") for each in awaited]
    return found + [(f"Start: {name}", f"start/{key}") for name, key in startable]


def _exception(person: Person) -> tuple[str, str]:
    """Return how somebody comes by a lawful exception: a manager records it, casework asks."""
    if MANAGER in person.roles:
        return "Record a lawful exception", "exception"
    return "Ask for a lawful exception", "ask-exception"


def _offer(offered: Awaited, awaited: Sequence[Awaited]) -> str:
    """Return the words of an offer; what it is about where several are worded alike."""
    alike = sum(each.action == offered.action for each in awaited) > 1
    return f"{offered.action} ({offered.about})" if alike and offered.about else offered.action


def undelivered(page: CasePage, person: Person) -> list[str]:
    """Return in words which emails of a case failed, notices apart; for those who sent them."""
    if not person.roles & {CASEWORK, MANAGER}:
        return []
    return [f"{each.subject}: {delivery.in_words(each)}" for each in page.sent.undelivered]


def fact_title(code: str) -> str:
    """Return the title of a fact."""
    kind = load.current().facts.get(code)
    return kind.title if kind else code


def next_link(cursor: str | None) -> str:
    """Return the address of the next page, "" at the end."""
    kept = {key: value for key, value in flask.request.args.items() if key != "cursor" and value}
    return f"?{urlencode({**kept, 'cursor': cursor})}" if cursor else ""
