"""Write to an agency about cases that it is late with, or has a part in."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import changes as engine_changes, errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.agencies import letters


@dataclass(frozen=True, slots=True)
class MessageAgency:
    """Send one email to `agency_id` about `case_ids`, which it names by their references.

    Attributes:
        to: One of the addresses of the agency and its teams.
        message_id: The same message is sent once.
    """

    agency_id: str
    to: str
    subject: str
    text: str
    case_ids: tuple[UUID, ...]
    message_id: UUID = field(default_factory=uuid4)


class NoSuchAgency(errors.NotFound):
    """There is no such agency."""


def message_agency(command: MessageAgency, work: Work) -> None:
    """Queue the email, and put it on record in each case.

    Raises:
        NoSuchAgency: there is none.
        errors.Invalid: nothing is said, it names a child, or it is to nobody of the agency.
    """
    agency = letters.agency(work.connection, command.agency_id)
    if agency is None:
        raise NoSuchAgency
    about = letters.about(work.connection, command.agency_id, command.case_ids)
    letters.refuse_unfit(letters.Letter(command.to, command.subject, command.text), agency, about)
    for case_id in sorted(command.case_ids, key=str):  # always in one order: nobody waits in a ring
        work.lock_subject(case_id)
    subject, text = command.subject.strip(), command.text.strip()
    payload: engine_changes.Values = {
        "to": command.to,
        "subject": subject,
        "text": letters.full_text(text, about, work.actor.name),
    }
    key = f"agency:{command.message_id}"
    work.record(
        engine_changes.OutgoingQueued(None, "email", key, payload, about[0].case_id),
        *(
            changes.AgencyMessaged(
                None, each.case_id, agency.id, agency.name, command.to, subject, text[:2000]
            )
            for each in about
        ),
    )
