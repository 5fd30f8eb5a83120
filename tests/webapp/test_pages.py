"""Every page, as the people concerned meet it; each page passes the page guard."""

import datetime as dt
import io
from typing import Any

from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor
from webapp.auth import guard


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


def test_every_route_says_who_it_is_for(app: Flask) -> None:
    lacking = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        names = {f"{view.__module__}.{view.__qualname__}", rule.endpoint}
        served_by_flask = rule.endpoint == "static"
        if not served_by_flask and not names & guard.ACCESS.keys():
            lacking.append(rule.endpoint)

    assert not lacking, f"Give each a guard of webapp.auth, or mark it as open: {lacking}"


def test_who_is_not_signed_in_is_asked_to(visitor: Visitor) -> None:
    answer = visitor.get("/cases", status=303)

    assert answer.location == "/sign-in?next=/cases"
    visitor.get("/sign-in")


def test_signing_in_leads_to_the_page_that_was_wanted(visitor: Visitor) -> None:
    token = visitor.token("/sign-in")
    data = {"email": "casework@demo.test", "password": "a password for tests", "csrf_token": token}

    inside = visitor.client.post("/sign-in", data={**data, "next": "/timers"})
    outside = visitor.client.post("/sign-in", data={**data, "next": "//evil.test/"})

    assert inside.location == "/timers"
    assert outside.location == "/tasks"
    cookie = inside.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_is_refused_and_too_many_are_stopped(visitor: Visitor) -> None:
    answers = [visitor.sign_in("casework", "wrong") for _ in range(11)]

    assert [each.status_code for each in answers[:10]] == [403] * 10
    assert answers[10].status_code == 429
    assert visitor.sign_in("casework").status_code == 429
    assert visitor.sign_in("panel").status_code == 303


def test_a_session_ends_when_idle_and_at_sign_out(small_county: County, visitor: Visitor) -> None:
    visitor.sign_in("casework")
    visitor.get("/tasks")

    small_county.system.clock.move_to(small_county.system.now() + dt.timedelta(minutes=61))

    visitor.get("/tasks", status=303)
    visitor.sign_in("casework")
    visitor.post("/sign-out")
    visitor.get("/tasks", status=303)


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    visitor.sign_in("casework")

    answer = visitor.client.post("/start/ehc_assessment", data={"child_first_name": "Eve"})

    assert answer.status_code == 400
    assert "reload the page" in text(answer)


