"""Ask for a lawful exception on a case: a manager decides."""

import datetime as dt
from typing import Final
from uuid import UUID

import flask

from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.pages.cases.action_forms import EXCEPTION, Action, Values
from workflows.bootstrap import System
from workflows.commands.ask_exception import AskException
from workflows.queries.case_page import CasePage


def _form(page: CasePage) -> FormDefinition:
    fields = EXCEPTION.form(page).fields
    options = tuple((str(each.id), each.title) for each in page.documents)
    shown = FormField(
        "documents",
        "Documents that show it",
        FieldType.CHECKBOXES,
        options=options,
        hint="Of those that are on the case. Add others to the case first.",
    )
    return FormDefinition((*fields, shown) if options else fields)


def _make(page: CasePage, given: Values, request: flask.Request, here: System) -> object:
    del request, here
    duty, _, qualifier = given["duty"].partition("|")
    told = given.get("told_family_on")
    return AskException(
        page.case.id,
        duty,
        given["ground"],
        dt.date.fromisoformat(given["from"]),
        dt.date.fromisoformat(given["to"]),
        given["reason"],
        qualifier,
        dt.date.fromisoformat(told) if told else None,
        tuple(UUID(each) for each in given.get("documents") or ()),
    )


ASK_EXCEPTION: Final = Action(
    "ask-exception",
    "Ask for a lawful exception",
    "A manager grants or refuses it; you see the answer on the case. An exception lifts the duty to "
    "keep the limit. It sets no new date: the step must still be done as soon as practicable.",
    "Ask for the exception",
    "The exception is asked for. You see the answer here.",
    _form,
    _make,
)
