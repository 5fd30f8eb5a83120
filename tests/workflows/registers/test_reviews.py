"""When a duty is looked at again, and what is said by when."""

import datetime as dt
from dataclasses import replace

import pytest

from workflows.registers import load, reviews
from workflows.registers.reviews import Kind, Timer

DUTY = replace(load.current().duties[0], first_due=dt.date(2014, 9, 1), review_months=12)
D = dt.date


@pytest.mark.parametrize(
    ("last", "earlier", "expected"),
    [
        (None, None, D(2014, 9, 1)),
        (D(2026, 2, 28), None, D(2027, 2, 28)),
        (D(2024, 2, 29), None, D(2025, 2, 28)),
        (D(2026, 2, 28), D(2026, 6, 1), D(2026, 6, 1)),
        (D(2026, 2, 28), D(2028, 6, 1), D(2027, 2, 28)),
    ],
)
def test_the_next_review_follows_the_interval_or_an_earlier_day(
    last: dt.date | None, earlier: dt.date | None, expected: dt.date
) -> None:
    assert reviews.next_review(DUTY, last, earlier) == expected


def test_a_duty_without_a_first_day_is_reviewed_an_interval_after_it_came_into_force() -> None:
    later = replace(DUTY, first_due=None, in_force_from=D(2020, 4, 1))

    assert reviews.next_review(later, None, None) == D(2021, 4, 1)


@pytest.mark.parametrize(
    ("today", "timer", "said"),
    [
        (D(2026, 4, 29), Timer.ON_TRACK, None),
        (D(2026, 4, 30), Timer.DUE_SOON, Kind.REMINDER),
        (D(2026, 5, 31), Timer.DUE_SOON, Kind.REMINDER),
        (D(2026, 6, 1), Timer.LATE, Kind.ESCALATION),
        (D(2030, 1, 1), Timer.LATE, Kind.ESCALATION),
    ],
)
def test_a_month_before_there_is_a_reminder_and_the_day_after_an_escalation(
    today: dt.date, timer: Timer, said: Kind | None
) -> None:
    review = D(2026, 5, 31)

    assert reviews.timer(review, today) == timer
    assert reviews.wanted(review, today) == said
