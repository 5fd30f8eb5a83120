"""A register of phased duties that is wrong names the duty, the field and what to do."""

import datetime as dt

import pytest

from workflows.registers import load
from workflows.registers.model import Force, NoSuchPhasedDuty, Phase
from workflows.rulebook.model import RulebookError

ONE = """
[[duties]]
code = "offer"
title = "Publish the offer"
what = "It can be read."
force = "must"
phase = "by_september_2014"
first_due = 2014-09-01
review_months = 12
source = "Section 30"
url = "https://www.legislation.gov.uk/"
in_force_from = 2014-09-01
in_force_to = 2026-08-31
"""
LATER = ONE.replace("in_force_from = 2014-09-01", "in_force_from = 2026-09-01").replace(
    "in_force_to = 2026-08-31\n", ""
)


def test_what_is_written_is_what_is_read() -> None:
    (duty,) = load.read(ONE.encode()).duties

    assert (duty.force, duty.phase) == (Force.MUST, Phase.BY_SEPTEMBER_2014)
    assert duty.first_due == dt.date(2014, 9, 1)
    assert duty.review_months == 12
    assert duty.verified


def test_a_duty_is_asked_for_as_it_stood_on_a_day() -> None:
    book = load.read((ONE + LATER.replace("12", "6")).encode())

    assert book.duty("offer", dt.date(2026, 8, 31)).review_months == 12
    assert book.duty("offer", dt.date(2026, 9, 1)).review_months == 6
    with pytest.raises(NoSuchPhasedDuty):
        book.duty("offer", dt.date(2014, 8, 31))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('force = "must"', 'force = "may"', "“may” is no force. Use one of: must, should"),
        ('phase = "by_september_2014"', 'phase = "now"', "“now” is no phase"),
        ("review_months = 12", "review_months = 0", "“review_months” must be from 1 to 60"),
        ("review_months = 12", "review_month = 12", "Did you mean “review_months”"),
        ("review_months = 12", 'review_months = "12"', "must be int, not '12'"),
        ("first_due = 2014-09-01", 'first_due = "2014"', "“first_due” must be date"),
        ('source = "Section 30"', 'source = " "', "“source” is missing"),
        ("in_force_to = 2026-08-31", "in_force_to = 2013-08-31", "lies before"),
        ("[[duties]]", "[duties]", "must be list"),
        ('code = "offer"', "code = ", "phased_duties.toml"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(before: str, after: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        load.read(ONE.replace(before, after, 1).encode())


def test_two_versions_of_a_duty_are_never_in_force_at_once() -> None:
    with pytest.raises(RulebookError, match="two versions are in force on 2014-09-01"):
        load.read((ONE + ONE).encode())


def test_our_own_register_has_every_duty_of_the_authority_with_its_source() -> None:
    duties = {each.code: each for each in load.current().duties}

    assert set(duties) == {
        "local_offer_published",
        "information_and_advice",
        "transition_plan_published",
        "plan_template_tried",
        "personal_budget_policy",
        "mediation_commissioned",
        "disagreement_resolution_commissioned",
        "joint_commissioning",
        "local_offer_reviewed",
        "comments_published",
        "provision_kept_under_review",
    }
    assert duties["comments_published"].review_months == 12, "regulation 56: at least annually"
    assert duties["transition_plan_published"].force == Force.SHOULD
    assert all(each.source and each.url.startswith("https://") for each in duties.values())
