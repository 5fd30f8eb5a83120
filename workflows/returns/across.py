"""Look across cases: which of them are one child, and which of their numbers clash."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from workflows.returns.rules import across
from workflows.returns.rules.book import BY_CODE
from workflows.returns.rules.rule import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a case is compared. `identity`: folded name and date of birth."""

    case_id: UUID
    identity: str
    upn: str
    uln: str
    same: tuple[str, ...]  # sex, ethnicity, postcode
    is_active: bool

    @property
    def born(self) -> str:
        """The date of birth."""
        return self.identity.rpartition("|")[2]


@dataclass(frozen=True, slots=True)
class Clash:
    """A problem of a case that another causes."""

    case_id: UUID
    problem: Problem


def keys(entries: Sequence[Entry]) -> Mapping[UUID, str]:
    """Return the key of the person of each case.

    1. Cases of one name and date of birth are one person.
    2. If they have different UPNs they are two, each with the cases of its own UPN.
    3. Cases of one UPN and one date of birth are one person, though the name has changed.
    """
    upns: dict[str, set[str]] = defaultdict(set)
    for each in entries:
        if each.upn:
            upns[each.identity].add(each.upn)
    first: dict[tuple[str, str], str] = {}
    for each in sorted(entries, key=lambda entry: entry.identity):
        if each.upn:
            first.setdefault((each.upn, each.born), each.identity)
    return {each.case_id: _key(each, upns[each.identity], first) for each in entries}


def _key(entry: Entry, upns: set[str], first: Mapping[tuple[str, str], str]) -> str:
    upn = entry.upn or (next(iter(upns)) if len(upns) == 1 else "")
    if not upn:
        return entry.identity
    name = first.get((upn, entry.born), entry.identity)
    return f"{name}|{upn}"


def clashes(entries: Sequence[Entry], keyed: Mapping[UUID, str]) -> list[Clash]:
    """Return the problems that cases cause each other."""
    found: list[Clash] = []
    found += _shared(entries, keyed, across.SAME_UPN, "upn")
    found += _shared(entries, keyed, across.SAME_ULN, "uln")
    for group in _grouped(entries, lambda each: each.identity):
        if len({each.upn for each in group if each.upn}) > 1:
            found += [_clash(each, across.TWO_UPNS, each.upn) for each in group if each.upn]
    for group in _grouped(entries, lambda each: keyed[each.case_id]):
        if any(len({value for value in pair if value}) > 1 for pair in _columns(group)):
            found += [_clash(each, across.DIFFERENT, "") for each in group]
        if len({each.identity for each in group}) > 1:
            found += [_clash(each, across.TWO_NAMES, "") for each in group]
        active = [each for each in group if each.is_active]
        if len(active) > 1:
            found += [_clash(each, across.TWO_PLANS, "") for each in active]
    return found


def _columns(group: list[Entry]) -> Iterable[tuple[str, ...]]:
    return zip(*(each.same for each in group), strict=True)


def _shared(
    entries: Sequence[Entry], keyed: Mapping[UUID, str], code: str, number: str
) -> list[Clash]:
    """Return the cases of different children with one number."""
    by_number = _grouped(
        [each for each in entries if getattr(each, number)], lambda each: getattr(each, number)
    )
    return [
        _clash(each, code, getattr(each, number))
        for group in by_number
        if len({keyed[one.case_id] for one in group}) > 1
        for each in group
    ]


def _grouped(entries: Sequence[Entry], key: Callable[[Entry], str]) -> list[list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        groups[key(each)].append(each)
    return [group for group in groups.values() if len(group) > 1]


def _clash(entry: Entry, code: str, value: str) -> Clash:
    rule = BY_CODE[code]
    source = {"UPN": "detail:upn", "UniqueLearnerNumber": "detail:uln"}.get(rule.element, "other")
    return Clash(
        entry.case_id, Problem(code, rule.severity, rule.module, rule.element, value, source)
    )
