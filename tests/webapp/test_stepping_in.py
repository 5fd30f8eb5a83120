"""Managers step in by pages: timers, incidents, one process, exceptions, escalations."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engine.store.tables import instances, timers
from tests.support.county import County
from tests.support.failing import cases_with_incidents
from tests.support.pages import Visitor, words_of as text
from workflows import retrying
from workflows.commands.ask_exception import AskException
from workflows.store.intervention_tables import exception_requests
from workflows.store.tables import access_record

REASON = "The report came late."


def rows(county: County, table: sa.Table, *where: Any) -> list[Any]:
    with county.system.read() as connection:
        return list(connection.execute(sa.select(*table.c).where(*where).order_by(table.c.id)))


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    visitor.sign_in("manager")
    return visitor


@pytest.fixture
def case_id(small_county: County) -> Any:
    found = small_county.open_case()
    small_county.walk(found, until="give_views")
    return found


def working(county: County) -> Any:
    return next(
        each
        for each in rows(county, timers, timers.c.status == "waiting", timers.c.duty == "")
        if each.due_at
    )


def statutory(county: County) -> Any:
    return rows(county, timers, timers.c.status == "waiting", timers.c.duty != "")[0]


def test_the_list_of_timers_says_what_each_will_do_and_when(
    small_county: County, manager: Visitor, case_id: Any
) -> None:
    all_of_them = text(manager.get("/engine-timers"))
    by_law = text(manager.get("/engine-timers?kind=statutory&process=ehc_assessment"))
    asleep = text(manager.get("/engine-timers?window=none"))
    suspended = text(manager.get("/engine-timers?state=suspended"))

    assert "No answer in time" in all_of_them
    assert "Reminder: Carries out “Remind the panel” Fires once; the process goes on" in all_of_them
    assert "and ends “Give views and evidence”" in all_of_them
    assert small_county.case(case_id).reference in all_of_them
    assert "Decide whether to assess Statutory" in by_law
    assert "No answer in time" not in by_law.partition("When")[2]
    assert "No date yet" in asleep.partition("When")[2]
    assert "There are no such timers." in suspended


def test_a_working_date_is_changed_with_a_reason_and_never_into_the_past(
    small_county: County, manager: Visitor, case_id: Any
) -> None:
    timer = working(small_county)
    page = f"/engine-timers/{timer.id}/change-date"
    shown = manager.get(page).get_data(as_text=True)
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]  # type: ignore[index]

    def post(status: int, year: str, reason: str = REASON, seen: str = seen) -> str:
        date = {"due-day": "2", "due-month": "3", "due-year": year}
        return text(manager.post(page, status, page, seen=seen, reason=reason, **date))

    assert "The date must be in the future" in post(422, "2025")
    assert "Enter reason" in post(422, "2026", reason="")
    post(303, "2026")
    assert "The timer has changed since you opened this page" in post(409, "2027")

    (now,) = rows(small_county, timers, timers.c.id == timer.id)
    assert now.due_at.isoformat() == "2026-03-02T00:00:00+00:00"
    assert "A timer moved" in text(manager.get(f"/cases/{case_id}"))
    assert small_county.problems() == []


@pytest.mark.parametrize(("slug", "status"), [("cancel", "cancelled"), ("fire", "fired")])
def test_a_working_timer_is_cancelled_or_fired(
    small_county: County, manager: Visitor, case_id: Any, slug: str, status: str
) -> None:
    assert case_id
    timer = working(small_county)
    page = f"/engine-timers/{timer.id}/{slug}"
    seen = f"{timer.status} {timer.due_at.isoformat()}"
    manager.get(page)

    manager.post(page, page=page, seen=seen, reason=REASON)

    (now,) = rows(small_county, timers, timers.c.id == timer.id)
    assert now.status == status
    assert "Nothing can be done about it any more" in text(
        manager.get(f"/engine-timers/{timer.id}")
    )
    assert small_county.problems() == []


def test_a_statutory_timer_says_why_nobody_moves_it_and_what_does(
    small_county: County, manager: Visitor, case_id: Any
) -> None:
    timer = statutory(small_county)

    shown = manager.get(f"/engine-timers/{timer.id}").get_data(as_text=True)
    page = f"/engine-timers/{timer.id}/cancel"
    seen = f"{timer.status} {timer.due_at.isoformat() if timer.due_at else ''}"
    refused = text(manager.post(page, 403, page, seen=seen, reason=REASON))

    assert "follows a statutory time limit" in shown
    assert f"/cases/{case_id}/correct-date" in shown
    assert f"/cases/{case_id}/exception" in shown
    assert f"/engine-timers/{timer.id}/cancel" not in shown
    assert "This timer follows a statutory time limit" in refused


def test_a_process_is_moved_after_one_has_seen_what_will_happen(
    small_county: County, manager: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    instance_id = small_county.open_tasks(case_id)[0].instance_id
    page = f"/instances/{instance_id}/move"

    chosen = text(manager.get(page))
    beyond = text(manager.get(f"{page}?from=decide_to_assess&to=choose_advisers"))
    preview = manager.get(f"{page}?from=decide_to_assess&to=collate_evidence")
    revision = re.search(r'name="revision" value="(\d+)"', preview.get_data(as_text=True))[1]  # type: ignore[index]
    given = {"from": "decide_to_assess", "to": "collate_evidence", "revision": revision}
    without = text(manager.post(page, 422, **given, reason=" "))
    manager.post(page, **given, reason=REASON)
    again = text(manager.post(page, 409, **given, reason=REASON))

    assert "Decide whether to assess" in chosen
    assert "is a step that the law asks for" in beyond
    assert "The task “Decide whether to assess” ends." in text(preview)
    assert "The task “Collate the evidence” opens for SEN casework." in text(preview)
    assert "All statutory time limits stay as they are" in text(preview)
    assert "Enter a reason" in without
    assert "The process has gone on since you opened this page" in again
    assert [each.element_id for each in small_county.open_tasks(case_id)] == ["collate_evidence"]
    shown = text(manager.get(f"/cases/{case_id}"))
    assert "Moved from “Decide whether to assess” to “Collate the evidence”" in shown
    assert REASON in shown
    assert small_county.problems() == []


def test_a_process_rests_goes_on_begins_again_and_ends(
    small_county: County, manager: Visitor, case_id: Any
) -> None:
    instance_id = small_county.open_tasks(case_id)[0].instance_id

    def act(instance: Any, slug: str, status: int = 303, reason: str = REASON) -> str:
        page = f"/instances/{instance}/{slug}"
        shown = text(manager.get(page))
        manager.post(page, status, page, reason=reason)
        return shown

    act(instance_id, "suspend", 422, reason="")
    act(instance_id, "suspend")
    assert "Suspended: The report came late." in text(manager.get(f"/instances/{instance_id}"))
    act(instance_id, "resume")
    told = act(instance_id, "restart")
    assert "The task “Register the request” opens for SEN casework." in told
    new = next(each for each in rows(small_county, instances, instances.c.status == "active")).id
    assert "Cancelled: The report came late." in text(manager.get(f"/instances/{instance_id}"))
    act(new, "cancel")
    act(new, "cancel", 409)

    assert small_county.open_tasks(case_id) == []
    assert small_county.problems() == []


def test_incidents_are_grouped_and_tried_again_one_or_all(small_county: County, app: Flask) -> None:
    manager = Visitor(app)
    cases_with_incidents(small_county, 3)
    manager.sign_in("manager")

    shown = manager.get("/incidents").get_data(as_text=True)
    group = re.search(r"/incidents/groups/([0-9a-f]+)/retry", shown)[1]  # type: ignore[index]
    one = manager.get(f"/incidents/groups/{group}").get_data(as_text=True)
    first = re.search(r'action="/incidents/([0-9a-f-]+)/retry"', one)[1]  # type: ignore[index]
    manager.post(f"/incidents/{first}/retry", page=f"/incidents/groups/{group}")
    manager.post(f"/incidents/{first}/retry", page=f"/incidents/groups/{group}")
    answer = manager.post(f"/incidents/groups/{group}/retry", page="/incidents")
    progress = text(manager.get(answer.location))
    retrying.carry_on(small_county.system, seconds=60)
    done = text(manager.get(answer.location))

    assert "The mail server … did not answer. 3 cases" in " ".join(
        re.sub(r"<[^>]+>", " ", shown).split()
    )
    assert "Under way 0 of 2 tried" in progress
    assert "Done 2 of 2 tried" in done
    assert "Went through: 2" in done
    assert "Nothing has failed." in text(manager.get("/incidents"))
    assert "Tried again" in text(manager.get("/incidents/resolved"))
    assert manager.get(f"/incidents/groups/{group}", 404)
    assert small_county.problems() == []


def test_an_exception_is_asked_for_granted_and_refused_by_form(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    small_county.pass_days(60)
    casework, manager = Visitor(app), Visitor(app)
    casework.sign_in("casework")
    manager.sign_in("manager")
    page = f"/cases/{case_id}/ask-exception"
    period = {"from-day": "10", "from-month": "1", "from-year": "2026"}
    period |= {"to-day": "12", "to-month": "2", "to-year": "2026"}
    given = {"duty": "assessment.decision|", "ground": "exceptional_circumstances", **period}

    def ask() -> Any:
        casework.post(page, page=page, **given, reason="The mother was in hospital.")
        listed = manager.get("/step-in/exceptions").get_data(as_text=True)
        return re.search(r"/step-in/exceptions/([0-9a-f-]{36})", listed)[0]  # type: ignore[index]

    def decide(request: str, status: int = 303, **decision: str) -> str:
        return text(manager.post(request, status, request, **decision))

    assert "Ask for a lawful exception" in text(casework.get(f"/cases/{case_id}"))
    first = ask()
    twice = text(casework.post(page, 409, page, **given, reason="Again."))
    assert "is asked for already" in twice
    assert "Select your decision" in decide(first, 422)
    assert "Enter a reason" in decide(first, 422, decision="refuse")
    decide(first, decision="refuse", answer="The letter is missing.")
    assert "Refused" in text(casework.get(f"/cases/{case_id}"))
    assert "The letter is missing." in text(casework.get(f"/cases/{case_id}"))
    told = {"told_family_on-day": "13", "told_family_on-month": "2", "told_family_on-year": "2026"}
    decide(ask(), decision="grant", **told)

    assert small_county.deadline(case_id, "assessment.decision").excused
    assert "Lawful exception granted" in text(casework.get(f"/cases/{case_id}"))
    assert "There are none." in text(manager.get("/step-in/exceptions"))
    assert small_county.case(case_id).reference in text(
        manager.get("/step-in/exceptions?status=granted")
    )


def test_a_task_and_a_case_are_escalated(small_county: County, app: Flask, case_id: Any) -> None:
    casework = Visitor(app)
    casework.sign_in("casework")
    task = small_county.open_tasks(case_id)[0]
    to = f"person:{small_county.person('manager').id}"

    for page in (f"/cases/{case_id}/escalate", f"/tasks/{task.id}/escalate"):
        casework.get(page)
        casework.post(page, 422, page, to=to, reason="")
        casework.post(page, 422, page, to="", reason=REASON)
        casework.post(page, page=page, to=to, reason=REASON)

    assert "Escalated to" in text(casework.get(f"/cases/{case_id}"))
    assert len(small_county.happened(case_id, "CaseEscalated")) == 2


def test_only_managers_step_in_and_each_look_is_on_record(
    small_county: County, app: Flask, case_id: Any
) -> None:
    timer = working(small_county)
    request = exception_requests_row(small_county, case_id)
    doors = [
        *(f"/engine-timers/{timer.id}{each}" for each in ("", "/cancel", "/change-date", "/fire")),
        *(
            f"/instances/{timer.instance_id}{each}"
            for each in ("", "/move", "/suspend", "/resume", "/restart", "/cancel")
        ),
        f"/step-in/exceptions/{request}",
    ]
    lists = ["/engine-timers", "/incidents", "/incidents/resolved", "/step-in/exceptions"]
    for name in ("casework", "setting", "parent", "outsider", "owner", "admin"):
        other = Visitor(app)
        other.sign_in(name)
        for door in (*doors, *lists):
            other.get(door, 404)
    assert rows(small_county, access_record) == []

    visitor = Visitor(app)
    visitor.sign_in("manager")
    for door in doors:
        visitor.get(door)

    assert len(rows(small_county, access_record)) == len(doors)
    assert {each.case_id for each in rows(small_county, access_record)} == {case_id}


def exception_requests_row(county: County, case_id: Any) -> Any:
    today = county.system.now().date()
    command = AskException(
        case_id, "assessment.decision", "exceptional_circumstances", today, today, "Ill."
    )
    county.system.execute(command, county.person("casework"))
    assert rows(county, exception_requests)
    return command.request_id
