"""Examine a case for a year: its record, what is wrong with it, and what it counts for."""

from dataclasses import dataclass

from workflows.returns import active_plan, compose, measures
from workflows.returns.census import Census
from workflows.returns.life import life
from workflows.returns.limits import headline, last_day, within
from workflows.returns.material import Material
from workflows.returns.model import Module
from workflows.returns.rules import book
from workflows.returns.rules.rule import Problem, Seen, Severity
from workflows.store import search

FIRST_REVIEW = "plan.first_review"


@dataclass(frozen=True, slots=True)
class Examined:
    """A case as it stands in the return of a year.

    Attributes:
        record: What is sent; None where the case is out of scope.
        identity: Who it is, however it is written: the same for two cases of a child.
        measures: Codes of the published measures that it counts for.
    """

    material: Material
    record: Module | None
    problems: tuple[Problem, ...]
    identity: str
    measures: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(each.severity is Severity.ERROR for each in self.problems)


def examine(material: Material, census: Census, last: Module | None, *, first: bool) -> Examined:
    """Return how a case stands.

    Args:
        material: The case.
        census: The year.
        last: What was submitted of it last year.
        first: No return was submitted last year, so that there is nothing to compare with.
    """
    record = compose.record(material, census)
    problems = book.check(record, _seen(material, census)) if record else ()
    if not first:
        problems = (*problems, *book.compare(last, record, census))
    return Examined(
        material,
        record,
        problems,
        identity(material),
        measures.of(material, record, census) if record else (),
    )


def identity(material: Material) -> str:
    """Return the folded name with the date of birth."""
    name = search.fold(f"{material.first_name} {material.last_name}")
    return f"{name[:180]}|{material.born.isoformat()}"


def _seen(material: Material, census: Census) -> Seen:
    lived = life(material, census.last_day)
    issued = lived.started.on if lived.started and lived.received else None
    received = lived.received.on if lived.received else None
    started = active_plan.started_on(material, census)
    return Seen(
        census,
        claimed=compose.claimed(material),
        in_time=within(headline(), received, issued),
        started=started,
        review_by=last_day(FIRST_REVIEW, started) if started else None,
    )
