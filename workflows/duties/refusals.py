"""What the law does not let be recorded: unlawful exceptions, and facts out of order."""

import datetime as dt
from collections.abc import Iterable

from engine import errors
from workflows.duties.deadlines import Deadline, due
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook.model import Rulebook


class UnlawfulException(errors.Invalid):
    """The regulation has no such exception."""


class OutOfOrder(errors.Invalid):
    """The date does not fit the other dates of the case."""


class UnknownFact(errors.Invalid):
    """There is no such fact."""


def refuse_unlawful(
    claimed: LawfulException, rulebook: Rulebook, facts: Iterable[Fact], today: dt.date
) -> None:
    """Refuse an exception that the regulation does not have, or that its dates do not bear out.

    Raises:
        UnlawfulException: with the field to blame, and the grounds that there are.
    """
    deadline = due(rulebook, facts, claimed.duty, claimed.qualifier)
    if deadline is None:
        raise _no("duty", "No time limit of that kind is open in this case.")
    _refuse_ground(claimed, deadline, rulebook)
    _refuse_period(claimed, deadline, rulebook, today)
    if claimed.told_family_on is not None and claimed.told_family_on > today:
        raise _no("told_family_on", "The date the family was told must be today or in the past.")
    if not claimed.reason.strip():
        raise _no("reason", "Say what happened, and what shows it.")


def _refuse_ground(claimed: LawfulException, deadline: Deadline, rulebook: Rulebook) -> None:
    duty = deadline.duty
    if claimed.ground in duty.grounds:
        return
    lawful = "; ".join(rulebook.grounds[each].title for each in duty.grounds) or "none"
    raise _no(
        "ground",
        f"The regulation has no such exception for “{duty.title}”. Its grounds are: {lawful}. "
        "A shortage of staff, of educational psychologists for instance, is none.",
    )


def _refuse_period(
    claimed: LawfulException, deadline: Deadline, rulebook: Rulebook, today: dt.date
) -> None:
    if claimed.to_date < claimed.from_date:
        raise _no("to", "The period must end after it begins.")
    if claimed.from_date > today:
        raise _no("from", "The period must begin today or in the past.")
    ground = rulebook.grounds[claimed.ground]
    lasted = (claimed.to_date - claimed.from_date).days + 1
    if lasted < ground.shortest:
        raise _no(
            "to",
            f"“{ground.title}” needs at least {ground.shortest} days without a break; "
            f"these are {lasted}.",
        )
    if claimed.to_date < deadline.opened or claimed.from_date > deadline.due:
        raise _no("from", "The period must fall within the time limit’s own.")


def refuse_out_of_order(
    fact: Fact, others: Iterable[Fact], rulebook: Rulebook, today: dt.date
) -> None:
    """Refuse a fact of an unknown kind, in the future, or before what it follows from.

    Raises:
        UnknownFact: the rulebook has no such kind.
        OutOfOrder: the date does not fit.
    """
    kind = rulebook.facts.get(fact.code)
    if kind is None:
        raise UnknownFact(f"There is no fact “{fact.code[:60]}”.")
    if bool(kind.qualified_by) != bool(fact.qualifier):
        what = kind.qualified_by or "nothing else"
        raise UnknownFact(f"“{kind.title}” must say which {what} it is about.")
    if fact.on > today and not kind.planned:
        raise _order(f"“{kind.title}” must be today or in the past.")
    known = list(others)
    _refuse_too_early(fact, known, rulebook)
    _refuse_too_late(fact, known, rulebook)


def _refuse_too_early(fact: Fact, known: list[Fact], rulebook: Rulebook) -> None:
    kind = rulebook.facts[fact.code]
    for codes in kind.not_before:
        first = _earliest(codes, fact, known)
        if first is None:
            titles = " or ".join(rulebook.facts[code].title for code in codes)
            raise _order(f"“{kind.title}” cannot be recorded before “{titles}”.")
        if fact.on < first.on:
            raise _order(
                f"“{kind.title}” ({_plain(fact.on)}) cannot lie before "
                f"“{rulebook.facts[first.code].title}” ({_plain(first.on)})."
            )


def _refuse_too_late(fact: Fact, known: list[Fact], rulebook: Rulebook) -> None:
    for each in known:
        follows = rulebook.facts[each.code]
        for codes in follows.not_before:
            if fact.code not in codes or not _same(each, fact):
                continue
            first = _earliest(codes, each, [*known, fact])
            if first is not None and each.on < first.on:
                raise _order(
                    f"“{rulebook.facts[fact.code].title}” ({_plain(fact.on)}) cannot lie after "
                    f"“{follows.title}” ({_plain(each.on)})."
                )


def _earliest(codes: tuple[str, ...], about: Fact, known: list[Fact]) -> Fact | None:
    found = [each for each in known if each.code in codes and _same(each, about)]
    return min(found, key=lambda each: each.on, default=None)


def _same(one: Fact, other: Fact) -> bool:
    return not one.qualifier or not other.qualifier or one.qualifier == other.qualifier


def _plain(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _no(field: str, sentence: str) -> UnlawfulException:
    return UnlawfulException(sentence, errors={field: (sentence,)})


def _order(sentence: str) -> OutOfOrder:
    return OutOfOrder(sentence, errors={"date": (sentence,)})
