"""Look whether the child was assessed not long before: Children and Families Act 2014, s.36(6)."""

import sqlalchemy as sa

from engine import ports
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import CaseContext
from workflows.duties import deadlines
from workflows.store.tables import cases


def check_previous_assessment(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `assessed_in_last_six_months` and `previous_case`, the reference of the earlier one."""
    del call
    row = case.case
    bar = case.rulebook.periods["repeat_request"].limit
    since = london.start_of_day(deadlines.last_day(bar, case.today, WorkingCalendar()))
    earlier = case.work.connection.execute(
        sa.select(cases.c.reference)
        .where(
            cases.c.child_date_of_birth == row.child_date_of_birth,
            sa.func.lower(cases.c.child_last_name) == row.child_last_name.lower(),
            sa.func.lower(cases.c.child_first_name) == row.child_first_name.lower(),
            cases.c.id != row.id,
            cases.c.outcome.in_(["issued", "no_plan"]),
            cases.c.closed_at > since,
        )
        .order_by(cases.c.closed_at.desc(), cases.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return ports.ServiceResult(
        {"assessed_in_last_six_months": earlier is not None, "previous_case": earlier or ""}
    )
