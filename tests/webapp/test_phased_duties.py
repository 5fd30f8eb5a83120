"""The register of phased duties: owner, state, evidence, reviews and what is said about them."""

import datetime as dt
import io
from typing import Any

import pytest

from engine import errors, ports
from engine.store.database import reading
from tests.support.county import County, settle
from tests.support.pages import Visitor, source_of as text
from workflows import bootstrap
from workflows.commands.add_duty_evidence import AddDutyEvidence
from workflows.commands.bring_duty_review_forward import BringDutyReviewForward
from workflows.commands.change_phased_duty import ChangePhasedDuty
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.review_phased_duty import ReviewPhasedDuty
from workflows.demo import organisation
from workflows.queries.phased_duty_reminders import Said, phased_duty_reminders
from workflows.registers.reviews import Kind
from workflows.store.phased_duties import ChangedMeanwhile

DUTY = "comments_published"
OFFER = "local_offer_published"
ADDRESS = f"/phased-duties/{DUTY}"


def today(county: County) -> dt.date:
    return county.system.clock.now().date()


def reviewed(county: County, duty: str = DUTY, days_ago: int = 0) -> None:
    on = today(county) - dt.timedelta(days=days_ago)
    command = ReviewPhasedDuty(duty, on, "in_place", "All is well.")
    county.system.execute(command, county.person("manager"))


def said(county: County, since: dt.datetime | None = None, duty: str = DUTY) -> tuple[Said, ...]:
    with reading(county.system.engine) as connection:
        return phased_duty_reminders(connection, since, duty=duty)


@pytest.mark.parametrize(
    ("name", "status"),
    [("manager", 200), ("commissioner", 200), ("casework", 200), ("panel", 404), ("parent", 404)],
)
def test_the_register_is_for_managers_commissioning_and_casework(
    visitor: Visitor, name: str, status: int
) -> None:
    visitor.sign_in(name)

    visitor.get("/phased-duties", status)
    visitor.get(ADDRESS, status)


def test_it_is_found_where_registers_are(visitor: Visitor) -> None:
    visitor.sign_in("casework")
    assert 'href="/phased-duties"' in text(visitor.get("/registers"))

    visitor.sign_in("panel")
    assert 'href="/phased-duties"' not in text(visitor.get("/registers"))

    visitor.sign_in("commissioner")
    assert 'href="/phased-duties"' in text(visitor.get("/tasks"))


def test_casework_looks_and_changes_nothing(visitor: Visitor, small_county: County) -> None:
    visitor.sign_in("casework")
    before = small_county.everything()

    page = text(visitor.get(ADDRESS))
    visitor.get(f"{ADDRESS}/change", 404)
    visitor.post(f"{ADDRESS}/change", 404, state="in_place")
    with pytest.raises(errors.Forbidden):
        small_county.system.execute(
            ChangePhasedDuty(DUTY, "", "in_place"), small_county.person("casework")
        )

    assert "What you can do" not in page
    assert small_county.everything()["phased_duties"] == before["phased_duties"] == []


def test_a_duty_gets_owner_state_and_review_and_each_is_in_its_history(
    visitor: Visitor, small_county: County
) -> None:
    visitor.sign_in("commissioner")
    owner = organisation.person_id("commissioner")

    given = {"owner": owner, "state": "in_progress", "note": "Asked the parent carer forum."}
    visitor.post(f"{ADDRESS}/change", page=f"{ADDRESS}/change", revision="0", **given)
    day = today(small_county)
    on = {"on-day": day.day, "on-month": day.month, "on-year": day.year}
    found = {"state": "in_place", "finding": "Forty comments, all answered.", "revision": "1"}
    visitor.post(f"{ADDRESS}/review", page=f"{ADDRESS}/review", **on, **found)

    page = text(visitor.get(ADDRESS))
    assert "Fiona Reid" in page
    assert "Forty comments, all answered." in page
    assert "Asked the parent carer forum." in page
    assert "On track" in page
    row = next(
        part
        for part in text(visitor.get("/phased-duties")).split("<tr ")
        if f'href="{ADDRESS}"' in part
    )
    assert "In place" in row
    assert f"{day.year + 1}" in row


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(
    visitor: Visitor, small_county: County
) -> None:
    manager = small_county.person("manager")
    small_county.system.execute(ChangePhasedDuty(DUTY, "", "in_progress", seen=0), manager)
    visitor.sign_in("commissioner")

    refused = text(
        visitor.post(
            f"{ADDRESS}/change", 409, page=f"{ADDRESS}/change", revision="0", state="not_in_place"
        )
    )

    assert "A colleague has changed this duty meanwhile" in refused
    with pytest.raises(ChangedMeanwhile):
        small_county.system.execute(ChangePhasedDuty(DUTY, "", "in_place", seen=0), manager)
    assert "In progress" in text(visitor.get(ADDRESS))


