"""The forms of a case's actions, and the commands that they become."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import flask
from werkzeug.datastructures import MultiDict

from engine import errors
from engine.commands.deliver_message import DeliverMessage
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.forms import read
from webapp.presentation import dates
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.add_document import AddDocument
from workflows.commands.choose_key_contact import ChooseKeyContact
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.record_exception import RecordException
from workflows.duties import delays
from workflows.duties.deadlines import Status
from workflows.queries.awaited_messages import Awaited
from workflows.queries.case_page import CasePage
from workflows.rulebook import load

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its address, its words, its form, and the command it becomes."""

    slug: str
    title: str
    lead: str
    button: str
    done: str
    form: Callable[[CasePage], FormDefinition]
    make: Callable[[CasePage, Values, flask.Request, System], object]
    uploads: bool = False

    def command(self, page: CasePage, request: flask.Request, here: System) -> object:
        """Return the command for what was posted.

        Raises:
            errors.Invalid: an answer is missing or wrong.
        """
        form = self.form(page)
        accepted = forms.validate(
            form,
            read.posted(form, request.form),
            variables={},
            today=london.local_date(here.now()),
        )
        return self.make(page, accepted, request, here)


def values(form: FormDefinition, data: MultiDict[str, str]) -> dict[str, Any]:
    """Return what to show in the fields."""
    return {each.id: each.default for each in form.fields} | read.posted(form, data)


def error_list(form: FormDefinition, refusal: errors.Refused | None) -> list[dict[str, Any]]:
    """Return the error summary."""
    if refusal is None:
        return []
    known = {each.id for each in form.fields}
    found = {name: texts for name, texts in refusal.errors.items() if name in known}
    return read.error_list(form, found) or [{"text": refusal.message}]


def _document_form(page: CasePage) -> FormDefinition:
    del page
    kinds = (("evidence", "Evidence"), ("views", "Views"), ("advice", "Advice"), ("other", "Other"))
    return FormDefinition(
        (
            FormField("title", "Title", FieldType.STRING, required=True, maximum=200),
            FormField("kind", "What it is", FieldType.ENUM, required=True, options=kinds),
            FormField("document", "Document", FieldType.FILE),
        )
    )


