"""How many time limits of the cases that a person may see stand how."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import tallying
from workflows.duties.standing import Standing, day_of, standing
from workflows.queries.board_filter import BoardFilter
from workflows.queries.board_standings import board_standings
from workflows.queries.deadline_conditions import at_risk, deadline_conditions
from workflows.queries.deadline_list import DeadlineFilter
from workflows.rulebook import load
from workflows.store import closures
from workflows.store.tables import cases, deadlines


def standing_counts(
    connection: sa.Connection, person: Person, chosen: BoardFilter, *, now: dt.datetime
) -> Mapping[Standing, int]:
    """Return the counts; what has ended counts over a rolling year.

    Whoever answers for all cases is told what the board says. Others have a part in few cases, which
    are counted one by one.
    """
    if person.sees_all_cases:
        return board_standings(connection, chosen, now=now).counts
    today = london.local_date(now)
    day = day_of(today, WorkingCalendar(closures.days(connection)))
    wanted = DeadlineFilter(
        process=chosen.process,
        duty=chosen.duty,
        agency=chosen.agency,
        team=chosen.team,
        area=chosen.area,
        since=tallying.year_before(today),
    )
    rows = connection.execute(
        sa.select(
            deadlines.c.state,
            deadlines.c.duty,
            deadlines.c.due,
            deadlines.c.excused,
            at_risk().label("at_risk"),
        )
        .select_from(deadlines.join(cases, cases.c.id == deadlines.c.case_id))
        .where(visible_cases(person), *deadline_conditions(wanted, day))
    )
    rights = load.current().rights
    found: Counter[Standing] = Counter()
    for row in rows:
        known = {"due": row.due, "excused": row.excused, "at_risk": row.at_risk}
        right = row.duty in rights
        found[standing(row.state, **known, right=right, day=day)] += 1
    return found
