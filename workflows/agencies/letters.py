"""Emails to agencies about several cases: to whom, what they say, and what they must not say."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.tables import agencies, cases, deadlines, teams

MOST: Final = 200  # cases of one email
LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 4_000
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency. `addresses`: each with whose it is, the agency’s own first."""

    id: str
    name: str
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """A case that an email is about.

    Attributes:
        names: Of the child, which the email must not have.
        owed: What the agency owes in it: title of the time limit and its last day.
    """

    case_id: UUID
    reference: str
    names: tuple[str, ...]
    owed: tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody has written, and to which address."""

    to: str
    subject: str
    text: str


# Name, subject and text of what is often written.
TEMPLATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "overdue": (
        "Ask for advice that is overdue",
        "Overdue advice for EHC needs assessments",
        (
            "The advice listed below is overdue. The law gives each body a fixed time to answer a "
            "request for advice (regulation 8 of the Special Educational Needs and Disability "
            "Regulations 2014).\n\nPlease send it now. If you cannot, tell us today on what day each "
            "will come, and what holds it up."
        ),
    ),
    "expected": (
        "Ask when advice will come",
        "When we can expect your advice",
        (
            "Please tell us on what day we can expect what is listed below, and let us know now where "
            "you do not expect to keep the time limit."
        ),
    ),
    "free": ("Write in your own words", "", ""),
}


def agency(connection: sa.Connection, agency_id: str) -> Agency | None:
    """Return an agency with where it can be written to."""
    row = connection.execute(
        sa.select(agencies.c.id, agencies.c.name, agencies.c.email).where(
            agencies.c.id == agency_id
        )
    ).one_or_none()
    if row is None:
        return None
    found = connection.execute(
        sa.select(teams.c.email, teams.c.name)
        .where(teams.c.agency_id == agency_id)
        .order_by(teams.c.name, teams.c.id)
    )
    addresses = {each.email: each.name for each in found if each.email}
    own = {row.email: row.name} if row.email else {}
    return Agency(row.id, row.name, {**own, **{k: v for k, v in addresses.items() if k not in own}})


def about(connection: sa.Connection, agency_id: str, case_ids: Sequence[UUID]) -> tuple[About, ...]:
    """Return the cases by their references, with what an agency owes in each."""
    rows = connection.execute(
        sa.select(cases.c.id, cases.c.reference, cases.c.child_first_name, cases.c.child_last_name)
        .where(cases.c.id.in_(case_ids))
        .order_by(cases.c.reference)
    ).all()
    owed: dict[UUID, list[tuple[str, dt.date]]] = {}
    for row in connection.execute(
        sa.select(deadlines.c.case_id, deadlines.c.title, deadlines.c.due)
        .where(
            deadlines.c.case_id.in_(case_ids),
            deadlines.c.agency_id == agency_id,
            deadlines.c.state == "open",
        )
        .order_by(deadlines.c.due, deadlines.c.duty, deadlines.c.qualifier)
    ):
        owed.setdefault(row.case_id, []).append((row.title, row.due))
    return tuple(
        About(
            row.id,
            row.reference,
            (row.child_first_name, row.child_last_name),
            tuple(owed.get(row.id, ())),
        )
        for row in rows
    )


def refuse_unfit(letter: Letter, to: Agency, cases_: Sequence[About]) -> None:
    """Refuse an email that says nothing, names a child, or goes to nobody of the agency.

    Raises:
        errors.Invalid: with what is wrong at each field.
    """
    found: dict[str, tuple[str, ...]] = {}
    if not cases_ or len(cases_) > MOST:
        found["cases"] = (f"Select 1 to {MOST} cases",)
    if letter.to not in to.addresses:
        found["to"] = ("Select who it is sent to",)
    for field, text, longest in (
        ("subject", letter.subject, LONGEST_SUBJECT),
        ("text", letter.text, LONGEST_TEXT),
    ):
        if not text.strip():
            found[field] = (f"Enter the {'subject' if field == 'subject' else 'message'}",)
        elif len(text) > longest:
            found[field] = (f"Enter at most {longest} characters",)
        elif named := names_in(text, cases_):
            found[field] = (
                (
                    f"Take out “{named}”, which is the name of a child: emails name cases by "
                    "their references"
                ),
            )
    if found:
        raise errors.Invalid("The email cannot be sent as it is.", errors=found)


def names_in(text: str, cases_: Sequence[About]) -> str:
    """Return the first name of a child that a text has as a word of its own, "" for none."""
    words = set(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text))
    folded = {each.removesuffix("’s").removesuffix("'s") for each in words} | words
    for case in cases_:
        for name in case.names:
            if len(name) >= _SHORTEST_NAME and name in folded:
                return name
    return ""


def full_text(text: str, cases_: Sequence[About], sender: str) -> str:
    """Return what the email says: the text, the cases by their references, and who wrote."""
    lines = [text, ""]
    for case in cases_:
        owed = "; ".join(f"{title}, due {due.day} {due:%B %Y}" for title, due in case.owed)
        lines.append(f"- {case.reference}{f': {owed}' if owed else ''}")
    return "\n".join([*lines, "", sender])
