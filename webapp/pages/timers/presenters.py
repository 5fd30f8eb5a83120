"""What the list of time limits can be narrowed to, and what its files hold."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from webapp.presentation import filtering
from webapp.presentation.exports import Cell
from webapp.presentation.filtering import Field, Tag
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.duties import ages, delays, tallying
from workflows.duties.standing import DONE, WORDS, Standing
from workflows.queries.board_choices import BoardChoices, board_choices
from workflows.queries.board_filter import NONE
from workflows.queries.deadline_list import SORTS, DeadlineFilter, DeadlineRow, deadline_list
from workflows.rulebook import load

PATH: Final = "/timers"
TO_DO: Final = "to_do"
STANDINGS: Final = {TO_DO: "To do", "done": "Done", "all": "All"} | {
    each.value: WORDS[each] for each in Standing
}
# As addresses had it before; people keep them.
FORMERLY: Final = {
    "open": TO_DO,
    "late": Standing.LATE.value,
    "excused": Standing.LAWFUL_EXCEPTION.value,
    "met": Standing.DONE_ON_TIME.value,
    "met_late": Standing.DONE_LATE.value,
    "void": Standing.NO_LONGER_DUE.value,
}
SORT_WORDS: Final = {
    "due": "Due soonest first",
    "latest": "Due latest first",
    "oldest": "Open longest first",
}
MONTHS: Final = 24
HEADER: Final = (
    "Case",
    "Time limit",
    "About",
    "Process",
    "Began",
    "Due",
    "Done",
    "How it stands",
    "Lawful exception",
    "Who must act",
    "Agency",
    "Area",
    "Source",
)
DIMENSIONS: Final = ("process", "duty", "agency", "team", "area")
_AT_ONCE: Final = 200  # rows that an export reads


def filter_of(arguments: Mapping[str, str]) -> DeadlineFilter:
    """Return what an address asks for; what is not known does not narrow the list."""
    status = arguments.get("status", "")
    standing = arguments.get("standing", "") or FORMERLY.get(status, status)
    rulebook = load.current()
    return DeadlineFilter(
        **{name: arguments.get(name, "") for name in DIMENSIONS},  # type: ignore[arg-type]
        standing=_standing(standing),
        duties=tuple(filter(None, arguments.get("duties", "").split(","))),
        age=arguments.get("age", "") if ages.age_of(arguments.get("age", ""), rulebook) else "",
        month=filtering.day_of(arguments, "month"),
        since=filtering.day_of(arguments, "since"),
        due_before=filtering.day_of(arguments, "due_before"),
        reason=arguments.get("reason", ""),
        exception=arguments.get("exception", ""),
        sort=arguments.get("sort", "") if arguments.get("sort", "") in SORTS else "due",
    )


def _standing(asked: str) -> str:
    if asked == "all":
        return ""
    return asked if asked in STANDINGS else TO_DO


def fields(chosen: DeadlineFilter, choices: BoardChoices, today: dt.date) -> list[Field]:
    """Return the filters with their choices."""
    nobody = {NONE: "None (families)"}
    months = {}
    first = today.replace(day=1)
    for _ in range(MONTHS):
        months[f"{first:%Y-%m}"] = f"{first:%B %Y}"
        first = (first - dt.timedelta(days=1)).replace(day=1)
    month = f"{chosen.month:%Y-%m}" if chosen.month else ""
    if month:
        months.setdefault(month, f"{chosen.month:%B %Y}")
    ages_known = {each.code: each.words for each in ages.ages(load.current())}
    exceptions = {"with": "With one on record", "without": "Without"}
    return [
        filtering.field("process", "Process", choices.process, chosen.process),
        filtering.field("duty", "Duty", choices.duty, chosen.duty),
        filtering.field("agency", "Agency", {**choices.agency, **nobody}, chosen.agency),
        filtering.field("team", "Team", {**choices.team, **nobody}, chosen.team),
        filtering.field("area", "Area", choices.area, chosen.area),
        filtering.field("age", "Open for", ages_known, chosen.age),
        filtering.field("month", "Done in", months, month),
        filtering.field("reason", "Reason for delay", delays.TITLES, chosen.reason),
        filtering.field("exception", "Lawful exception", exceptions, chosen.exception),
    ]


def standing_items(chosen: DeadlineFilter) -> list[dict[str, object]]:
    """Return the choices of how it stands."""
    now = chosen.standing or "all"
    return [
        {"value": value, "text": text, "selected": value == now}
        for value, text in STANDINGS.items()
    ]


def sort_items(chosen: DeadlineFilter) -> list[dict[str, object]]:
    """Return the ways to sort."""
    return [
        {"value": value, "text": text, "selected": value == chosen.sort}
        for value, text in SORT_WORDS.items()
    ]


def counts(
    found: Mapping[Standing, int], kept: Mapping[str, str], today: dt.date
) -> list[tuple[str, int, str]]:
    """Return word, number and address of each standing; what has ended, over a rolling year."""
    since = tallying.year_before(today).isoformat()
    ended = {*DONE, Standing.NO_LONGER_DUE}
    return [
        (
            WORDS[each],
            found.get(each, 0),
            filtering.address(PATH, kept, standing=each, since=since if each in ended else ""),
        )
        for each in Standing
    ]


def hidden(arguments: Mapping[str, str]) -> dict[str, str]:
    """Return what an address narrows the list to without a field of the form."""
    return {
        name: value
        for name in ("duties", "since", "due_before")
        if (value := arguments.get(name, ""))
    }


def next_link(arguments: Mapping[str, str], cursor: str | None) -> str:
    """Return the address of the next page, "" at the end."""
    return filtering.address(PATH, arguments, cursor=cursor) if cursor else ""


def tags(chosen: DeadlineFilter, shown: list[Field], arguments: Mapping[str, str]) -> list[Tag]:
    """Return what is chosen, each with the address without it."""
    found = []
    if chosen.standing != TO_DO:
        text = STANDINGS[chosen.standing or "all"]
        without = filtering.address(PATH, arguments, standing="", status="")
        found.append(Tag(f"How it stands: {text}", without))
    found += filtering.tags(shown, arguments, path=PATH)
    if chosen.duties:
        found.append(Tag("Some duties", filtering.address(PATH, arguments, duties="")))
    found += filtering.day_tag("since", "Since", arguments, path=PATH)
    found += filtering.day_tag("due_before", "Due before", arguments, path=PATH)
    return found


def rows(system: System, person: Person, chosen: DeadlineFilter) -> Iterator[list[Cell]]:
    """Yield the whole list as cells, reading some hundred rows at a time."""
    with system.read() as connection:
        names = board_choices(connection)
    cursor: str | None = None
    now = system.now()
    while True:
        with system.read() as connection:
            found = deadline_list(
                connection, person, chosen, now=now, limit=_AT_ONCE, cursor=cursor
            )
        for row in found.items:
            yield _cells(row, names)
        cursor = found.next_cursor
        if cursor is None:
            return


def _cells(row: DeadlineRow, names: BoardChoices) -> list[Cell]:
    return [
        row.case_reference,
        row.title,
        about(row),
        names.process.get(row.process, row.process),
        row.opened,
        row.due,
        row.met,
        WORDS[row.standing],
        load.current().grounds[row.ground].title if row.ground in load.current().grounds else "",
        row.team_name or "Family",
        row.agency_name,
        names.area.get(row.area, row.area),
        row.source,
    ]


def about(row: DeadlineRow) -> str:
    """Return whom or what a time limit is about, where there are several of its kind."""
    return row.qualifier.replace("_", " ").replace("-", " ")
