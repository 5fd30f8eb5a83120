"""Facts of a case: dated events, from which every deadline follows."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on a day in London. `qualifier`: which adviser or setting, or ""."""

    code: str
    on: dt.date
    qualifier: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class LawfulException:
    """A ground that the regulation has, claimed for a duty, with the days it is claimed for."""

    duty: str
    ground: str
    from_date: dt.date
    to_date: dt.date
    qualifier: str = ""
    told_family_on: dt.date | None = None
    reason: str = ""
