"""The forms of the register of phased duties, and the commands that they become."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import flask

from engine import errors
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.forms import read
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.add_duty_evidence import AddDutyEvidence
from workflows.commands.bring_duty_review_forward import BringDutyReviewForward
from workflows.commands.change_phased_duty import ChangePhasedDuty
from workflows.commands.review_phased_duty import ReviewPhasedDuty
from workflows.queries.phased_duty_page import DutyPage
from workflows.registers.model import STATE_NAMES, State

Values = Mapping[str, Any]
Owners = Sequence[tuple[str, str]]
STATES: Final = tuple((state.value, STATE_NAMES[state]) for state in State)


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done with a duty: its address, its words, its form, and the command it becomes."""

    slug: str
    title: str
    lead: str
    button: str
    done: str
    form: Callable[[DutyPage, Owners], FormDefinition]
    make: Callable[[DutyPage, Values, int | None, System], object]
    uploads: bool = False

    def command(self, page: DutyPage, owners: Owners, here: System) -> object:
        """Return the command for what was posted.

        Raises:
            errors.Invalid: an answer is missing or wrong.
        """
        form = self.form(page, owners)
        posted = flask.request.form
        given = forms.validate(
            form,
            read.posted(form, posted),
            variables={},
            today=london.local_date(here.now()),
        )
        return self.make(page, given, _revision(posted.get("revision", "")), here)


def _revision(text: str) -> int | None:
    """Return the revision that the form was made from, None where it does not tell."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _change_form(page: DutyPage, owners: Owners) -> FormDefinition:
    return FormDefinition(
        (
            FormField(
                "owner",
                "Owner",
                FieldType.ENUM,
                hint="Somebody of the authority",
                options=(*owners,),
                default=page.row.owner_id,
            ),
            FormField(
                "state",
                "How far it is",
                FieldType.ENUM,
                required=True,
                options=STATES,
                default=page.row.state.value,
            ),
            FormField("note", "Note", FieldType.TEXTAREA, maximum=1000),
        )
    )


def _change(page: DutyPage, given: Values, seen: int | None, here: System) -> object:
    del here
    return ChangePhasedDuty(
        page.row.duty.code, given.get("owner") or "", given["state"], given.get("note") or "", seen
    )


def _review_form(page: DutyPage, owners: Owners) -> FormDefinition:
    del owners
    return FormDefinition(
        (
            FormField("on", "Reviewed on", FieldType.DATE, required=True, past_or_today=True),
            FormField(
                "state",
                "How far it is",
                FieldType.ENUM,
                required=True,
                options=STATES,
                default=page.row.state.value,
            ),
            FormField(
                "finding", "What the review found", FieldType.TEXTAREA, required=True, maximum=5000
            ),
        )
    )


def _review(page: DutyPage, given: Values, seen: int | None, here: System) -> object:
    del here
    on = dt.date.fromisoformat(given["on"])
    return ReviewPhasedDuty(page.row.duty.code, on, given["state"], given["finding"], seen)


def _forward_form(page: DutyPage, owners: Owners) -> FormDefinition:
    del page, owners
    return FormDefinition(
        (
            FormField("on", "Review by", FieldType.DATE, required=True),
            FormField("reason", "Reason", FieldType.TEXTAREA, required=True, maximum=1000),
        )
    )


def _forward(page: DutyPage, given: Values, seen: int | None, here: System) -> object:
    del here
    on = dt.date.fromisoformat(given["on"])
    return BringDutyReviewForward(page.row.duty.code, on, given["reason"], seen)


def _evidence_form(page: DutyPage, owners: Owners) -> FormDefinition:
    del page, owners
    return FormDefinition(
        (
            FormField("text", "What it shows", FieldType.TEXTAREA, required=True, maximum=5000),
            FormField(
                "link",
                "Web address",
                FieldType.STRING,
                hint="Where it can be read, such as https://localoffer.example.org",
            ),
            FormField("document", "File", FieldType.FILE),
        )
    )


def _evidence(page: DutyPage, given: Values, seen: int | None, here: System) -> object:
    del seen
    upload = flask.request.files.get("document-upload")
    stored = None
    if upload is not None and upload.filename:
        try:
            stored = here.documents.put(upload.filename, upload.read())
        except errors.Invalid as refusal:
            raise errors.Invalid(
                refusal.message, errors={"document": (refusal.message,)}
            ) from refusal
    return AddDutyEvidence(page.row.duty.code, given["text"], given.get("link") or "", stored)


CHANGE: Final = Action(
    "change",
    "Change owner or state",
    "What was entered before stays in the history.",
    "Save",
    "The duty is changed.",
    _change_form,
    _change,
)
REVIEW: Final = Action(
    "review",
    "Record a review",
    "The next review follows from this one.",
    "Record the review",
    "The review is on record.",
    _review_form,
    _review,
)
FORWARD: Final = Action(
    "bring-forward",
    "Bring the next review forward",
    "A review can be earlier than its interval, never later.",
    "Bring it forward",
    "The next review is earlier now.",
    _forward_form,
    _forward,
)
EVIDENCE: Final = Action(
    "add-evidence",
    "Add evidence",
    "Do not add anything that tells who a child is.",
    "Add the evidence",
    "The evidence has been added.",
    _evidence_form,
    _evidence,
    uploads=True,
)
ALL: Final = (CHANGE, REVIEW, FORWARD, EVIDENCE)
