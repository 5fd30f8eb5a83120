"""The ages by which open work is told: the limits of the law, and beyond them by half years and years."""

from dataclasses import dataclass
from typing import Final

from workflows.rulebook.model import Rulebook, Unit

DECISION: Final = "assessment.decision"
NO_PLAN: Final = "assessment.no_plan_notice"
# No limits of the law: where the Department for Education, and those who report, draw lines.
REPORTED: Final = (36, 52)


@dataclass(frozen=True, slots=True)
class Age:
    """A band of whole weeks since a time limit was opened; `until` is the first week after it."""

    since: int
    until: int | None

    @property
    def code(self) -> str:
        """As addresses have it: "6-16", "52-"."""
        return f"{self.since}-{self.until or ''}"

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{self.since} to {self.until} weeks" if self.until else f"Over {self.since} weeks"


def ages(rulebook: Rulebook) -> tuple[Age, ...]:
    """Return the bands, the youngest first; their first bounds are those of the rulebook."""
    codes = (DECISION, NO_PLAN, rulebook.headline)
    limits = [rulebook.newest(each).limit for each in codes]
    lawful = {each.count for each in limits if each.unit == Unit.WEEKS}
    bounds = sorted({0, *lawful, *(each for each in REPORTED if each > max(lawful, default=0))})
    return tuple(
        Age(since, until) for since, until in zip(bounds, [*bounds[1:], None], strict=True)
    )


def age_of(code: str, rulebook: Rulebook) -> Age | None:
    """Return a band by its code, None where there is none of it."""
    return next((each for each in ages(rulebook) if each.code == code), None)
