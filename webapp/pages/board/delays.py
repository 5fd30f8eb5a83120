"""Reasons for delay, the most frequent first, and lawful exceptions."""

from typing import Final

from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, number
from webapp.presentation import charts, filtering
from workflows.bootstrap import System
from workflows.duties import delays
from workflows.queries.board_delays import Delays, board_delays
from workflows.rulebook import load

EXCEPTIONS: Final = "/board/exceptions"


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = board_delays(connection, looked.chosen, now=looked.now)
    return [_reasons(found, looked), _exceptions(found, looked)]


def _reasons(found: Delays, looked: Looked) -> Section:
    since = found.since.isoformat()
    drawn = charts.bars(
        [
            (delays.TITLES.get(each.code, each.code), [(each.times, number(each.times))])
            for each in found.reasons
        ]
    )
    rows = tuple(
        (
            Cell(delays.TITLES.get(each.code, each.code)),
            linked(each.times, looked.timers(standing="all", reason=each.code, since=since)),
            Cell(f"{each.share:.0f}%"),
            Cell(f"{each.sum_of_shares:.0f}%"),
        )
        for each in found.reasons
    )
    words = ("Reasons given in the last twelve months; the newest for each time limit.",)
    if not found.reasons:
        return Section("Reasons for delay", ("No reason was given in the last twelve months.",))
    columns = ("Reason", "Times", "Share", "With all above")
    return Section(
        "Reasons for delay",
        words,
        Drawing("bars", drawn, (), "Reasons for delay, the most frequent first", "reasons"),
        (Table("Reasons for delay", columns, rows),),
    )


def _exceptions(found: Delays, looked: Looked) -> Section:
    if not found.grounds:
        return Section("Lawful exceptions", ("None was recorded in the last twelve months.",))
    kept = {**looked.kept, "since": found.since.isoformat()}
    grounds = load.current().grounds
    rows = tuple(
        (
            Cell(grounds[each.code].title if each.code in grounds else each.code),
            linked(each.times, filtering.address(EXCEPTIONS, kept, ground=each.code)),
            linked(each.not_told, filtering.address(EXCEPTIONS, kept, ground=each.code, told="no")),
        )
        for each in found.grounds
    )
    words = (
        (
            "Recorded in the last twelve months. Each number opens the exceptions with evidence, who "
            "decided and when the family was told."
        ),
    )
    columns = ("Ground", "Claimed", "Family not told")
    return Section("Lawful exceptions", words, tables=(Table("Lawful exceptions", columns, rows),))
