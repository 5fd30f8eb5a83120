"""Rules that compare a case with what was submitted of it last year: each gives the values that differ."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from workflows.returns.census import Census
from workflows.returns.model import (
    ACTIVE_PLAN,
    ASSESSMENT,
    NAMED_PLAN,
    PERSON,
    REQUEST,
    Module,
)
from workflows.returns.rules.days import before, day
from workflows.returns.rules.rule import Rule, Severity

Compared = Callable[[Module | None, Module | None, Census], str]
OPEN: Final = "A"


def _request(record: Module | None) -> Module | None:
    return record.one(REQUEST) if record else None


def _assessment(record: Module | None) -> Module | None:
    request = _request(record)
    return request.one(ASSESSMENT) if request else None


def _plan(record: Module | None) -> Module | None:
    assessment = _assessment(record)
    return assessment.one(NAMED_PLAN) if assessment else None


def _active(record: Module | None) -> Module | None:
    request = _request(record)
    return request.one(ACTIVE_PLAN) if request else None


def _text(module: Module | None, element: str) -> str:
    return module.text(element) if module else ""


def _lost(last: Module | None, now: Module | None, census: Census) -> str:
    """Tell of one that was open last year, and is not in this year's return at all."""
    del census
    if last is None or now is not None or _active(last):
        return ""
    open_then = _text(_request(last), "RequestOutcome") == OPEN
    assessed_then = _text(_assessment(last), "AssessmentOutcome") == OPEN
    return "open last year, not sent now" if open_then or assessed_then else ""


def _vanished(last: Module | None, now: Module | None, census: Census) -> str:
    del census
    if _active(last) is None or _active(now) is not None:
        return ""
    return (
        "" if _text(_plan(now), "CeaseDate") else "in force last year, neither in force nor ceased"
    )


def _appeared(last: Module | None, now: Module | None, census: Census) -> str:
    """Tell of a plan in force that neither was so last year, nor began or came in the year since."""
    active = _active(now)
    if active is None or _active(last) is not None or active.text("TransferLA"):
        return ""
    begun = day(_plan(now), "StartDate")
    new = begun is not None and not before(begun, census.first_day)
    return "" if new or "TransferLA" in active.values else "in force, and not so last year"


def _ceased_twice(last: Module | None, now: Module | None, census: Census) -> str:
    del census
    then, again = _text(_plan(last), "CeaseDate"), _text(_plan(now), "CeaseDate")
    return f"{then}, then {again}" if then and again else ""


def _revived(last: Module | None, now: Module | None, census: Census) -> str:
    del census
    then = _text(_plan(last), "CeaseDate")
    return f"ceased {then}, in force now" if then and _active(now) else ""


_DATES: Final = (
    (_request, "ReceivedDate"),
    (_request, "RequestOutcomeDate"),
    (_assessment, "AssessmentOutcomeDate"),
    (_plan, "StartDate"),
)


def _moved(last: Module | None, now: Module | None, census: Census) -> str:
    del census
    return "; ".join(_changes(last, now))


def _changes(last: Module | None, now: Module | None) -> Iterator[str]:
    for module, element in _DATES:
        then, since = _text(module(last), element), _text(module(now), element)
        if then and since and then != since:
            yield f"{element} {then}, now {since}"
    then, since = _text(last, "PersonBirthDate"), _text(now, "PersonBirthDate")
    if then and since and then != since:
        yield f"PersonBirthDate {then}, now {since}"


def _rule(code: str, module: str, element: str, words: str, mend: str) -> Rule:
    return Rule(f"last-{code}", Severity.QUERY, module, element, words, mend)


CHECKS: Final[Mapping[Rule, Compared]] = {
    _rule(
        "lost",
        REQUEST,
        "RequestOutcome",
        "It was open in last year’s return, and is not in this one.",
        "Check whether its decision is recorded with the right date.",
    ): _lost,
    _rule(
        "plan-vanished",
        ACTIVE_PLAN,
        "ReviewMeeting",
        "A plan was in force in last year’s return; now it neither is nor ceased.",
        "Record that the plan ceased, or correct the dates.",
    ): _vanished,
    _rule(
        "plan-new",
        ACTIVE_PLAN,
        "ReviewMeeting",
        "A plan is in force that was not in last year’s return, and did not begin since.",
        "Check when it began; tell the department if last year’s return lacked it.",
    ): _appeared,
    _rule(
        "ceased-twice",
        NAMED_PLAN,
        "CeaseDate",
        "The plan ceased in last year’s return already.",
        "Correct the date on which it ceased.",
    ): _ceased_twice,
    _rule(
        "revived",
        ACTIVE_PLAN,
        "ReviewMeeting",
        "The plan ceased in last year’s return, and is in force now.",
        "Check whether it ceased; if a new plan was made, start a case for it.",
    ): _revived,
    _rule(
        "dates",
        PERSON,
        "PersonBirthDate",
        "Dates are not as they were submitted last year.",
        "Check which is right; a correction is told to the department.",
    ): _moved,
}
RULES: Final = tuple(CHECKS)
