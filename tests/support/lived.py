"""A county that has lived: chance decides what happens on which case, the same for the same seed."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.worker.timers import fire_due
from tests.support.county import County
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.record_exception import RecordException
from workflows.duties import delays
from workflows.rulebook import load
from workflows.store.tables import case_facts, deadlines

FIRST = 4  # cases that there are before anything else happens


class Life:
    """What happens in a county, step by step."""

    def __init__(self, county: County, seed: int) -> None:
        self.county = county
        self.chance = random.Random(seed)
        self.cases: list[UUID] = []

    def go_on(self, steps: int) -> None:
        """Let so many things happen; what is refused changes nothing, and counts as well."""
        happenings: list[tuple[Callable[[], None], int]] = [
            (self.open_case, 4),
            (self.work, 26),
            (self.pass_time, 7),
            (self.correct, 5),
            (self.excuse, 6),
            (self.explain, 9),
            (self.end, 1),
        ]
        for _ in range(FIRST):
            self.open_case()
        for _ in range(steps):
            chosen = self.chance.choices(*zip(*happenings, strict=True))[0]
            with suppress(errors.Refused):
                chosen()

    def open_case(self) -> None:
        gaps = {"area": self.chance.choice(["north", "south", "coast", ""])}
        if self.chance.random() < 0.3:
            gaps["setting"] = ""
        self.cases.append(self.county.open_case(**gaps))

    def work(self) -> None:
        """Complete some tasks of a case; some panels refuse, some find no plan necessary."""
        case_id = self.chance.choice(self.cases)
        for _ in range(self.chance.randint(1, 6)):
            rows = self.county.open_tasks(case_id)
            if not rows:
                return
            row = self.chance.choice(rows)
            values: dict[str, Any] = {}
            if row.element_id == "decide_to_assess" and self.chance.random() < 0.3:
                values = {"decision_to_assess": "refuse"}
            if row.element_id == "decide_on_plan" and self.chance.random() < 0.2:
                values = {"plan_necessary": "no"}
            self.county.complete_row(row, **values)

    def pass_time(self) -> None:
        """Let days pass at once, as after a closure; then every timer that fell due fires."""
        clock = self.county.system.clock
        clock.move_to(clock.now() + dt.timedelta(days=self.chance.choice([2, 9, 30])))
        fire_due(self.county.system.executor)

    def correct(self) -> None:
        """Correct the date of a fact, by a person."""
        row = self._any(case_facts, case_facts.c.current)
        if row is not None:
            on = row.on - dt.timedelta(days=self.chance.randint(1, 9))
            command = CorrectFact(row.case_id, row.code, on, "Entered wrongly", row.qualifier)
            self.county.system.execute(command, self.county.person("casework"))

    def excuse(self) -> None:
        row = self._any(deadlines, deadlines.c.state == "open")
        grounds = load.current().newest(row.duty).grounds if row is not None else ()
        if row is not None and grounds:
            began = row.opened
            command = RecordException(
                row.case_id,
                row.duty,
                self.chance.choice(grounds),
                began,
                began + dt.timedelta(days=40),
                "A letter of the hospital",
                row.qualifier,
                self.chance.choice([None, began]),
            )
            self.county.system.execute(command, self.county.person("casework"))

    def explain(self) -> None:
        passed = (deadlines.c.state == "open") & (deadlines.c.due < self._today())
        row = self._any(deadlines, (deadlines.c.state == "met_late") | passed)
        if row is not None:
            reason = self.chance.choice([code for code, _ in delays.REASONS])
            command = ExplainDelay(row.case_id, row.duty, reason, "", row.qualifier)
            self.county.system.execute(command, self.county.person("casework"))

    def end(self) -> None:
        case_id = self.chance.choice(self.cases)
        command = EndCase(case_id, Ending.WITHDRAWN, self._today(), "As the parent asked")
        self.county.system.execute(command, self.county.person("casework"))

    def _any(self, table: sa.Table, where: sa.ColumnElement[bool]) -> Any:
        """Return a row, by chance but the same each time; identifiers differ from run to run."""
        with self.county.system.read() as connection:
            case_id = self.chance.choice(self.cases)
            found = connection.execute(
                sa.select(*table.c).where(where, table.c.case_id == case_id)
            ).all()
        key = "code" if "code" in table.c else "duty"
        rows = sorted(found, key=lambda row: (getattr(row, key), row.qualifier))
        return self.chance.choice(rows) if rows else None

    def _today(self) -> dt.date:
        return self.county.system.clock.now().date()