def test_a_list_is_narrowed_by_process_and_by_who_has_the_task(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    reference = small_county.case(case_id).reference
    visitor.sign_in("casework")

    free = text(visitor.get("/tasks?assignee=nobody"))
    visitor.post(f"/tasks/{small_county.open_tasks(case_id)[0].id}/claim", page="/tasks")
    taken = text(visitor.get("/tasks?assignee=nobody"))
    other = text(visitor.get("/tasks?process=nothing"))

    assert reference in free
    assert "Nobody yet" in taken
    assert reference not in taken
    assert reference not in other


def test_a_task_is_taken_drafted_and_completed(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    task = small_county.open_tasks(case_id)[0]
    visitor.sign_in("casework")
    page = f"/tasks/{task.id}"

    assert "Register the request" in text(visitor.get("/tasks"))
    visitor.post(f"{page}/claim", page=page)
    visitor.post(f"{page}/draft", page=page, registration_notes="Rang the school.")
    assert "Rang the school." in text(visitor.get(page))
    incomplete = visitor.post(f"{page}/complete", page=page, status=422, registration_notes="More.")
    given = {"how_it_came": "letter", "six_months_checked": "no", "recipients_checked": "yes"}
    visitor.post(f"{page}/complete", page=page, **given)

    assert "There is a problem" in text(incomplete)
    assert "More." in text(incomplete)
    assert "What happens next" in text(visitor.get(f"{page}/done"))
    assert "was completed by Asha Patel" in text(visitor.get(page))


def test_who_comes_second_is_told_who_was_first_and_loses_nothing(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    task = small_county.open_tasks(case_id)[0]
    second = Visitor(app)
    second.sign_in("casework2")
    page = f"/tasks/{task.id}"
    second.get(page)

    small_county.complete(case_id, "register_request")
    answer = second.post(
        f"{page}/complete", page="/account", status=409, registration_notes="My long notes."
    )

    assert "It was Asha Patel" in text(answer)
    assert "My long notes." in text(answer)


def test_nobody_sees_what_is_not_theirs(small_county: County, app: Flask) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_setting_information")
    task = small_county.open_tasks(case_id)[0]

    for name in ("outsider", "mediator", "parent", "setting2"):
        stranger = Visitor(app)
        stranger.sign_in(name)
        stranger.get(f"/cases/{case_id}", status=404)
        stranger.get(f"/tasks/{task.id}", status=404)
        stranger.post(f"/tasks/{task.id}/claim", status=404)
        assert "EHC-" not in text(stranger.get("/cases"))

    involved = Visitor(app)
    involved.sign_in("setting")
    involved.get(f"/cases/{case_id}")


def test_casework_enters_for_the_family_and_names_the_source(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    task = next(e for e in small_county.open_tasks(case_id) if e.element_id == "give_views")
    visitor.sign_in("casework")
    page = f"/tasks/{task.id}"

    unnamed = visitor.post(f"{page}/complete", page=page, status=422, family_views="He is kind.")
    visitor.post(
        f"{page}/complete", page=page, family_views="He is kind.", on_behalf_of="father, by letter"
    )

    assert "Enter who gave this answer and how it came" in text(unnamed)
    done = small_county.happened(case_id, "TaskCompleted")
    assert done[-1]["values"]["on_behalf_of"] == "father, by letter"


def test_the_case_page_shows_clocks_steps_documents_and_history(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="draft_plan")
    visitor.sign_in("manager")

    page = text(visitor.get(f"/cases/{case_id}"))

    for words in (
        "25 May 2026",
        "Done on time",
        "as a list of steps",
        "We have received the request",
        "Educational psychologists",
        "Advice requested (psychology)",
        "regulation 13(2)",
    ):
        assert words in page


def test_every_look_at_a_case_is_on_record(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    visitor.sign_in("manager")

    visitor.get(f"/cases/{case_id}")

    with small_county.system.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT what, why FROM access_record").all()
    assert rows == [("case page", "Manager, across the authority")]


def test_a_document_is_checked_kept_and_sent(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    visitor.sign_in("casework")
    address = f"/cases/{case_id}/add-document"
    visitor.get(address)

    def upload(name: str, data: bytes, status: int) -> Any:
        return visitor.post(
            address,
            status=status,
            page=address,
            title="Letter",
            kind="evidence",
            **{"document-upload": (io.BytesIO(data), name)},
        )

    assert "is not what its name says" in text(upload("letter.pdf", b"MZ\x90", 422))
    assert "is not accepted" in text(upload("letter.exe", b"MZ\x90", 422))
    upload("letter.pdf", b"%PDF-1.7 a letter", 303)
    page = text(visitor.get(f"/cases/{case_id}"))
    link = page.split("/documents/")[1].split('"')[0]
    answer = visitor.get(f"/cases/{case_id}/documents/{link}")
    assert answer.data == b"%PDF-1.7 a letter"


def test_a_date_is_corrected_and_an_exception_recorded_by_form(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.pass_days(60)
    visitor.sign_in("casework")
    correct, claim = f"/cases/{case_id}/correct-date", f"/cases/{case_id}/exception"
    visitor.get(correct)
    visitor.get(claim)
    period = {
        "from-day": "10",
        "from-month": "1",
        "from-year": "2026",
        "to-day": "12",
        "to-month": "2",
        "to-year": "2026",
    }

    visitor.post(
        correct,
        page=correct,
        fact="request_received|",
        reason="The stamp says so.",
        **{"date-day": "2", "date-month": "1", "date-year": "2026"},
    )
    refused = visitor.post(
        claim,
        page=claim,
        status=422,
        duty="assessment.decision|",
        ground="missed_appointment",
        reason="Did not come.",
        **period,
    )
    visitor.post(
        claim,
        page=claim,
        duty="assessment.decision|",
        ground="absent_from_area",
        reason="Abroad for five weeks.",
        **period,
    )

    assert "The regulation has no such exception" in text(refused)
    assert small_county.deadline(case_id, "assessment.decision").due == dt.date(2026, 2, 13)
    assert "Lawful exception" in text(visitor.get("/timers?status=excused"))


def test_a_case_is_withdrawn_by_form(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    visitor.sign_in("casework")
    address = f"/cases/{case_id}/withdraw"
    visitor.get(address)

    visitor.post(
        address,
        page=address,
        reason="They rang.",
        **{"on-day": "5", "on-month": "1", "on-year": "2026"},
    )

    assert "Withdrawn" in text(visitor.get(f"/cases/{case_id}"))


def test_a_name_typed_wrongly_is_still_found(small_county: County, visitor: Visitor) -> None:
    small_county.open_case(child_first_name="Oluwaseun", child_last_name="Adeyemi-Clarke")
    visitor.sign_in("casework")

    assert "Oluwaseun" in text(visitor.get("/cases?q=Oluwasuen+Adeyemi"))
    assert "No case was found" in text(visitor.get("/cases?q=Zzyzx"))


def test_the_other_pages_are_whole(small_county: County, visitor: Visitor) -> None:
    small_county.open_case()
    visitor.sign_in("manager")

    for address in (
        "/timers",
        "/timers?status=all",
        "/diagrams",
        "/diagrams/ehc_assessment/1",
        "/account",
        "/accessibility",
        "/tasks?scope=waiting",
        "/tasks?scope=mine",
    ):
        visitor.get(address)
    visitor.get("/nowhere", status=404)
    assert visitor.get("/diagrams/ehc_assessment/1.bpmn").mimetype == "application/xml"


def test_operators_are_told(visitor: Visitor) -> None:
    assert visitor.get("/health").json == {"status": "ok"}
    assert visitor.get("/ready").json["status"] == "ok"
    assert "ehcflow_timers_due 0.0" in text(visitor.get("/metrics"))
