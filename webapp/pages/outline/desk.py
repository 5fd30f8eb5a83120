"""A draft on the desk: looked at, asked about, and saved without overwriting anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import flask
from werkzeug.wrappers import Response

from engine import errors
from engine.changes import JsonValue
from engine.checks.problem import Problem
from engine.definitions import forms
from engine.queries import definition_list
from webapp.auth import guard
from webapp.forms import read
from webapp.presentation import dates
from workflows import diagram_check
from workflows.access import people
from workflows.calendar import london
from workflows.commands.save_diagram_draft import SaveDiagramDraft
from workflows.outline import lists, reading
from workflows.outline.dialogs.pieces import Dialog
from workflows.outline.drawing import Drawing, NoSuchStep
from workflows.outline.lists import Lists
from workflows.outline.model import Outline
from workflows.rulebook import load
from workflows.store import drafts
from workflows.store.drafts import Draft


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft with what is needed to edit it."""

    draft: Draft
    drawing: Drawing
    outline: Outline
    lists: Lists
    saved_by: str


Maker = Callable[[Desk], Dialog]


def open_draft(draft_id: UUID) -> Desk:
    """Return a draft of a diagram.

    Raises:
        drafts.NoSuchDraft: there is none.
        CannotEdit: it is a decision table.
    """
    with guard.system().read() as connection:
        draft = drafts.load(connection, draft_id)
        names = people.names(connection, {draft.saved_by})
        live: dict[str, definition_list.Version] = {}
        for each in definition_list.versions(connection):
            live.setdefault(each.key, each)
    processes, tables = (
        tuple((each.key, each.name) for each in live.values() if each.kind == kind)
        for kind in ("bpmn", "dmn")
    )
    drawing = Drawing.of(draft.xml)
    choices = lists.lists_of(load.current(), processes, tables)
    outline = reading.read(drawing, choices.titles)
    return Desk(draft, drawing, outline, choices, names.get(draft.saved_by, "A colleague"))


def problems(desk: Desk) -> tuple[Problem, ...]:
    """Return what the check finds in a draft, among the files that it would be live with."""
    with guard.system().read() as connection:
        live = definition_list.live(connection)
    return diagram_check.check_beside(desk.draft.xml, desk.draft.name, live)


def ask(draft_id: UUID, make: Maker, back: str, **more: Any) -> str:  # noqa: ANN401 (for the template)
    """Show a dialog."""
    desk = open_draft(draft_id)
    dialog = make(desk)
    return _shown(desk, dialog, dialog.values, back, more=more)


def answer(draft_id: UUID, make: Maker, back: str) -> Response | tuple[str, int]:
    """Make the change that was asked for; where it cannot be made, show the dialog again.

    What a colleague has saved meanwhile stays: their version is shown, with what was typed, and saving
    again makes the change on theirs.
    """
    desk = open_draft(draft_id)
    drafts.refuse_closed(desk.draft)
    try:
        dialog = make(desk)
    except NoSuchStep:
        return _lost(desk, back), 409
    typed = read.posted(dialog.form, flask.request.form)
    if _revision() != desk.draft.revision:
        return _conflict(desk, dialog, typed, back), 409
    try:
        accepted = forms.validate(
            dialog.form, typed, variables={}, today=london.local_date(guard.system().now())
        )
        target = dialog.apply(accepted)
        save(desk)
    except drafts.DraftChanged:
        newer = open_draft(draft_id)
        return _conflict(newer, make(newer), typed, back), 409
    except errors.Invalid as refusal:
        fresh = open_draft(draft_id)
        return _shown(fresh, make(fresh), {**dialog.values, **typed}, back, refusal=refusal), 422
    flask.flash(said(dialog), "success")
    return to(draft_id, target)


def change(draft_id: UUID, make: Callable[[Drawing], None], element: str) -> Response:
    """Make a change that asks nothing, on the version that was looked at.

    Raises:
        drafts.DraftChanged: a colleague has saved another meanwhile.
    """
    desk = open_draft(draft_id)
    if _revision() != desk.draft.revision:
        raise drafts.DraftChanged(
            f"{desk.saved_by} has saved this draft meanwhile. Nothing was changed. "
            "Look at the outline as it is now, and try again."
        )
    make(desk.drawing)
    save(desk)
    return to(draft_id, element)


def save(desk: Desk) -> None:
    """Save a draft whose drawing was changed."""
    command = SaveDiagramDraft(desk.draft.id, desk.drawing.data(), desk.draft.revision)
    guard.system().execute(command, guard.person())


def to(draft_id: UUID, element: str) -> Response:
    """Go to a step, or to the whole outline."""
    if element:
        address = flask.url_for("outline.step", draft_id=draft_id, element=element)
    else:
        address = flask.url_for("outline.overview", draft_id=draft_id)
    return flask.redirect(address, 303)


def said(dialog: Dialog) -> str:
    """Return what is said once the change is made."""
    return {
        "Save the step": "The step is saved.",
        "Add the step": "The step is added.",
        "Add the reminder": "The reminder is added.",
        "Remove the step": "The step is removed.",
    }.get(dialog.button, "Saved.")


def _revision() -> int:
    text = flask.request.form.get("revision", "")
    return (
        int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000000") else -1
    )


def _shown(  # noqa: PLR0913 (what a page shows)
    desk: Desk,
    dialog: Dialog,
    values: Mapping[str, JsonValue],
    back: str,
    *,
    refusal: errors.Invalid | None = None,
    conflict: str = "",
    theirs: tuple[tuple[str, str], ...] = (),
    more: Mapping[str, Any] | None = None,
) -> str:
    return flask.render_template(
        "outline/dialog.html",
        draft=desk.draft,
        dialog=dialog,
        values=values,
        back=back,
        errors=refusal.errors if refusal else {},
        error_list=read.error_summary(dialog.form, refusal),
        conflict=conflict,
        theirs=theirs,
        **(more or {}),
    )


def _conflict(desk: Desk, dialog: Dialog, typed: Mapping[str, JsonValue], back: str) -> str:
    words = (
        f"{desk.saved_by} saved this draft on {dates.moment(desk.draft.saved_at)}, after you opened this "
        "page. What you typed is below and is not saved yet. Save again to make your change on their version."
    )
    theirs = tuple(
        (each.label, _plain(dialog.values.get(each.id)))
        for each in dialog.form.fields
        if _plain(typed.get(each.id)) != _plain(dialog.values.get(each.id)) and each.id in typed
    )
    return _shown(desk, dialog, {**dialog.values, **typed}, back, conflict=words, theirs=theirs)


def _lost(desk: Desk, back: str) -> str:
    typed = tuple(
        (name.replace("_", " ").capitalize(), value)
        for name, value in flask.request.form.items()
        if name not in {"csrf_token", "revision"} and value.strip()
    )
    words = f"{desk.saved_by} has saved this draft without it. Nothing was changed."
    lost = Dialog("This step is no longer there", "", forms.FormDefinition(), {}, lambda _: "")
    lost = replace(lost, paragraphs=(words,))
    return flask.render_template(
        "outline/dialog.html",
        draft=desk.draft,
        dialog=lost,
        values={},
        back=back,
        errors={},
        error_list=[],
        conflict="",
        theirs=(),
        typed=typed,
    )


def _plain(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value).replace("\r\n", "\n")
