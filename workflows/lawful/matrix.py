"""The duties of a diagram against its elements: where each is opened, watched, met and told of."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.checks.diagram import Diagram
from workflows.lawful import notice, owed, watched
from workflows.lawful.owed import Studied, Ways
from workflows.lawful.steps import Step
from workflows.rulebook.model import Duty


@dataclass(frozen=True, slots=True)
class Spot:
    """An element. `process`: id of the process that it is in."""

    process: str
    element: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What elements do about a duty.

    Attributes:
        gap: The law asks for more than there is.
        note: Why there is nothing, or what is missing, in words.
    """

    spots: tuple[Spot, ...]
    gap: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A duty of a process. `notice`: of the right of appeal."""

    process: str
    duty: Duty
    opened: Cell
    reminded: Cell
    escalated: Cell
    met: Cell
    notice: Cell

    @property
    def gaps(self) -> int:
        """How much is missing."""
        cells = (self.opened, self.reminded, self.escalated, self.met, self.notice)
        return sum(each.gap for each in cells)


def matrix(diagram: Diagram) -> tuple[Row, ...]:
    """Return the duties of a file's processes, and of those that call them, in the rulebook's order."""
    studied = owed.study(diagram)
    return tuple(row for ways in studied.ways for row in _rows(studied, ways))


def _rows(studied: Studied, ways: Ways) -> list[Row]:
    lacking = {
        duty.code: (reminded, escalated)
        for duty, reminded, escalated in watched.unwatched(studied, ways)
    }
    untold = {number for number, _ in notice.untold(ways)}
    return [
        Row(
            ways.key,
            duty,
            _opened(ways, duty),
            _watched(
                studied, ways, duty, reminds=True, done=lacking.get(duty.code, (True, True))[0]
            ),
            _watched(
                studied, ways, duty, reminds=False, done=lacking.get(duty.code, (True, True))[1]
            ),
            _met(ways, duty),
            _told(ways, duty, untold),
        )
        for duty in ways.duties
    ]


def _opened(ways: Ways, duty: Duty) -> Cell:
    spots = _spots(ways.graph.places[each.place].step for each in ways.openings(duty))
    if ways.key in duty.opened_in:
        return Cell(spots, gap=not spots, note="" if spots else "No step opens it.")
    return Cell(spots, note=_elsewhere(duty.opened_in))


def _met(ways: Ways, duty: Duty) -> Cell:
    spots = _spots(ways.graph.places[each].step for each in ways.places_with(*duty.met_by))
    if ways.key not in duty.met_in:
        return Cell(spots, note=_elsewhere(duty.met_in))
    if duty.right:
        return Cell(spots, note="" if spots else "The family need not use it.")
    if not spots and not ways.graph.unknown:
        return Cell(spots, gap=True, note="No step meets it.")
    if any(True for _ in ways.ways_left_owed(duty)):
        return Cell(spots, gap=True, note="On some way a case ends while it is owed.")
    return Cell(spots)


def _watched(studied: Studied, ways: Ways, duty: Duty, *, reminds: bool, done: bool) -> Cell:
    spots = _spots(
        each.step
        for each in watched.watching(studied, duty, ways.rulebook)
        if (each.reminds if reminds else each.escalates)
    )
    if not done:
        lack = "Nothing reminds of it." if reminds else "Nobody is told when it has passed."
        return Cell(spots, gap=True, note=lack)
    if spots:
        return Cell(spots)
    return Cell(
        (),
        note="Not the authority’s limit." if not watched.binds_authority(duty) else "Not needed.",
    )


def _told(ways: Ways, duty: Duty, untold: set[int]) -> Cell:
    """Return where the family is told of its right to appeal against what meets the duty."""
    places = [
        number
        for number in ways.places_with(*duty.met_by)
        if notice.appealable(ways.graph.places[number], ways.rulebook)
    ]
    telling = notice.telling(ways)
    spots = _spots(ways.graph.places[each].step for each in places if telling(each, {}))
    if untold & set(places):
        return Cell(spots, gap=True, note="A decision goes without its notice.")
    note = "A later step tells it." if places else "No right of appeal."
    return Cell(spots, note="" if spots else note)


def _elsewhere(processes: tuple[str, ...]) -> str:
    if not processes:
        return "A person enters it on the case page."
    return f"In {', '.join(each.replace('_', ' ') for each in processes)}."


def _spots(steps: Iterable[Step | None]) -> tuple[Spot, ...]:
    return tuple(
        dict.fromkeys(Spot(step.process, step.id, step.title) for step in steps if step is not None)
    )
