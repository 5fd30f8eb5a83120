"""What happened in a case, in words: from its history."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import history
from engine.queries.paging import Page
from engine.store.erasing import ERASED
from workflows.access import people, restricted, sight
from workflows.access.people import FAMILY, Person
from workflows.calendar import london
from workflows.duties import delays
from workflows.reports import unmet
from workflows.returns import details
from workflows.rulebook import load


@dataclass(frozen=True, slots=True)
class Event:
    """One event: when, by whom, what, and more about it."""

    at: dt.datetime
    actor: str
    kind: str
    title: str
    detail: str


def timeline(
    connection: sa.Connection,
    person: Person,
    case_id: UUID,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[Event]:
    """Return events, newest first.

    Raises:
        sight.NoSuchCase: the case is not the person's to see.
    """
    sight.why_may_see(connection, person, case_id)
    hidden = STAFF_ONLY if person.roles <= {FAMILY} else frozenset()
    kinds = tuple(each for each in WORDS if each not in hidden)
    page = history.subject_history(connection, case_id, limit=limit, cursor=cursor, kinds=kinds)
    names = people.names(connection, {each.actor_id for each in page.items})
    events = tuple(
        Event(each.at, names.get(each.actor_id, "Someone"), each.kind, *_words(each))
        for each in page.items
    )
    return Page(tuple(_together(events)), page.next_cursor)


def _words(entry: history.Entry) -> tuple[str, str]:
    if entry.body == ERASED:
        return "Something that was erased", ""
    return WORDS[entry.kind](entry.body)


def _together(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events; what one person wrote in a plan on one day, row by row, is one of them."""
    for (kind, actor, _), found in itertools.groupby(
        events, lambda each: (each.kind, each.actor, london.local_date(each.at))
    ):
        same = list(found)
        if kind != "PlanSectionChanged":
            yield from same
            continue
        letters = sorted({each.detail for each in same})
        sections = f"Section{'s' if len(letters) > 1 else ''} {', '.join(letters)}"
        yield Event(same[0].at, actor, kind, same[0].title, sections)


def _long(text: str) -> str:
    day = dt.date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


Words = Callable[[Mapping[str, Any]], tuple[str, str]]


def _fact(body: Mapping[str, Any]) -> tuple[str, str]:
    kind = load.current().facts.get(body["code"])
    title = kind.title if kind else body["code"]
    day = dt.date.fromisoformat(body["on"])
    about = f" ({body['qualifier'].replace('_', ' ')})" if body.get("qualifier") else ""
    corrected = " Corrected: " + body["reason"] if body.get("reason") else ""
    return f"{title}{about}", f"{day.day} {day:%B %Y}.{corrected}"


def _reminder(body: Mapping[str, Any]) -> tuple[str, str]:
    said = {"remind": "Reminder sent", "chase": "Chaser sent", "escalate": "Escalated"}
    return said.get(
        body["how"], "Reminder sent"
    ), f"{body.get('about', '')} (to {body.get('to', '')})"


# What protects somebody, or is between the authority and one parent, is not told to families.
STAFF_ONLY: Final = frozenset(
    {
        "CaseRestricted",
        "RestrictionLifted",
        "GlassBroken",
        "SubjectRequestLogged",
        "SubjectRequestReleased",
        "HoldPlaced",
        "HoldLifted",
    }
)


def _escalation(body: Mapping[str, Any]) -> tuple[str, str]:
    task = f"Task “{body['task_name']}”. " if body.get("task_name") else ""
    return f"Escalated to {body['to_name']}", f"{task}{body.get('reason', '')}"


def _details(body: Mapping[str, Any]) -> str:
    known = details.BY_KEY
    return ", ".join(known[key].label if key in known else key for key in body["values"])


