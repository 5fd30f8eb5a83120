"""What changes in who sees a case, what is given of it, and how long it is kept."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from engine.changes import Change
from engine.store import change_codec


@dataclass(frozen=True, slots=True)
class CaseRestricted(Change):
    """A case was hidden from all but these people and teams; `again`: they were chosen anew."""

    case_id: UUID
    kind: str
    reason: str
    people: tuple[str, ...]
    teams: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class RestrictionLifted(Change):
    """A case is open again to all who have a part in it."""

    case_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class GlassBroken(Change):
    """Somebody opened a restricted case with a stated reason, until a moment."""

    case_id: UUID
    glass_id: UUID
    reason: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class SubjectRequestLogged(Change):
    """Somebody asked to see what is held about a child."""

    case_id: UUID
    request_id: UUID
    received_on: dt.date


@dataclass(frozen=True, slots=True)
class SubjectRequestReleased(Change):
    """It was decided what is given: how many texts are blacked out, how many documents are given."""

    case_id: UUID
    request_id: UUID
    redacted: int
    documents: int


@dataclass(frozen=True, slots=True)
class HoldPlaced(Change):
    """A case is kept, whatever rule says that it is due to be erased."""

    case_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class HoldLifted(Change):
    """A case is no longer kept for the law's sake."""

    case_id: UUID
    reason: str


change_codec.register(
    CaseRestricted,
    RestrictionLifted,
    GlassBroken,
    SubjectRequestLogged,
    SubjectRequestReleased,
    HoldPlaced,
    HoldLifted,
)
