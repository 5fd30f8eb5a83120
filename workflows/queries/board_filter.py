"""By what the board is looked at: process, duty, agency, team and area."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.store.board_tables import tallies

NONE: Final = "-"  # as an address has it: those without any, such as what families do
EVERYTHING: Final = ("process", "duty", "agency", "team", "area")
OF_CASES: Final = ("process", "area")  # what is counted for a case as a whole knows no more


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What to look at; an empty value does not narrow it. `duties`: any of these."""

    process: str = ""
    duty: str = ""
    agency: str = ""
    team: str = ""
    area: str = ""
    duties: tuple[str, ...] = ()


def board_filter(
    chosen: BoardFilter, by: tuple[str, ...] = EVERYTHING
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on the ledger; `by`: what the measure knows."""
    columns = {
        "process": tallies.c.process_key,
        "duty": tallies.c.duty,
        "agency": tallies.c.agency_id,
        "team": tallies.c.team_id,
        "area": tallies.c.area,
    }
    where = [
        columns[name] == ("" if value == NONE else value)
        for name in by
        if (value := getattr(chosen, name))
    ]
    if chosen.duties and "duty" in by:
        where.append(tallies.c.duty.in_(chosen.duties))
    return where
