"""Write to somebody what waits for them: once a day, whoever asks how often."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from engine import changes, errors
from engine.unit_of_work import Work
from workflows.digests import due, wording
from workflows.digests.gather import gather
from workflows.digests.preference import Covers, covers

DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SendDigest:
    """Write the digest of `day` to `recipient`. `site`: the address of the pages."""

    recipient: str
    day: dt.date
    site: str


class NoSuchRecipient(errors.NotFound):
    """There is nobody to write to."""


def send_digest(command: SendDigest, work: Work) -> None:
    """Queue the email, where there is anything to say; a second call on a day does nothing.

    1. The day is claimed first, so that of two workers one finds nothing to do.
    2. News are what came since the last digest of the kind; before the first, of one day.

    Raises:
        NoSuchRecipient: they have left, or have no address.
    """
    whom = due.addressee(work.connection, command.recipient)
    if whom is None:
        raise NoSuchRecipient
    covered = covers(whom.frequency, command.day, is_manager=whom.is_manager)
    since = due.last_told(work.connection, command.recipient, otherwise=work.now - DAY)
    if not due.claim(work.connection, command.recipient, command.day, covered, work.now):
        return
    if covered is Covers.NOTHING:
        return
    digest = gather(work.connection, whom, covered, since, work.now)
    if digest.is_empty:
        return
    text = wording.text(digest, command.day, command.site, is_person=bool(whom.person_id))
    payload: changes.Values = {
        "to": whom.email,
        "subject": wording.subject(digest),
        "text": text,
    }
    key = f"digest:{command.recipient}:{command.day.isoformat()}"
    work.record(changes.OutgoingQueued(None, "email", key, payload))
