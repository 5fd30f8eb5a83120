"""What a simulation found, as numbers that pages print and JSON keeps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DutyFound:
    """How a duty was kept: `late` of `owed`; `running` are neither met nor late at the end."""

    code: str
    title: str
    owed: int
    late: int
    running: int
    days_late: float  # half of the late ones were later than that

    @property
    def share(self) -> float:
        """The share that is late of those that are decided."""
        return self.late / self.owed if self.owed else 0.0


@dataclass(frozen=True, slots=True)
class StepFound:
    """How long work waited at an element, for a role, before it was begun; in working days."""

    element: str
    role: str
    name: str
    begun: int
    mean: float
    p80: float
    longest: float
    most_waiting: int


@dataclass(frozen=True, slots=True)
class RoleFound:
    """How busy a role was while cases came in; `places` None: no limit was given."""

    role: str
    places: int | None
    done: int
    busy: float  # share of the places in use; pieces of work in hand where there is no limit
    waiting: tuple[int, ...]  # for each week, how many pieces of work wait at its beginning


@dataclass(frozen=True, slots=True)
class EndFound:
    """How long the cases took that came to one end, in weeks of seven days."""

    element: str
    name: str
    cases: int
    median: float
    p80: float
    weeks: tuple[int, ...]  # how many took so many whole weeks


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one run.

    Attributes:
        cases: How many began.
        unfinished: How many were not over when it was cut off.
        stuck: Why cases could not go on, and how many.
        events: Things that happened: tasks done, timers fired, cases begun.
    """

    cases: int
    finished: int
    unfinished: int
    stuck: tuple[tuple[str, int], ...]
    events: int
    timers: int
    duties: tuple[DutyFound, ...]
    steps: tuple[StepFound, ...]
    roles: tuple[RoleFound, ...]
    ends: tuple[EndFound, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON has it."""
        return asdict(self)


def of_json(document: Mapping[str, Any]) -> Result:
    """Return a result that `as_json` made."""
    return Result(
        cases=document["cases"],
        finished=document["finished"],
        unfinished=document["unfinished"],
        stuck=tuple((why, count) for why, count in document["stuck"]),
        events=document["events"],
        timers=document["timers"],
        duties=tuple(DutyFound(**each) for each in document["duties"]),
        steps=tuple(StepFound(**each) for each in document["steps"]),
        roles=tuple(
            RoleFound(**{**each, "waiting": tuple(each["waiting"])}) for each in document["roles"]
        ),
        ends=tuple(
            EndFound(**{**each, "weeks": tuple(each["weeks"])}) for each in document["ends"]
        ),
    )
