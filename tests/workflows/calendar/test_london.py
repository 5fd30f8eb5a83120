"""Days end in London, in summer an hour earlier for UTC."""

import datetime as dt

import pytest
from hypothesis import example, given, strategies as st

from workflows.calendar import london

DAYS = st.dates(dt.date(2014, 1, 1), dt.date(2060, 12, 31))
INSTANT = dt.timedelta(microseconds=1)
FORWARD, BACK = dt.date(2026, 3, 29), dt.date(2026, 10, 25)


@given(DAYS)
@example(FORWARD)
@example(BACK)
@example(dt.date(2024, 2, 29))
@example(dt.date(2026, 12, 31))
def test_a_day_lasts_up_to_its_last_instant_in_london(day: dt.date) -> None:
    begins, ends = london.start_of_day(day), london.end_of_day(day)

    assert london.local_date(begins) == day
    assert london.local_date(ends - INSTANT) == day
    assert london.local_date(begins - INSTANT) == day - dt.timedelta(days=1)
    assert london.local_date(ends) == day + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "hours"), [(FORWARD, 23), (BACK, 25), (dt.date(2026, 6, 1), 24)], ids=str
)
def test_a_day_on_which_the_clocks_change_is_longer_or_shorter(day: dt.date, hours: int) -> None:
    lasts = london.end_of_day(day) - london.start_of_day(day)

    assert lasts == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-05-25T22:59:59+00:00", "2026-05-25"),
        ("2026-05-25T23:00:00+00:00", "2026-05-26"),
        ("2026-12-31T23:59:59+00:00", "2026-12-31"),
        ("2026-05-25T20:30:00-05:00", "2026-05-26"),
    ],
)
def test_a_moment_is_on_the_day_that_it_is_in_london(moment: str, day: str) -> None:
    assert london.local_date(dt.datetime.fromisoformat(moment)) == dt.date.fromisoformat(day)


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = dt.datetime.fromisoformat("2026-05-25T12:00:00")

    with pytest.raises(ValueError, match="time zone"):
        london.local_date(naive)


@given(DAYS)
def test_moments_are_handed_on_in_utc(day: dt.date) -> None:
    assert london.start_of_day(day).tzinfo is dt.UTC
