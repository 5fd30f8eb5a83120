"""Make the notices that a step must send, keep them on the case and send them off."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from engine import changes as engine_changes, ports
from workflows import changes
from workflows.context import CaseContext
from workflows.documents.store import DocumentStore, Stored
from workflows.notices import compose, pdf, word
from workflows.notices.content import Content, Section
from workflows.notices.recipients import Recipient, recipients
from workflows.notices.templates import Form, LiveTemplates
from workflows.notices.values import values
from workflows.plan.freeze import freeze

PLANS: Final = frozenset({"draft_plan", "final_plan"})


@dataclass(frozen=True, slots=True)
class _Issue:
    """One notice to one recipient, with what it is made from."""

    code: str
    content: Content
    form: Form
    recipient: Recipient


class IssueNotice:
    """The topic, with the store that keeps what it makes."""

    def __init__(self, documents: DocumentStore, templates: LiveTemplates) -> None:
        """Keep notices in this store, made from these templates."""
        self._documents = documents
        self._templates = templates

    def __call__(self, call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
        """Issue the notice `notice` to each `recipient`, as PDF and Word; each is kept as it went.

        Raises:
            compose.NoticeIncomplete: a notice lacks what its regulation demands.
        """
        code = call.properties.get("notice", "")
        known = values(call, case)
        form = self._templates.form(case.work.connection, code)
        recorded: list[engine_changes.Change] = []
        sections: tuple[Section, ...] | None = None
        if code in PLANS:
            sections, frozen = freeze(case, call.variables, final=code == "final_plan")
            recorded += frozen
        for each in recipients(call, case):
            told = compose.Particulars(
                known, (each.name, each.address), case.today, sections=sections
            )
            content = compose.compose(code, told, words=form.words)
            recorded += self._issue(_Issue(code, content, form, each), case, call)
        return ports.ServiceResult(changes=tuple(recorded))

    def _issue(
        self, issue: _Issue, case: CaseContext, call: ports.ServiceCall
    ) -> list[engine_changes.Change]:
        name = f"{issue.code}-{case.case.reference}"
        printed = self._documents.put(f"{name}.pdf", pdf.render(issue.content))
        written = self._documents.put(f"{name}.docx", word.render(issue.content, issue.form.word))
        document_id, notice_id = uuid4(), uuid4()
        return [
            changes.DocumentAdded(
                None,
                case.case_id,
                document_id,
                f"{issue.content.title} ({issue.recipient.name})"[:200],
                "plan" if issue.content.sections else "notice",
                printed.file_name,
                printed.media_type,
                printed.size,
                printed.sha256,
                printed.location,
            ),
            changes.NoticeIssued(
                None,
                case.case_id,
                notice_id,
                issue.code,
                issue.recipient.kind,
                issue.recipient.name,
                issue.recipient.email,
                document_id,
                issue.form.words_version,
                issue.form.word_version,
                printed.sha256,
                **_word_file(written),
            ),
            *_email(f"notice:{notice_id}", issue.recipient.email, case, call),
        ]


def _word_file(written: Stored) -> dict[str, str]:
    return {
        "word_file_name": written.file_name,
        "word_sha256": written.sha256,
        "word_location": written.location,
    }


def _email(
    key: str, email: str, case: CaseContext, call: ports.ServiceCall
) -> list[engine_changes.Change]:
    if not email:
        return []
    return [
        engine_changes.OutgoingQueued(
            call.instance_id,
            "email",
            key,
            {
                "to": email,
                "subject": f"New document in case {case.case.reference}",
                "text": "A new document is waiting for you. Sign in to read it.",
            },
        )
    ]
