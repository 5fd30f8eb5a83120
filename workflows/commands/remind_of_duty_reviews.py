"""Say which reviews of the authority's duties come up, and which were missed: each once."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.registers import load, reviews
from workflows.store import phased_duties


@dataclass(frozen=True, slots=True)
class RemindOfDutyReviews:
    """Put the reminders and escalations on record that are wanted by now."""


def remind_of_duty_reviews(command: RemindOfDutyReviews, work: Work) -> None:
    """Put them on record; what was said before is not said again, whoever asks."""
    del command
    today = london.local_date(work.now)
    standing = phased_duties.standing(work.connection)
    said = phased_duties.said(work.connection)
    for duty in load.current().in_force(today):
        row = standing.get(duty.code)
        review = reviews.next_review(
            duty, row.last_reviewed if row else None, row.earlier_review if row else None
        )
        kind = reviews.wanted(review, today)
        if kind is None or (duty.code, kind.value, review) in said:
            continue
        phased_duties.say_once(
            work.connection,
            {
                "duty": duty.code,
                "kind": kind.value,
                "review_on": review,
                "at": work.now,
                "owner": row.owner if row else "",
            },
        )
