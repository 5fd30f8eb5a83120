"""Tell when the plan is reviewed next: Children and Families Act 2014, s.44(1); SEND Regs, reg 15(5)."""

import datetime as dt

from engine import ports
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.duties import deadlines


def schedule_review(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return the last day of the next review and its year, by which the review is called.

    After a review (`after` is "review") they are `next_review_due` and `next_review`; else, for the
    first review of a plan, `review_due` and `review`.
    """
    if call.properties.get("after") == "review":
        limit = case.rulebook.newest("review.again").limit
        due: object = deadlines.last_day(limit, case.today, WorkingCalendar())
        return ports.ServiceResult({"next_review_due": str(due), "next_review": _year(due)})
    due = case.functions()["due_of"]("first_review")
    return ports.ServiceResult({"review_due": str(due) if due else None, "review": _year(due)})


def _year(due: object) -> str:
    return str(due.year) if isinstance(due, dt.date) else ""
