"""Say how long cases of a kind are kept, from a day on."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.store import retention
from workflows.store.retention import Rule

LEAST: Final = 1  # years
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class AddRetentionRule:
    """Keep cases with outcome `kind` for `years` after `event`; the rule holds from `starts_on` on."""

    kind: str
    event: str
    years: int | None
    source: str
    starts_on: dt.date | None
    ends_on: dt.date | None = None
    rule_id: UUID = field(default_factory=uuid4)


class Overlapping(errors.Invalid):
    """Another rule says how long these cases are kept at that time."""


def add_retention_rule(command: AddRetentionRule, work: Work) -> None:
    """Add the rule.

    Raises:
        errors.Invalid: something is missing or out of bounds.
        Overlapping: another rule holds for the same cases on the same day; end that first.
    """
    rule = _rule(command)
    for other in retention.rules(work.connection):
        if rule.overlaps(other):
            until = f" until {other.ends_on:%d %B %Y}" if other.ends_on else ""
            message = (
                f"Another rule keeps these cases for {other.years} years after "
                f"{retention.EVENTS[other.event]}, from {other.starts_on:%d %B %Y}{until}. End it before "
                "this one starts"
            )
            raise Overlapping(f"{message}.", errors={"starts_on": (message,)})
    retention.add_rule(work.connection, rule, by=work.actor.id, now=work.now)


def _rule(command: AddRetentionRule) -> Rule:
    wrong: dict[str, tuple[str, ...]] = {}
    if command.kind not in retention.KINDS:
        wrong["kind"] = ("Select the kind of case",)
    if command.event not in retention.EVENTS:
        wrong["event"] = ("Select from when the years are counted",)
    if command.years is None or not LEAST <= command.years <= MOST:
        wrong["years"] = (f"Enter a whole number of years, {LEAST} to {MOST}",)
    if not command.source.strip():
        wrong["source"] = ("Enter the law or policy that the rule follows",)
    if command.starts_on is None:
        wrong["starts_on"] = ("Enter the day from which the rule holds",)
    elif command.ends_on and command.ends_on < command.starts_on:
        wrong["ends_on"] = ("The last day must be the same as or after the first",)
    if wrong or command.years is None or command.starts_on is None:
        raise errors.Invalid("The rule cannot be added like this.", errors=wrong)
    return Rule(
        command.rule_id,
        command.kind,
        command.event,
        command.years,
        command.source.strip()[:1000],
        command.starts_on,
        command.ends_on,
    )
