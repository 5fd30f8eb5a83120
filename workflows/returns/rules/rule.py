"""What a rule is: what breaks it, in which words, and where it is mended."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workflows.returns.census import Census
from workflows.returns.model import Module


class Severity(StrEnum):
    """An error is refused by the department; a query asks for a second look."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule knows besides the record.

    Attributes:
        census: The year.
        claimed: An exception to the time for the final plan is on record.
        in_time: The plan was issued within the time of the law; None where none was issued.
        started: When the plan in force began.
        review_by: When it had to be reviewed for the first time.
    """

    census: Census
    claimed: bool = False
    in_time: bool | None = None
    started: dt.date | None = None
    review_by: dt.date | None = None


Test = Callable[[tuple[Module, ...], Seen], bool]


def by_comparison(path: tuple[Module, ...], seen: Seen) -> bool:
    """Tell nothing of a record alone: the rule compares records."""
    del path, seen
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a module.

    Attributes:
        code: The number of its item, and a word.
        module, element: What it is about.
        words: What is wrong, as a sentence.
        mend: What to do.
        broken: Tells of a module (the last of those it stands in) whether it breaks the rule.
    """

    code: str
    severity: Severity
    module: str
    element: str
    words: str
    mend: str
    broken: Test = by_comparison


def of_module(module: str, code: str, element: str, words: tuple[str, str], broken: Test) -> Rule:
    """Return a rule of a module: an error, or a query where its code ends in a question mark."""
    severity = Severity.QUERY if code.endswith("?") else Severity.ERROR
    return Rule(code.rstrip("?"), severity, module, element, words[0], words[1], broken)


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a record breaks. `source`: where the value comes from, and is mended."""

    rule: str
    severity: Severity
    module: str
    element: str
    value: str
    source: str
