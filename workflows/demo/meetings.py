"""What else happens in the demo's county: families go to mediation, ask for budgets, move in."""

import datetime as dt
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine.commands.deliver_message import DeliverMessage
from engine.store.tables import message_waits
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.open_case import OpenCase
from workflows.commands.start_on_case import StartOnCase
from workflows.store.tables import cases

AFTER: Final = dt.timedelta(days=12)  # from a notice to the family's contact with the adviser
BUDGET_AFTER: Final = dt.timedelta(days=20)  # from a plan to the request for a budget
MOVES_EVERY: Final = 90  # days


class Meetings:
    """What begins on a day besides requests for an assessment."""

    def __init__(self, system: System, casework: Person) -> None:
        """Keep who enters it."""
        self._system, self._casework = system, casework
        self._seen: set[UUID] = set()

    def live(self, day: int) -> None:
        """Let some families contact the adviser, ask for a budget, or move in with a plan."""
        self._contact()
        self._ask_for_budgets()
        if day % MOVES_EVERY == MOVES_EVERY // 2:
            self._move_in(day)

    def _contact(self) -> None:
        """Every family that was refused goes to the adviser; every fourth that has a plan."""
        today = london.local_date(self._system.clock.now())
        with self._system.read() as connection:
            rows = connection.execute(
                sa.select(message_waits.c.id, message_waits.c.subject_id, cases.c.reference)
                .join(cases, cases.c.id == message_waits.c.subject_id)
                .where(
                    message_waits.c.message == "adviser_contacted",
                    message_waits.c.since <= self._system.clock.now() - AFTER,
                )
                .order_by(cases.c.reference)
            ).all()
        for row in rows:
            if row.id in self._seen:
                continue
            self._seen.add(row.id)
            if int(row.reference[-2:]) % 4 == 0:
                command = DeliverMessage(
                    "adviser_contacted", row.subject_id, {"contacted_on": today.isoformat()}
                )
                self._system.execute(command, self._casework)

    def _ask_for_budgets(self) -> None:
        now = self._system.clock.now()
        with self._system.read() as connection:
            rows = connection.execute(
                sa.select(cases.c.id, cases.c.reference)
                .where(cases.c.outcome == "issued", cases.c.closed_at <= now - BUDGET_AFTER)
                .order_by(cases.c.reference)
            ).all()
        for row in rows:
            if row.id in self._seen:
                continue
            self._seen.add(row.id)
            if int(row.reference[-2:]) % 5 == 0:
                values = {
                    "budget_requested_on": london.local_date(now).isoformat(),
                    "budget_context": "plan",
                }
                self._system.execute(StartOnCase("personal_budget", row.id, values), self._casework)

    def _move_in(self, day: int) -> None:
        today = london.local_date(self._system.clock.now())
        values = {
            "transfer_kind": "moved_in",
            "received_on": today.isoformat(),
            "child_first_name": ("Tilly", "Yusuf", "Nell", "Owen")[day // MOVES_EVERY % 4],
            "child_last_name": ("Marsh", "Rahman", "Sutton", "Pike")[day // MOVES_EVERY % 4],
            "child_date_of_birth": (today - dt.timedelta(days=365 * 9 + day)).isoformat(),
            "setting": "beck-lane",
            "area": "north",
            "year_group": "4",
            "parent_name": "Parent who moved in",
            "parent_email": f"moved{day}@families.test",
        }
        self._system.execute(OpenCase("statement_transfer", values), self._casework)
