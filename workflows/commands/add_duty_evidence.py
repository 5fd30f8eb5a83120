"""Add what shows that a duty of the authority is met: words, a link, a file."""

from dataclasses import asdict, dataclass, field
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.documents.store import Stored
from workflows.registers import load
from workflows.store import phased_duties

LONGEST_LINK: Final = 500  # characters


@dataclass(frozen=True, slots=True)
class AddDutyEvidence:
    """Add evidence to `duty`: what it shows in words, with a link or a stored file if there is one."""

    duty: str
    text: str
    link: str = ""
    stored: Stored | None = None
    evidence_id: UUID = field(default_factory=uuid4)


def add_duty_evidence(command: AddDutyEvidence, work: Work) -> None:
    """Enter the evidence.

    Raises:
        errors.NotFound: there is no such duty.
        errors.Invalid: there are no words, or the link is none that a page may lead to.
    """
    load.current().duty(command.duty, london.local_date(work.now))
    text, link = command.text.strip()[:5000], command.link.strip()
    if not text:
        raise errors.Invalid("Say what it shows.", errors={"text": ("Enter what it shows",)})
    _refuse_link(link)
    row = phased_duties.lock(work.connection, command.duty, now=work.now, by=work.actor.id)
    stored = command.stored or Stored("", "", 0, "", "")
    phased_duties.add_evidence(
        work.connection,
        row,
        (work.now, work.actor.id),
        {"id": command.evidence_id, "text": text, "link": link, **asdict(stored)},
    )


def _refuse_link(link: str) -> None:
    """Refuse what is no address of a page: a link is followed by whoever reads the register."""
    if not link:
        return
    try:
        parts = urlsplit(link)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or len(link) > LONGEST_LINK or any(each.isspace() for each in link):
        message = "Enter a web address that begins with https:// or http://"
        raise errors.Invalid(f"{message}.", errors={"link": (message,)})
