"""What a case has to say in a notice: names, dates, reasons, sections."""

import datetime as dt
from typing import Final

from engine import ports
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.duties import deadlines

REASONS: Final = ("reasons", "decision_reasons", "plan_reasons")
DAYS: Final = ("received_on", "ended_on", "ordered_on", "review_starts_on", "review_due")
PROPOSED: Final = {"yes": "we propose one", "no": "we propose none"}


def values(call: ports.ServiceCall, case: CaseContext) -> dict[str, str]:
    """Return what the fields of a notice are filled with; what is not known is not there."""
    row = case.case
    found = {
        name: value for name, value in call.variables.items() if isinstance(value, str) and value
    }
    for name in DAYS:
        if name in found:
            found[name] = _plain(_day(found[name]))
    found |= {key: str(value) for key, value in case.authority.items() if value}
    found |= {
        "child": f"{row.child_first_name} {row.child_last_name}",
        "reference": row.reference,
        "reasons": next((found[name] for name in REASONS if found.get(name)), ""),
    }
    if call.properties.get("reasons"):
        found["reasons"] = call.properties["reasons"]
    item = call.item if isinstance(call.item, dict) else {}
    found["adviser"] = str(item.get("label", ""))
    found["setting_name"] = str(item.get("name", ""))
    for name, duty in (
        ("decision_due", "assessment.decision"),
        ("final_due", "assessment.final_plan"),
    ):
        found[name] = _plain(case.functions()["due"](duty))
    for name, duty in (
        ("representations_until", "assessment.representations"),
        ("amendments_until", "review.representations"),
    ):
        limit = case.rulebook.newest(duty).limit
        found[name] = _plain(deadlines.last_day(limit, case.today, WorkingCalendar()))
    amount = call.variables.get("budget_amount")
    if isinstance(amount, int | float):
        found["budget_amount"] = f"{amount:,.2f}".removesuffix(".00")
    found["new_assessment"] = PROPOSED.get(str(call.variables.get("new_assessment_proposed")), "")
    found.setdefault("review_due", _plain(case.functions()["due"]("move.review")))
    return {name: value for name, value in found.items() if value}


def _day(text: str) -> dt.date | None:
    """Return a day, None for what is no day (a draft may hold that)."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _plain(day: object) -> str:
    return f"{day.day} {day:%B %Y}" if isinstance(day, dt.date) else ""
