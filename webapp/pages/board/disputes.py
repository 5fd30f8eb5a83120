"""Disputes: mediation, appeals, orders and agreements, with their time limits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from webapp.pages.board.flow import ONLY, total_cell
from webapp.pages.board.overview import ENDED
from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked
from webapp.presentation import charts
from workflows.bootstrap import System
from workflows.duties.standing import WORDS, Standing
from workflows.queries.board_flow import Week, board_flow
from workflows.queries.board_standings import Standings, board_standings
from workflows.rulebook import load

# What the codes of duties begin with, and what they are about.
FAMILIES: Final = (
    ("mediation", "Mediation"),
    ("appeal", "Appeals"),
    ("order", "Orders of the Tribunal"),
    ("unopposed", "Appeals not opposed"),
    ("agreement", "Agreements"),
    ("recommendation", "Recommendations"),
)
FACTS: Final = (
    ("mediation_requested", "Mediations asked for"),
    ("mediation_held", "Mediations held"),
    ("mediation_certificate_issued", "Certificates issued"),
    ("agreement_reached", "Agreements reached"),
    ("appeal_registered", "Appeals registered"),
    ("tribunal_order_made", "Orders of the Tribunal"),
)
PRESSING: Final = (Standing.LATE, Standing.AT_RISK, Standing.DUE_SOON, Standing.ON_TRACK)
WEEKS: Final = 52


def duties_of(family: str) -> tuple[str, ...]:
    """Return the codes of a family's duties."""
    return tuple(
        dict.fromkeys(
            each.code for each in load.current().duties if each.code.partition(".")[0] == family
        )
    )


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    every = tuple(code for family, _ in FAMILIES for code in duties_of(family))
    chosen = replace(looked.chosen, duties=every)
    with system.read() as connection:
        standings = board_standings(connection, chosen, now=looked.now)
        weeks = board_flow(connection, looked.chosen, now=looked.now, weeks=WEEKS)
    return [_limits(standings, looked), _facts(weeks, looked)]


def _limits(standings: Standings, looked: Looked) -> Section:
    counted = [(family, title, _counts(standings, family)) for family, title in FAMILIES]
    drawn = charts.stacked(
        [(title, [counts[each] for each in PRESSING]) for _, title, counts in counted]
    )
    labels = tuple(WORDS[each] for each in PRESSING)
    heading = "Time limits of disputes"
    columns = ("About", *(WORDS[each] for each in Standing))
    rows = tuple(_row(each, standings, looked) for each in counted)
    return Section(
        heading,
        (
            (
                "The days in which a mediation must be arranged, certificates, responses to "
                "appeals, and what the Tribunal orders. What has ended is counted over twelve "
                "months."
            ),
        ),
        Drawing("stacked", drawn, labels, "Time limits of disputes to be met", "disputes"),
        (Table(heading, columns, rows),),
    )


def _counts(standings: Standings, family: str) -> Mapping[Standing, int]:
    by_duty = standings.by("duty")
    return {
        each: sum(by_duty.get(code, {}).get(each, 0) for code in duties_of(family))
        for each in Standing
    }


def _row(
    counted: tuple[str, str, Mapping[Standing, int]], standings: Standings, looked: Looked
) -> tuple[Cell, ...]:
    family, title, counts = counted
    codes = ",".join(duties_of(family))

    def limits(standing: Standing) -> str:
        since = standings.since.isoformat() if standing in ENDED else ""
        return looked.timers(standing=standing, duties=codes, since=since)

    return (Cell(title), *(linked(counts[each], limits(each)) for each in Standing))


def _facts(weeks: tuple[Week, ...], looked: Looked) -> Section:
    rows = tuple((Cell(title), total_cell(weeks, (code, ""), looked)) for code, title in FACTS)
    return Section(
        "What happened in the last 52 weeks",
        (ONLY,),
        tables=(Table("What happened in disputes", ("What", "Times"), rows),),
    )
