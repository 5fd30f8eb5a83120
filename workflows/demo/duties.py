"""The demo county's register of phased duties: most in place, one late, one coming up, one not begun."""

import datetime as dt
from typing import Final

from engine import ports
from workflows.access import people as directory
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.add_duty_evidence import AddDutyEvidence
from workflows.commands.change_phased_duty import ChangePhasedDuty
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.review_phased_duty import ReviewPhasedDuty
from workflows.demo import organisation

OFFER: Final = "https://localoffer.wolds.test"
# Duty, its owner, how many days ago it was reviewed, its state, and what was found.
REVIEWS: Final = (
    ("local_offer_published", "commissioner", 90, "in_place", "All of Schedule 2 is there."),
    ("information_and_advice", "commissioner", 345, "in_place", "The contract runs to 2028."),
    ("transition_plan_published", "manager", 200, "in_place", "Kept on the site as a record."),
    ("plan_template_tried", "manager", 300, "in_place", "Section A was made longer."),
    ("personal_budget_policy", "budgets", 150, "in_progress", "The rates are being redone."),
    ("mediation_commissioned", "commissioner", 60, "in_place", "All cases within 30 days."),
    ("joint_commissioning", "commissioner", 250, "in_place", "Agreed with the health board."),
    ("local_offer_reviewed", "commissioner", 400, "in_place", "Families met in March."),
    ("comments_published", "commissioner", 120, "in_place", "Forty comments, all answered."),
)


def fill(system: System) -> None:
    """Enter owners, reviews and evidence, and let the clockwork say what is due."""
    today = london.local_date(system.now())
    with system.read() as connection:
        manager = directory.person(connection, organisation.person_id("manager"))
    for duty, owner, days, state, finding in REVIEWS:
        system.execute(ChangePhasedDuty(duty, organisation.person_id(owner), state), manager)
        on = today - dt.timedelta(days=days)
        system.execute(ReviewPhasedDuty(duty, on, state, finding), manager)
    for duty, text in (
        ("local_offer_published", "The local offer"),
        ("comments_published", "Comments of this year, with the answers"),
    ):
        system.execute(AddDutyEvidence(duty, text, OFFER), manager)
    system.execute(RemindOfDutyReviews(), ports.SYSTEM)
