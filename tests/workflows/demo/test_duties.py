"""The demo's register has each way that a review can stand."""

from tests.support.county import County
from workflows.calendar import london
from workflows.demo import duties
from workflows.queries.phased_duty_list import DutyFilter, phased_duty_list
from workflows.queries.phased_duty_reminders import phased_duty_reminders
from workflows.registers.reviews import Kind, Timer


def test_the_demo_shows_what_is_on_track_due_soon_and_late(small_county: County) -> None:
    duties.fill(small_county.system)

    today = london.local_date(small_county.system.clock.now())
    with small_county.system.read() as connection:
        rows = phased_duty_list(connection, DutyFilter(), today=today)
        said = phased_duty_reminders(connection)
    assert {each.timer for each in rows} == set(Timer)
    assert {each.kind for each in said} == set(Kind)
    assert sum(1 for each in rows if each.owner) == len(duties.REVIEWS)
