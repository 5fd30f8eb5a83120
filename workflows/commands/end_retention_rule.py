"""Let a retention rule hold no longer."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import retention


@dataclass(frozen=True, slots=True)
class EndRetentionRule:
    """End `rule_id`: today is the last day on which it holds."""

    rule_id: UUID


def end_retention_rule(command: EndRetentionRule, work: Work) -> None:
    """End it; it stays on record.

    Raises:
        retention.NoSuchRule: there is none that holds.
    """
    today = london.local_date(work.now)
    found = next(
        (each for each in retention.rules(work.connection) if each.id == command.rule_id), None
    )
    if found is None or (found.ends_on is not None and found.ends_on <= today):
        raise retention.NoSuchRule
    retention.end_rule(work.connection, command.rule_id, max(today, found.starts_on))
