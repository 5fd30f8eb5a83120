"""Look whether the child was assessed in the six months before: Children and Families Act 2014, s.36(6)."""

from typing import Final

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from engine import ports
from workflows.context import CaseContext
from workflows.store.tables import cases

SIX_MONTHS: Final = relativedelta(months=6)


def check_previous_assessment(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `assessed_in_last_six_months` and `previous_case`, the reference of the earlier one."""
    del call
    row = case.case
    since = case.work.now - SIX_MONTHS
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