@pytest.mark.parametrize(
    ("address", "given", "message"),
    [
        ("change", {"state": "perfect"}, "Select how far it is from the list"),
        ("change", {"state": "in_place", "owner": "nobody"}, "Select owner from the list"),
        ("review", {"state": "in_place", "finding": ""}, "Enter what the review found"),
        (
            "review",
            {
                "on-day": "1",
                "on-month": "1",
                "on-year": "2030",
                "state": "in_place",
                "finding": "Good.",
            },
            "must be today or in the past",
        ),
        ("add-evidence", {"text": ""}, "Enter what it shows"),
        ("add-evidence", {"text": "See", "link": "javascript:alert(1)"}, "Enter a web address"),
        ("add-evidence", {"text": "See", "link": "https://"}, "Enter a web address"),
        ("add-evidence", {"text": "See", "link": "http://[broken"}, "Enter a web address"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    visitor: Visitor, small_county: County, address: str, given: dict[str, str], message: str
) -> None:
    visitor.sign_in("manager")
    before = small_county.everything()["phased_duties"]

    refused = text(visitor.post(f"{ADDRESS}/{address}", 422, page=f"{ADDRESS}/{address}", **given))

    assert message in refused
    assert small_county.everything()["phased_duties"] == before


def test_a_review_is_brought_forward_and_never_put_off(
    visitor: Visitor, small_county: County
) -> None:
    reviewed(small_county)
    manager, day = small_county.person("manager"), today(small_county)
    soon, far = day + dt.timedelta(days=60), day + dt.timedelta(days=800)

    for wrong in (far, day - dt.timedelta(days=1)):
        with pytest.raises(errors.Invalid):
            small_county.system.execute(BringDutyReviewForward(DUTY, wrong, "Why not"), manager)
    with pytest.raises(errors.Invalid):
        small_county.system.execute(BringDutyReviewForward(DUTY, soon, " "), manager)
    small_county.system.execute(BringDutyReviewForward(DUTY, soon, "Inspection"), manager)

    visitor.sign_in("manager")
    page = text(visitor.get(ADDRESS))
    assert "Brought forward: Inspection" in page
    assert "in 60 days" in page


def test_evidence_is_read_withdrawn_with_a_reason_and_kept(
    visitor: Visitor, small_county: County
) -> None:
    visitor.sign_in("commissioner")
    upload = (io.BytesIO(b"%PDF-1.7 minutes"), "minutes.pdf")
    visitor.post(
        f"{ADDRESS}/add-evidence",
        page=f"{ADDRESS}/add-evidence",
        text="Minutes of the forum <b>",
        link="https://localoffer.wolds.test/comments",
        **{"document-upload": upload},
    )
    (row,) = small_county.everything()["phased_duty_evidence"]

    visitor.sign_in("casework")
    page = visitor.get(ADDRESS)
    file = visitor.get(f"{ADDRESS}/evidence/{row.id}")
    visitor.get(f"/phased-duties/{OFFER}/evidence/{row.id}", 404)
    visitor.sign_in("panel")
    visitor.get(f"{ADDRESS}/evidence/{row.id}", 404)
    visitor.sign_in("commissioner")
    withdraw = f"{ADDRESS}/evidence/{row.id}/withdraw"
    unsaid = text(visitor.post(withdraw, 422, page=withdraw, reason=" "))
    visitor.post(withdraw, page=withdraw, reason="The wrong year")
    again = text(visitor.post(withdraw, 409, page=withdraw, reason="Again"))

    assert "minutes.pdf" in text(page)
    assert file.get_data() == b"%PDF-1.7 minutes"
    assert "Say why." in unsaid
    assert "has been withdrawn already" in again
    after = text(visitor.get(ADDRESS))
    assert "The wrong year" in after
    assert "Minutes of the forum &lt;b&gt;" in after
    assert after.count("The wrong year") == 2, "beside the evidence, and in the history"


def test_a_file_that_is_not_what_its_name_says_is_no_evidence(
    visitor: Visitor, small_county: County
) -> None:
    visitor.sign_in("manager")
    upload = (io.BytesIO(b"MZ\x90"), "minutes.pdf")

    refused = text(
        visitor.post(
            f"{ADDRESS}/add-evidence",
            422,
            page=f"{ADDRESS}/add-evidence",
            text="Minutes",
            **{"document-upload": upload},
        )
    )

    assert "is not what its name says" in refused
    assert small_county.everything()["phased_duty_evidence"] == []


def test_the_register_is_filtered(visitor: Visitor, small_county: County) -> None:
    reviewed(small_county)
    visitor.sign_in("manager")

    should = text(visitor.get("/phased-duties?force=should"))
    after = text(visitor.get("/phased-duties?phase=after&state=in_place&timer=on_track"))
    nonsense = text(visitor.get("/phased-duties?force=perhaps"))

    assert "2 duties" in should
    assert "1 duty" in after
    assert ADDRESS in after
    assert "11 duties" in nonsense


def test_a_reminder_and_an_escalation_are_said_exactly_once_each(
    database_url: str, tmp_path: Any
) -> None:
    county = County(settle(database_url, tmp_path))
    manager, clock = county.person("manager"), county.system.clock
    county.system.execute(ChangePhasedDuty(DUTY, manager.id, "in_place"), manager)
    reviewed(county)
    due = today(county).replace(year=today(county).year + 1)
    kinds = []

    for day in (
        due - dt.timedelta(days=40),
        due - dt.timedelta(days=20),
        due - dt.timedelta(days=19),
        due,
        due + dt.timedelta(days=1),
        due + dt.timedelta(days=90),
    ):
        clock.move_to(dt.datetime.combine(day, dt.time(12), dt.UTC))
        bootstrap.remind_of_reviews(county.system)
        bootstrap.remind_of_reviews(county.system)
        kinds.append([each.kind for each in said(county)])

    reminder, escalation = Kind.REMINDER, Kind.ESCALATION
    assert kinds == [
        [],
        [reminder],
        [reminder],
        [reminder],
        [escalation, reminder],
        [escalation, reminder],
    ]
    assert [each.owner for each in said(county)] == ["Grace Okafor"] * 2
    since = clock.now() - dt.timedelta(days=100)
    assert [each.kind for each in said(county, since)] == [escalation]
    county.system.engine.dispose()


def test_a_new_review_is_reminded_of_anew(small_county: County) -> None:
    reviewed(small_county)
    clock = small_county.system.clock
    for _ in range(2):
        clock.move_to(clock.now() + dt.timedelta(days=350))
        small_county.system.execute(RemindOfDutyReviews(), ports.SYSTEM)
        reviewed(small_county)

    assert [each.kind for each in said(small_county)] == [Kind.REMINDER] * 2


def test_managers_see_what_was_said_and_casework_the_duties_only(
    visitor: Visitor, small_county: County
) -> None:
    small_county.system.execute(RemindOfDutyReviews(), ports.SYSTEM)

    visitor.sign_in("manager")
    listed = text(visitor.get("/phased-duties"))
    visitor.sign_in("casework")
    quiet = text(visitor.get("/phased-duties"))

    assert "Escalation, " in listed, "nobody ever reviewed anything here"
    assert "Escalation, " not in quiet


def test_only_the_clockwork_reminds(small_county: County) -> None:
    with pytest.raises(errors.Forbidden):
        small_county.system.execute(RemindOfDutyReviews(), small_county.person("manager"))


def test_a_duty_that_is_not_in_the_register_is_not_found(
    visitor: Visitor, small_county: County
) -> None:
    visitor.sign_in("manager")
    manager = small_county.person("manager")

    visitor.get("/phased-duties/nothing", 404)
    for command in (
        ChangePhasedDuty("nothing", "", "in_place"),
        AddDutyEvidence("nothing", "See"),
        ReviewPhasedDuty("nothing", today(small_county), "in_place", "Good"),
    ):
        with pytest.raises(errors.NotFound):
            small_county.system.execute(command, manager)
