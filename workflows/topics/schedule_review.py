"""Tell when the plan is reviewed next: Children and Families Act 2014, s.44(1); SEND Regs, reg 15(5)."""

from engine import ports
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.duties import deadlines


def schedule_review(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return the last day of the next review, and its number, by which it is called.

    After a review (`after` is "review", whose number is the variable `review`) they are
    `next_review_due` and `next_review`; else, for the first one, `review_due` and `review`.
    """
    if call.properties.get("after") == "review":
        limit = case.rulebook.newest("review.again").limit
        due = deadlines.last_day(limit, case.today, WorkingCalendar())
        number = str(call.variables.get("review"))
        following = str(int(number) + 1) if number.isdecimal() else f"{number}, then"
        return ports.ServiceResult({"next_review_due": str(due), "next_review": following})
    first = case.functions()["due_of"]("first_review")
    return ports.ServiceResult({"review_due": str(first) if first else None, "review": "1"})
