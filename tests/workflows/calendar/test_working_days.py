"""Working days leave out weekends, England's bank holidays and the authority's closures."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from workflows.calendar.working_days import WorkingCalendar, bank_holidays

PLAIN = WorkingCalendar()
DAYS = st.dates(dt.date(2014, 9, 1), dt.date(2050, 12, 31))
COUNTS = st.integers(1, 40)


def test_the_bank_holidays_of_2026() -> None:
    on_weekdays = sorted(each for each in bank_holidays(2026) if each.weekday() < 5)

    assert on_weekdays == [
        dt.date(2026, 1, 1),
        dt.date(2026, 4, 3),  # Good Friday
        dt.date(2026, 4, 6),  # Easter Monday
        dt.date(2026, 5, 4),
        dt.date(2026, 5, 25),
        dt.date(2026, 8, 31),
        dt.date(2026, 12, 25),
        dt.date(2026, 12, 28),  # for Boxing Day, a Saturday
    ]


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2022-01-03", "New Year on a Saturday"),
        ("2021-12-28", "Boxing Day on a Sunday"),
        ("2022-12-27", "Christmas on a Sunday"),
        ("2020-05-08", "moved for VE Day"),
        ("2022-06-03", "the Platinum Jubilee"),
        ("2022-09-19", "the Queen’s funeral"),
        ("2023-05-08", "the Coronation"),
    ],
)
def test_substitutes_and_single_holidays_are_known(day: str, what: str) -> None:
    assert not PLAIN.is_working_day(dt.date.fromisoformat(day)), what


@pytest.mark.parametrize("day", ["2026-01-02", "2026-03-17", "2026-08-03", "2026-11-30"])
def test_holidays_of_scotland_and_ireland_are_working_days(day: str) -> None:
    assert PLAIN.is_working_day(dt.date.fromisoformat(day))


@given(DAYS, COUNTS, st.sets(st.integers(1, 30), max_size=10))
def test_between_there_are_as_many_working_days_as_counted(
    start: dt.date, count: int, closed: set[int]
) -> None:
    closures = frozenset(start + dt.timedelta(days=each) for each in closed)
    calendar = WorkingCalendar(closures)

    last = calendar.add_working_days(start, count)

    after = [start + dt.timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(calendar.is_working_day(each) for each in after) == count
    assert calendar.is_working_day(last)
    assert last not in closures


@given(DAYS, COUNTS)
def test_inclusive_counts_the_first_day_if_it_is_one(start: dt.date, count: int) -> None:
    last = PLAIN.add_working_days_inclusive(start, count)

    days = [start + dt.timedelta(days=n) for n in range((last - start).days + 1)]
    assert sum(PLAIN.is_working_day(each) for each in days) == count


def test_a_closure_between_christmas_and_new_year_is_not_counted() -> None:
    closed = WorkingCalendar(frozenset(dt.date(2026, 12, day) for day in (24, 29, 30, 31)))

    assert PLAIN.add_working_days(dt.date(2026, 12, 23), 3) == dt.date(2026, 12, 30)
    assert closed.add_working_days(dt.date(2026, 12, 23), 3) == dt.date(2027, 1, 6)
