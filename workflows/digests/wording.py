"""The words of a digest."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from workflows.digests.gather import MOST, Digest, ReminderLine, TaskLine

SECTIONS: Final = ("Overdue", "Due in the next 7 days", "New")
TOLD: Final = "Chased or escalated since the last email"


def subject(digest: Digest) -> str:
    """Return the subject: numbers only."""
    parts = [
        (len(digest.overdue), "overdue"),
        (len(digest.soon), "due soon"),
        (len(digest.new), "new"),
        (len(digest.told), "chased or escalated"),
    ]
    said = [f"{_count(number)} {what}" for number, what in parts if number]
    return f"Your work: {', '.join(said)}"


def text(digest: Digest, day: dt.date, site: str, *, is_person: bool) -> str:
    """Return the email.

    Args:
        digest: What there is to say.
        day: Of which morning.
        site: The address of the pages.
        is_person: They have a profile page on which to choose how often.
    """
    blocks = [f"This is what waits for you on {_date(day)}."]
    parts = (digest.overdue, digest.soon, digest.new)
    sections = {
        title: [_task(each, site) for each in part]
        for title, part in zip(SECTIONS, parts, strict=True)
    }
    sections[TOLD] = [_reminder(each, site) for each in digest.told]
    blocks += [_section(title, lines) for title, lines in sections.items() if lines]
    blocks.append(f"Everything else is in your task list: {site}/tasks")
    if is_person:
        blocks.append(f"Choose how often you get this email: {site}/account")
    return "\n\n".join(blocks) + "\n"


def _section(title: str, lines: Sequence[str]) -> str:
    shown = [*lines[:MOST]]
    if len(lines) > MOST:
        shown.append("- and more: see your task list")
    return "\n".join([f"{title} ({_count(len(lines))})", *shown])


def _count(number: int) -> str:
    return f"more than {MOST}" if number > MOST else str(number)


def _task(line: TaskLine, site: str) -> str:
    due = f", due {_date(line.due)}" if line.due else ""
    new = ", new" if line.is_new else ""
    return f"- {line.reference}: {line.name}{due}{new}\n  {site}/tasks/{line.task_id}"


def _reminder(line: ReminderLine, site: str) -> str:
    said = f"{line.how} on {_date(line.on)}: {line.about}"
    return f"- {line.reference}: {said}\n  {site}/cases/{line.case_id}"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