WORDS: Final[Mapping[str, Words]] = {
    "CaseOpened": lambda body: ("Case opened", body.get("reference", "")),
    "CaseClosed": lambda body: ("Case closed", str(body.get("outcome", "")).replace("_", " ")),
    "FactRecorded": _fact,
    "TaskCompleted": lambda body: ("Task completed", body.get("name", "")),
    "TaskAssigned": lambda body: ("Task assigned", body.get("reason", "")),
    "NoticeIssued": lambda body: (
        "Notice sent",
        f"{body['kind'].replace('_', ' ').capitalize()} to {body['recipient_name']}",
    ),
    "DocumentAdded": lambda body: ("Document added", body.get("title", "")),
    "DocumentVersionAdded": lambda body: (
        "New version of a document",
        f"{body.get('title', '')}, version {body['version']}",
    ),
    "DecisionRecorded": lambda body: ("Decision recorded", body.get("name", "")),
    "DelayExplained": lambda body: (
        "Reason for a delay",
        ": ".join(filter(None, (delays.TITLES.get(body["reason"], ""), body.get("detail", "")))),
    ),
    "KeyContactChosen": lambda body: ("Key contact chosen", body.get("name", "")),
    "DetailsCorrected": lambda body: (
        "Details corrected",
        f"{_details(body)}. {body.get('reason', '')}",
    ),
    "ExceptionRecorded": lambda body: ("Lawful exception recorded", body.get("reason", "")),
    "ExceptionAsked": lambda body: ("Lawful exception asked for", body.get("reason", "")),
    "ExceptionDecided": lambda body: (
        f"Lawful exception {'granted' if body.get('granted') else 'refused'}",
        body.get("answer", ""),
    ),
    "CaseEscalated": _escalation,
    "ReminderSent": _reminder,
    "AgencyMessaged": lambda body: ("Agency written to", f"{body['agency']}: {body['subject']}"),
    "TaskReleased": lambda body: ("Task given back to the team", body.get("reason", "")),
    "PlanSectionChanged": lambda body: ("EHC plan written", str(body["section"]).upper()),
    "PlanFrozen": lambda body: (
        "EHC plan frozen",
        f"Version {body['number']}, {'final' if body.get('final') else 'draft'}",
    ),
    "PlanCommented": lambda body: (
        "Comment on the EHC plan",
        f"Section {str(body['section']).upper()}",
    ),
    "ProvisionUnmet": lambda body: (
        f"Provision {body['label']} is not made",
        ": ".join(filter(None, (unmet.TITLES.get(body["reason"], ""), body.get("detail", "")))),
    ),
    "ProvisionMadeAgain": lambda body: (
        f"Provision {body['label']} is made again",
        body.get("how", ""),
    ),
    "CaseRestricted": lambda body: (
        "Restriction changed" if body.get("again") else "Case restricted",
        restricted.TITLES.get(body["kind"], ""),
    ),
    "RestrictionLifted": lambda body: ("Restriction lifted", body.get("reason", "")),
    "GlassBroken": lambda body: ("Restricted case opened", f"Break-glass: {body['reason']}"),
    "SubjectRequestLogged": lambda _: ("Subject access request logged", ""),
    "SubjectRequestReleased": lambda body: (
        "Subject access request released",
        f"{body.get('documents', 0)} documents given",
    ),
    "HoldPlaced": lambda body: ("Legal hold placed", body.get("reason", "")),
    "HoldLifted": lambda body: ("Legal hold lifted", body.get("reason", "")),
    "SubjectErased": lambda _: ("Case erased", "Personal data is gone; the dates stay"),
    "TaskPassedOn": lambda body: ("Task passed on to another team", body["reason"]),
    "PartyLinked": lambda body: (
        "Sign-in for the family" if body.get("person_id") else "Sign-in for the family ended",
        body["name"],
    ),
    "CalendarApplied": lambda body: (
        "Time limits moved with the working calendar",
        "; ".join(
            f"{title}: {_long(before)} to {_long(now)}" for title, before, now in body["moved"]
        ),
    ),
    "LinkMade": lambda body: ("Personal link sent", f"To {body['name']}"),
    "LinkRevoked": lambda body: ("Personal link withdrawn", f"From {body['name']}"),
    "IncidentRaised": lambda body: ("A step failed", f"{body['name']}: {body['message']}"),
    "IncidentResolved": lambda body: (
        "A failed step was left"
        if body.get("how") == "moved on"
        else "A failed step was tried again",
        "",
    ),
    "TimerRescheduled": lambda body: ("A timer moved", body.get("reason", "")),
    "TimerStopped": lambda body: (
        "A timer was cancelled",
        f"{body.get('name', '')}: {body.get('reason', '')}",
    ),
    "TokenMoved": lambda body: (
        f"Moved from “{body['name']}” to “{body['to_name']}”",
        body.get("reason", ""),
    ),
    "InstanceRestarted": lambda body: ("Process restarted", body.get("reason", "")),
    "InstanceSuspended": lambda body: ("Process suspended", body.get("reason", "")),
    "InstanceResumed": lambda body: ("Process resumed", body.get("reason", "")),
    "InstanceMoved": lambda body: (
        f"Moved {'back ' if body.get('undone') else ''}to version {body['version']} of the process",
        body.get("reason", ""),
    ),
    "InstanceEnded": lambda body: ("Process ended", body.get("reason", "")),
}
