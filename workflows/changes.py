"""What changes in the domain, beside what changes in an instance."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine.changes import Change, Values
from engine.store import change_codec


@dataclass(frozen=True, slots=True)
class CaseOpened(Change):
    """A case began."""

    case_id: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class CaseClosed(Change):
    """A case ended, with its outcome."""

    case_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class FactRecorded(Change):
    """A dated event was entered in the ledger. `replaces`: the entry that it corrects."""

    case_id: UUID
    fact_id: UUID
    code: str
    on: dt.date
    qualifier: str = ""
    outcome: str = ""
    reason: str = ""
    source: str = ""
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class ExceptionRecorded(Change):
    """A lawful exception was claimed for a duty."""

    case_id: UUID
    exception_id: UUID
    duty: str
    qualifier: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    told_family_on: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExceptionAsked(Change):
    """A lawful exception was asked for. `documents`: `id`, `title`, `version` of what shows it."""

    case_id: UUID
    request_id: UUID
    duty: str
    qualifier: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    told_family_on: dt.date | None
    reason: str
    documents: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionDecided(Change):
    """A lawful exception that was asked for was granted (`exception_id`: as recorded) or refused."""

    case_id: UUID
    request_id: UUID
    duty: str
    qualifier: str
    granted: bool
    answer: str
    exception_id: UUID | None = None
    told_family_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseEscalated(Change):
    """Somebody who answers for it was told that a case, or a task of it, needs them."""

    case_id: UUID
    escalation_id: UUID
    to: str
    to_name: str
    reason: str
    task_id: UUID | None = None
    task_name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentAdded(Change):
    """A document, or a new version of one, was added to a case."""

    case_id: UUID
    document_id: UUID
    title: str
    kind: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    location: str
    roles: tuple[str, ...] = ()
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DocumentVersionAdded(Change):
    """A new version of a document was added; those before it stay."""

    case_id: UUID
    document_id: UUID
    version: int
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    location: str


@dataclass(frozen=True, slots=True)
class DecisionRecorded(Change):
    """Something was decided by a legal test.

    Attributes:
        answers: `id`, `label` and `value` of each answer, in the order of the form, as words.
        documents: `id`, `title`, `version` and `sha256` of each document version that was seen.
        chosen: Whoever decided named the documents; else they are all that there were to see.
        source: Who gave the decision, where another entered it; or "".
    """

    case_id: UUID
    decision_id: UUID
    task_id: UUID
    element_id: str
    name: str
    legal_test: str
    on: dt.date
    answers: tuple[Values, ...]
    documents: tuple[Values, ...]
    chosen: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class NoticeIssued(Change):
    """A notice was made and sent to its recipient.

    `template` and `word_template` are the versions it was made from (0: as delivered); hashes are
    SHA-256 of the files as issued.
    """

    case_id: UUID
    notice_id: UUID
    kind: str
    recipient_kind: str
    recipient_name: str
    recipient_email: str
    document_id: UUID
    template: int = 0
    word_template: int = 0
    pdf_sha256: str = ""
    word_file_name: str = ""
    word_sha256: str = ""
    word_location: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionUnmet(Change):
    """Somebody told that provision of the plan is not made. `label` is what people call it: F2."""

    case_id: UUID
    unmet_id: UUID
    row_id: str
    section: str
    kind: str
    label: str
    title: str
    reason: str
    detail: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class ProvisionMadeAgain(Change):
    """Provision that was not made is made again, or is no longer wanted."""

    case_id: UUID
    unmet_id: UUID
    label: str
    on: dt.date
    how: str


@dataclass(frozen=True, slots=True)
class ReminderSent(Change):
    """Whoever must act was reminded, chased, or their manager told. `how`: remind, chase, escalate.

    `about` may name somebody; `subject` says in a digest what it is about, naming nobody.
    `recipients`: whose next digest tells of it, as `digests.recipients` names them.
    """

    case_id: UUID
    how: str
    to: str
    about: str
    qualifier: str = ""
    subject: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkMade(Change):
    """Somebody who does not sign in was sent a personal link to a task."""

    case_id: UUID
    link_id: UUID
    task_id: UUID
    name: str
    email: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LinkRevoked(Change):
    """A personal link was withdrawn before it was used."""

    case_id: UUID
    link_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class DelayExplained(Change):
    """A reason was given why a time limit was not kept: a code of `duties.delays`, and more words."""

    case_id: UUID
    duty: str
    qualifier: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class KeyContactChosen(Change):
    """A caseworker became the key contact of a case; `before`: who was, or ""."""

    case_id: UUID
    person_id: str
    name: str
    before: str


@dataclass(frozen=True, slots=True)
class DetailsCorrected(Change):
    """Details of a case were corrected for a reason; `before` and `values` by their keys."""

    case_id: UUID
    before: Values
    values: Values
    reason: str


@dataclass(frozen=True, slots=True)
class PartyAdded(Change):
    """A parent, the young person or another contact was added to a case."""

    case_id: UUID
    party_id: UUID
    details: Values


@dataclass(frozen=True, slots=True)
class PlanSectionChanged(Change):
    """A section of the working plan was written; `content`: all that it holds from now on."""

    case_id: UUID
    section: str
    revision: int
    content: Values


@dataclass(frozen=True, slots=True)
class PlanFrozen(Change):
    """A version of the plan was issued, and can never be changed; `sha256`: of its document."""

    case_id: UUID
    number: int
    final: bool
    sha256: str
    document: Values


@dataclass(frozen=True, slots=True)
class PlanCommented(Change):
    """Somebody commented on a section, or replied. `version`: the served one, 0 the working plan."""

    case_id: UUID
    comment_id: UUID
    section: str
    version: int
    text: str
    reply_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskPassedOn(Change):
    """An administrator gave an open task to another team."""

    case_id: UUID
    task_id: UUID
    team_before: str
    team_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartyLinked(Change):
    """Somebody can sign in as a party of the case; with an empty `person_id` nobody can any more."""

    case_id: UUID
    party_id: UUID
    name: str
    person_id: str


@dataclass(frozen=True, slots=True)
class CalendarApplied(Change):
    """Days on which the authority is closed changed, and so time limits have another last day.

    `moved`: title, last day before and last day now of each.
    """

    case_id: UUID
    change_id: UUID
    moved: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AgencyMessaged(Change):
    """An agency was written to about a case, and perhaps others in the same email."""

    case_id: UUID
    agency_id: str
    agency: str
    to: str
    subject: str
    text: str


change_codec.register(
    TaskPassedOn,
    PartyLinked,
    CalendarApplied,
    CaseOpened,
    CaseClosed,
    FactRecorded,
    ExceptionRecorded,
    ExceptionAsked,
    ExceptionDecided,
    CaseEscalated,
    DocumentAdded,
    DocumentVersionAdded,
    DecisionRecorded,
    NoticeIssued,
    ReminderSent,
    DelayExplained,
    DetailsCorrected,
    KeyContactChosen,
    LinkMade,
    LinkRevoked,
    PartyAdded,
    PlanSectionChanged,
    PlanFrozen,
    PlanCommented,
    ProvisionUnmet,
    ProvisionMadeAgain,
    AgencyMessaged,
)
