"""Write to an agency about cases: one email, which names them by their references."""

from typing import Any, Final
from uuid import UUID, uuid4

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.presentation import problem
from workflows.access import record, sight
from workflows.access.people import CASEWORK, MANAGER
from workflows.agencies import letters
from workflows.agencies.letters import TEMPLATES
from workflows.calendar import london
from workflows.commands.message_agency import MessageAgency
from workflows.queries import agencies_to_write_to as query

blueprint: Final = flask.Blueprint("agency_messages", __name__)
CHECKED: Final = "recipient_checked"


@blueprint.get("/message-agency")
@guard.requires(MANAGER, CASEWORK)
def ask() -> str:
    """Ask to whom, about which cases, and what."""
    asked = flask.request.args
    template = asked.get("template", "overdue")
    _, subject, text = TEMPLATES.get(template, TEMPLATES["free"])
    return _page({"subject": subject, "text": text, "to": "", "template": template})


@blueprint.get("/cases/<uuid:case_id>/message-agency")
@guard.requires(MANAGER, CASEWORK)
def about_case(case_id: UUID) -> Response:
    """Go to an email about one case, to the agency of a team where one is named."""
    with guard.system().read() as connection:
        agency = query.agency_of(connection, flask.request.args.get("team", ""))
    address = flask.url_for("agency_messages.ask", case=case_id, agency=agency or None)
    return flask.redirect(address, 303)


@blueprint.post("/message-agency")
@guard.requires(MANAGER, CASEWORK)
def send() -> Response | tuple[str, int]:
    """Send it; what was typed is shown again when it cannot be."""
    given = flask.request.form
    try:
        command = _command()
        key = f"agency:{command.message_id}"  # sent once, however often the button is pressed
        guard.system().execute(command, guard.person(), key=key)
    except errors.Invalid as refusal:
        return _page(given, refusal), problem.status_of(refusal)
    count = len(set(command.case_ids))
    flask.flash(f"The email about {count} case{'s' if count > 1 else ''} is on its way.", "success")
    return flask.redirect(_after(command.case_ids), 303)


def _command() -> MessageAgency:
    given: Any = flask.request.form
    command = MessageAgency(
        given.get("agency", ""),
        given.get("to", ""),
        given.get("subject", ""),
        given.get("text", "").replace("\r\n", "\n"),
        tuple(dict.fromkeys(_ids(given.getlist("case_id")))),
        next(iter(_ids([given.get("message_id", "")])), None) or uuid4(),
    )
    if given.get(CHECKED) != "yes":
        raise errors.Invalid(
            "Check who it is sent to.",
            errors={CHECKED: ("Confirm that you have checked who this is sent to",)},
        )
    return command


def _page(given: Any, refusal: errors.Refused | None = None) -> str:  # noqa: ANN401
    here, asked = guard.system(), flask.request.values
    agency_id, case_id = asked.get("agency", ""), next(iter(_ids([asked.get("case", "")])), None)
    today = london.local_date(here.now())
    with here.read() as connection:
        agency = letters.agency(connection, agency_id) if agency_id else None
        agencies = query.agencies_to_write_to(connection)
        why = sight.why_may_see(connection, guard.person(), case_id) if case_id else ""
        one = query.one_case(connection, guard.person(), case_id) if case_id else None
        late = asked.get("late") == "1"
        owed = query.owed_by(connection, guard.person(), agency_id, today, late_only=late)
    if case_id:
        what, now = "form: email to an agency", here.now()
        record.record_view(here.engine, guard.person(), case_id, what=what, why=why, now=now)
    return flask.render_template(
        "agency_messages/message.html",
        agency=agency,
        agencies=agencies,
        owing=one[1] if one else (),
        case_id=case_id,
        reference=one[0] if one else "",
        owed=owed,
        late=late,
        chosen=_chosen(given, owed),
        given=given,
        templates=[(code, title) for code, (title, _, _) in TEMPLATES.items()],
        message_id=given.get("message_id") or uuid4(),
        refusal=refusal,
        faults={name: each[0] for name, each in refusal.errors.items()} if refusal else {},
    )


def _chosen(given: Any, owed: tuple[query.Owed, ...]) -> set[str]:  # noqa: ANN401
    """Return the cases that are ticked: at first all, or those that are late to ask for these."""
    if flask.request.method == "POST":
        return set(given.getlist("case_id"))
    late_only = given["template"] == "overdue"
    return {str(each.case_id) for each in owed if each.is_late or not late_only}


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _after(case_ids: tuple[UUID, ...]) -> str:
    if len(case_ids) == 1:
        return f"/cases/{case_ids[0]}"
    return "/step-in" if MANAGER in guard.person().roles else "/cases"
