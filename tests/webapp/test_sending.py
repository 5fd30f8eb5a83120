"""Who completes a task sees what it sends and to whom, and says that it was checked."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from engine.store.tables import outbox
from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from workflows.demo import organisation
from workflows.store.tables import access_record, notices, parties

REGISTER = {"how_it_came": "letter", "six_months_checked": "no"}
TICK = {"recipients_checked": "yes"}


def task_at(county: County, case_id: UUID, element: str) -> str:
    county.walk(case_id, until=element)
    found = next(each for each in county.open_tasks(case_id) if each.element_id == element)
    return f"/tasks/{found.id}"


def issued(county: County, case_id: UUID) -> list[tuple[str, str, str]]:
    with county.system.read() as connection:
        statement = sa.select(
            notices.c.kind, notices.c.recipient_name, notices.c.recipient_email
        ).where(notices.c.case_id == case_id)
        return sorted(tuple(row) for row in connection.execute(statement))


def test_what_is_announced_is_what_is_sent(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "register_request")
    visitor.sign_in("casework")

    page = text(visitor.get(address))
    visitor.post(f"{address}/complete", page=address, **REGISTER, **TICK)

    assert "What will be sent" in page
    sent = issued(small_county, case_id)
    assert len(sent) == 4
    for _, name, email in sent:
        assert f"To {name}," in page
        assert email in page


def test_without_the_tick_nothing_is_sent_and_nothing_is_lost(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "register_request")
    visitor.sign_in("casework")

    notes = {"registration_notes": "Rang the school."}
    refused = text(
        visitor.post(f"{address}/complete", status=422, page=address, **REGISTER, **notes)
    )
    both = text(visitor.post(f"{address}/complete", status=422, page=address, **notes))

    assert "Confirm that you have checked who this is sent to" in refused
    assert "Rang the school." in refused
    assert "Select how the request came" in both, "all that is wrong is told at once"
    assert issued(small_county, case_id) == []


@pytest.mark.parametrize(
    ("element", "typed"),
    [
        ("decide_to_assess", {"decision_to_assess": "x" * 30}),
        ("choose_settings", {"settings_to_consult": "no-such-setting"}),
        ("comment_on_draft", {"comments_received_on-day": "99", "comments_received_on-year": "x"}),
    ],
)
def test_answers_that_make_no_sense_are_told_and_break_nothing(
    small_county: County, visitor: Visitor, element: str, typed: dict[str, str]
) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, element)
    visitor.sign_in("panel" if element == "decide_to_assess" else "casework")

    page = text(visitor.post(f"{address}/complete", status=422, page=address, **typed))

    assert "There is a problem" in page


def test_a_step_that_sends_nothing_asks_for_no_tick(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "collate_evidence")
    visitor.sign_in("casework")

    assert "What will be sent" not in text(visitor.get(address))


def test_every_way_a_decision_can_go_is_listed_with_its_previews(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "decide_to_assess")
    visitor.sign_in("panel")

    page = text(visitor.get(address))
    refusal = visitor.get(f"{address}/preview/send_refusal")
    to_setting = visitor.get(f"{address}/preview/send_notice_to_assess?letter=1")

    assert "We will not carry out" in page
    assert "We will carry out" in page
    assert refusal.data.startswith(b"%PDF-")
    assert refusal.mimetype == "application/pdf"
    assert to_setting.data != refusal.data
    for wrong in ("send_refusal?letter=7", "send_refusal?letter=x", "register_request", "nothing"):
        visitor.get(f"{address}/preview/{wrong}", status=404)


def test_a_preview_has_the_answers_saved_so_far(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "decide_to_assess")
    visitor.sign_in("panel")
    before = len(visitor.get(f"{address}/preview/send_refusal").data)

    visitor.post(f"{address}/draft", page=address, decision_reasons="Needs are met. " * 200)

    assert len(visitor.get(f"{address}/preview/send_refusal").data) > before


def test_a_preview_is_on_record_and_only_for_who_may_complete(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    preview = f"{task_at(small_county, case_id, 'decide_to_assess')}/preview/send_refusal"
    for name in ("casework", "outsider", "setting"):
        visitor.sign_in(name)
        visitor.get(preview, status=404)
    visitor.sign_in("panel")

    visitor.get(preview)

    with small_county.system.read() as connection:
        looks = connection.execute(
            sa.select(access_record.c.person_id, access_record.c.what).where(
                access_record.c.what.startswith("preview")
            )
        ).all()
    assert [row.person_id for row in looks] == [organisation.person_id("panel")]


def test_each_of_those_who_are_chosen_is_listed(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "choose_advisers")
    visitor.sign_in("casework")

    page = text(visitor.get(address))

    for name in ("Education", "Health", "Educational psychology", "Social care"):
        assert f"To {name}," in page
    assert "To Joan Example," in page, "the family is asked by its own letter"
    assert "with their task; they are told in the morning" in page


def test_who_cannot_be_reached_is_told_of(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case(parent_email="")
    address = task_at(small_county, case_id, "register_request")
    visitor.sign_in("casework")

    assert "There is neither an email nor a postal address" in text(visitor.get(address))
    with small_county.system.engine.begin() as connection:
        connection.execute(parties.update().values(address="1 High Street\nWoldham"))
    assert "to print and post to 1 High Street, Woldham" in text(visitor.get(address))


def test_the_case_page_says_what_became_of_each_notice(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case(parent_email="")
    small_county.walk(case_id, until="give_views")
    now = small_county.system.clock.now()
    fates = {
        "health_hub@wolds.test": {"status": "delivered", "sent_at": now, "settled_at": now},
        "social_care@wolds.test": {
            "status": "failed",
            "settled_at": now,
            "last_error": "There is no such address.",
        },
        "office@st-aidans.test": {"status": "sent", "sent_at": now},
    }
    with small_county.system.engine.begin() as connection:
        for row in connection.execute(sa.select(outbox.c.id, outbox.c.payload)).all():
            values = fates[row.payload["to"]]
            connection.execute(outbox.update().where(outbox.c.id == row.id).values(**values))
    visitor.sign_in("casework")

    page = " ".join(text(visitor.get(f"/cases/{case_id}")).split())

    assert "Emailed to health_hub@wolds.test on 5 January 2026: delivered" in page
    assert "Emailed to office@st-aidans.test on 5 January 2026<" in page.replace(" <", "<")
    assert "No email address: print and post" in page
    assert "Not delivered" in page
    assert (
        "The email to social_care@wolds.test failed on 5 January 2026: There is no such address."
        in page
    )


def test_a_notice_is_there_as_pdf_and_word_with_the_hashes_of_its_files(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    visitor.sign_in("casework")
    with small_county.system.read() as connection:
        row = connection.execute(
            sa.select(*notices.c).where(notices.c.kind == "acknowledgement")
        ).one()
    address = f"/cases/{case_id}/documents/{row.document_id}"

    page = text(visitor.get(f"/cases/{case_id}"))
    word = visitor.get(f"{address}/word")

    assert f'href="{address}/word"' in page
    assert f"PDF {row.pdf_sha256[:8]}, Word {row.word_sha256[:8]}" in page
    assert visitor.get(address).data.startswith(b"%PDF-")
    assert word.data.startswith(b"PK")
    assert word.headers["Content-Disposition"].startswith("attachment")
    visitor.sign_in("outsider")
    visitor.get(f"{address}/word", status=404)


def test_an_email_that_failed_is_told_to_those_who_sent_it(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    address = task_at(small_county, case_id, "give_views")
    visitor.sign_in("casework")
    link = {"link_name": "Joan", "link_email": "joan@gone.test"}
    visitor.post(f"{address}/links", page=address, **link)
    with small_county.system.engine.begin() as connection:
        connection.execute(
            outbox.update()
            .where(outbox.c.key.startswith("personal-link"))
            .values(status="failed", last_error="Unknown.")
        )

    page = text(visitor.get(f"/cases/{case_id}"))

    assert "The email to joan@gone.test failed" in page


@pytest.mark.parametrize("choice", ["daily", "weekly", "none"])
def test_people_choose_how_often_they_are_written_to(visitor: Visitor, choice: str) -> None:
    visitor.sign_in("casework")

    visitor.post("/account/digest", page="/account", digest=choice)

    assert f'value="{choice}" checked' in text(visitor.get("/account"))


def test_a_choice_that_is_none_is_refused_and_families_have_none(visitor: Visitor) -> None:
    visitor.sign_in("casework")
    visitor.post("/account/digest", status=422, page="/account", digest="hourly")

    visitor.sign_in("parent")

    assert "Email about your work" not in text(visitor.get("/account"))
