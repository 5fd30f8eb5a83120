"""What happens in a week: requests, decisions to assess, refusals, plans, and what disputes bring."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.calendar import london
from workflows.duties import tallying
from workflows.duties.tallying import Measure
from workflows.queries.board_filter import OF_CASES, BoardFilter, board_filter
from workflows.store.board_tables import tallies

WEEKS: Final = 26
DECIDED: Final = "assessment_decision_notified"


@dataclass(frozen=True, slots=True)
class Week:
    """A week, and how often each fact came in it ("code" or "code:outcome")."""

    begins: dt.date
    facts: Mapping[str, int]

    def count(self, code: str) -> int:
        """How often a fact came; without an outcome, with any."""
        if ":" in code:
            return self.facts.get(code, 0)
        return sum(n for each, n in self.facts.items() if each.partition(":")[0] == code)


def board_flow(
    connection: sa.Connection, chosen: BoardFilter, *, now: dt.datetime, weeks: int = WEEKS
) -> tuple[Week, ...]:
    """Return the last weeks, the oldest first, this one included; stands on ix_tallies_measure_on."""
    this = tallying.week(london.local_date(now))
    shown = [this - dt.timedelta(weeks=back) for back in reversed(range(weeks))]
    rows = connection.execute(
        sa.select(tallies.c.on, tallies.c.bucket, sa.func.sum(tallies.c.n).label("n"))
        .where(
            tallies.c.measure == Measure.FLOW,
            tallies.c.on.between(shown[0], shown[-1]),
            *board_filter(chosen, OF_CASES),
        )
        .group_by(tallies.c.on, tallies.c.bucket)
    )
    found: dict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.on][row.bucket] += int(row.n)
    return tuple(Week(each, found[each]) for each in shown)


def refusal_rate(weeks: tuple[Week, ...]) -> float | None:
    """Return how many of the decisions whether to assess refused it, in per cent."""
    refused = sum(each.count(f"{DECIDED}:refuse") for each in weeks)
    decided = sum(each.count(DECIDED) for each in weeks)
    return 100 * refused / decided if decided else None