def _add_document(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    upload = request.files.get("document-upload")
    if upload is None or not upload.filename:
        raise errors.Invalid("Choose a file.", errors={"document": ("Select a file",)})
    try:
        stored = here.documents.put(upload.filename, upload.read())
    except errors.Invalid as refusal:
        raise errors.Invalid(refusal.message, errors={"document": (refusal.message,)}) from refusal
    return AddDocument(page.case.id, given["title"], given["kind"], stored)


def _correct_form(page: CasePage) -> FormDefinition:
    options = tuple(
        (
            f"{fact.code}|{fact.qualifier}",
            _fact_label(fact),
        )
        for fact in page.facts
        if fact.current
    )
    return FormDefinition(
        (
            FormField(
                "fact", "Which date is wrong", FieldType.ENUM, required=True, options=options
            ),
            FormField(
                "date",
                "The right date",
                FieldType.DATE,
                required=True,
                past_or_today=True,
                hint="Every time limit that follows from it moves as well",
            ),
            FormField("reason", "Reason", FieldType.TEXTAREA, required=True, maximum=500),
        )
    )


def _correct(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    del request, here
    code, _, qualifier = given["fact"].partition("|")
    on = dt.date.fromisoformat(given["date"])
    return CorrectFact(page.case.id, code, on, given["reason"], qualifier)


def _contact_form(page: CasePage) -> FormDefinition:
    return FormDefinition(
        (
            FormField(
                "person",
                "Key contact",
                FieldType.ENUM,
                required=True,
                options=page.caseworkers,
                default=page.case.key_contact,
                hint="Somebody who does SEN casework in a team that works on the case",
            ),
        )
    )


def _choose_contact(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    del request, here
    return ChooseKeyContact(page.case.id, given["person"])


def _exception_form(page: CasePage) -> FormDefinition:
    book = load.current()
    duties = tuple(
        (
            f"{row.duty}|{row.qualifier}",
            f"{row.title}{f' ({_words(row.qualifier)})' if row.qualifier else ''}",
        )
        for row in page.deadlines
        if row.met is None and book.newest(row.duty).grounds
    )
    grounds = tuple((code, ground.title) for code, ground in book.grounds.items())
    return FormDefinition(
        (
            FormField("duty", "Time limit", FieldType.ENUM, required=True, options=duties),
            FormField(
                "ground",
                "Ground",
                FieldType.ENUM,
                required=True,
                options=grounds,
                hint="Only the grounds that the regulation has. A shortage of staff is none.",
            ),
            FormField("from", "From", FieldType.DATE, required=True, past_or_today=True),
            FormField("to", "To", FieldType.DATE, required=True),
            FormField("told_family_on", "Family told on", FieldType.DATE, past_or_today=True),
            FormField(
                "reason", "What happened, and what shows it", FieldType.TEXTAREA, required=True
            ),
        )
    )


def _exception(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    del request, here
    duty, _, qualifier = given["duty"].partition("|")
    told = given.get("told_family_on")
    return RecordException(
        page.case.id,
        duty,
        given["ground"],
        dt.date.fromisoformat(given["from"]),
        dt.date.fromisoformat(given["to"]),
        given["reason"],
        qualifier,
        dt.date.fromisoformat(told) if told else None,
    )


def _delay_form(page: CasePage) -> FormDefinition:
    late = tuple(
        (
            f"{row.duty}|{row.qualifier}",
            f"{row.title}{f' ({_words(row.qualifier)})' if row.qualifier else ''}",
        )
        for row in page.deadlines
        if row.status in {Status.LATE, Status.MET_LATE}
    )
    return FormDefinition(
        (
            FormField("duty", "What is late", FieldType.ENUM, required=True, options=late),
            FormField("reason", "Reason", FieldType.ENUM, required=True, options=delays.REASONS),
            FormField("detail", "More about it", FieldType.TEXTAREA, maximum=1000),
        )
    )


def _delay(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    del request, here
    duty, _, qualifier = given["duty"].partition("|")
    return ExplainDelay(page.case.id, duty, given["reason"], given.get("detail") or "", qualifier)


def _end_form(page: CasePage) -> FormDefinition:
    del page
    return FormDefinition(
        (
            FormField("on", "Since when", FieldType.DATE, required=True, past_or_today=True),
            FormField(
                "reason", "How we know, and why", FieldType.TEXTAREA, required=True, maximum=500
            ),
        )
    )


def _end(ending: Ending) -> Callable[[CasePage, Values, flask.Request, System], object]:
    def make(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
        del request, here
        return EndCase(page.case.id, ending, dt.date.fromisoformat(given["on"]), given["reason"])

    return make


def _fact_label(fact: Any) -> str:  # noqa: ANN401 (a row)
    title = load.current().facts[fact.code].title
    about = f" ({_words(fact.qualifier)})" if fact.qualifier else ""
    return f"{title}{about}: {dates.long_date(fact.on)}"


def _words(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


ADD_DOCUMENT: Final = Action(
    "add-document",
    "Add a document",
    "Everyone who may see this case may read it.",
    "Add the document",
    "The document has been added.",
    _document_form,
    _add_document,
    uploads=True,
)
CORRECT_DATE: Final = Action(
    "correct-date",
    "Correct a date",
    "The wrong entry stays on record with your reason. Deadlines and timers follow the right date.",
    "Correct the date",
    "The date is corrected.",
    _correct_form,
    _correct,
)
KEY_CONTACT: Final = Action(
    "key-contact",
    "Choose the key contact",
    "The case page names them to the family and to everybody who works on the case.",
    "Choose the key contact",
    "The key contact is chosen.",
    _contact_form,
    _choose_contact,
)
EXCEPTION: Final = Action(
    "exception",
    "Record a lawful exception",
    "An exception lifts the duty to keep the limit. It sets no new date: the step must still be "
    "done as soon as practicable.",
    "Record the exception",
    "The exception is on record.",
    _exception_form,
    _exception,
)
EXPLAIN_DELAY: Final = Action(
    "explain-delay",
    "Say why something is late",
    "A reason tells managers what holds work up. It excuses nothing: that only a lawful exception does.",
    "Save the reason",
    "The reason is on record.",
    _delay_form,
    _delay,
)
WITHDRAW: Final = Action(
    "withdraw",
    "Withdraw the request",
    "All open tasks of this case end, and the family gets a confirmation.",
    "Withdraw the request",
    "The request is withdrawn.",
    _end_form,
    _end(Ending.WITHDRAWN),
)
MOVE_AWAY: Final = Action(
    "move-away",
    "Child moved to another authority",
    "All open tasks of this case end, and the family gets a confirmation.",
    "End the case",
    "The case has ended here.",
    _end_form,
    _end(Ending.MOVED_AWAY),
)


def tell(awaited: Awaited) -> Action:
    """Return the action that sends a message which a step of the case waits for."""
    return Action(
        slug=f"messages/{awaited.id}",
        title=awaited.action,
        lead=f"This is about: {awaited.about}." if awaited.about else "",
        button="Record",
        done=f"Recorded: {awaited.action[:1].lower()}{awaited.action[1:]}.",
        form=lambda _: awaited.form,
        make=lambda page, accepted, *_: DeliverMessage(
            awaited.message, page.case.id, {**accepted, **awaited.correlation}
        ),
    )
