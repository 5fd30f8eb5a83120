"""What a case gives to the return: its row, its facts up to a day, and what is claimed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from workflows.duties.facts import Fact, LawfulException
from workflows.returns.model import Value


@dataclass(frozen=True, slots=True)
class Material:
    """A case, as the return sees it.

    Attributes:
        seq: Where its history stood when it was read.
        process_key: What the case was opened for.
        request_source: As the start form of its assessment says, or "".
        setting: URN and UKPRN of its setting by name ("urn", "ukprn"); empty where not known.
        addresses: Of its parties.
        phase_dues: For each review before a move to another phase, the last day of the law.
        withheld: Its address must not be told.
        team_id: The casework team that has it, or "".
    """

    case_id: UUID
    reference: str
    seq: int
    process_key: str
    first_name: str
    last_name: str
    born: dt.date
    details: Mapping[str, Any]
    area: str
    team_id: str
    opened_at: dt.datetime
    facts: tuple[Fact, ...]
    exceptions: tuple[LawfulException, ...] = ()
    request_source: str = ""
    setting: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    phase_dues: Mapping[str, dt.date] = field(default_factory=dict)
    withheld: bool = False

    def detail(self, key: str) -> Value:
        """Return a detail of the case as a value."""
        kept = self.details.get(key)
        return Value(kept.strip() if isinstance(kept, str) else "", f"detail:{key}")

    def known(self, until: dt.date) -> Known:
        """Return the facts up to a day."""
        return Known(each for each in self.facts if each.on <= until)


class Known:
    """Facts up to a day, asked by code."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Sort them by day."""
        self.facts = sorted(facts, key=lambda each: (each.on, each.code, each.qualifier))

    def first(self, *wanted: str) -> Fact | None:
        """Return the first fact of these codes; "code:outcome" wants an outcome as well."""
        return next((each for each in self.facts if _is_one_of(each, wanted)), None)

    def last(self, *wanted: str) -> Fact | None:
        """Return the last fact of these codes."""
        return next((each for each in reversed(self.facts) if _is_one_of(each, wanted)), None)

    def about(self, code: str, *beginnings: str) -> Fact | None:
        """Return the first fact of a code whose qualifier begins with one of these."""
        return next(
            (
                each
                for each in self.facts
                if each.code == code and each.qualifier.startswith(beginnings)
            ),
            None,
        )


def _is_one_of(fact: Fact, wanted: tuple[str, ...]) -> bool:
    return fact.code in wanted or f"{fact.code}:{fact.outcome}" in wanted


def dated(fact: Fact | None, otherwise: str) -> Value:
    """Return the day of a fact as a value; `otherwise` names the fact that is missing."""
    if fact is None:
        return Value("", f"fact:{otherwise}")
    return Value(fact.on.isoformat(), f"fact:{fact.code}")


def flag(fact: Fact | None, otherwise: str) -> Value:
    """Return 1 where there is a fact, else 0."""
    if fact is None:
        return Value("0", f"fact:{otherwise}")
    return Value("1", f"fact:{fact.code}")
