"""What a check says of a diagram."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem keeps a diagram from being published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a diagram.

    Attributes:
        rule: Name of the rule that found it: its file, its page in docs/rules.
        severity: An error keeps the diagram from being published.
        element: Id of the element it is about, "" where it is about the whole file.
        line: Where in the file, from 1; 0 where nowhere in particular.
        message: What is wrong, and what it would do to a case, in a sentence or two.
        mend: What to do about it, in a sentence.
        path: Ids of the elements by which a case gets there, in order: the counter-example.
    """

    rule: str
    severity: Severity
    element: str
    line: int
    message: str
    mend: str = ""
    path: tuple[str, ...] = ()
