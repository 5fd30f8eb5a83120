"""Tell when the plan is first reviewed: Children and Families Act 2014, s.44(1)."""

from engine import ports
from workflows.context import CaseContext


def schedule_review(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `review_due`, the last day for the first annual review."""
    del call
    due = case.functions()["due"]("plan.first_review")
    return ports.ServiceResult({"review_due": str(due) if due else None})
