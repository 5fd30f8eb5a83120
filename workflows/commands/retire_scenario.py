"""Take a story out of use."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.store import scenarios


@dataclass(frozen=True, slots=True)
class RetireScenario:
    """Let the scenario `name` of a process be lived no more at publishing."""

    process_key: str
    name: str


def retire_scenario(command: RetireScenario, work: Work) -> None:
    """Take the scenario out of use; it stays on the list, with who retired it and when.

    Raises:
        scenarios.NoSuchScenario: there is none in use.
    """
    scenarios.retire(
        work.connection, command.process_key, command.name, now=work.now, by=work.actor.id
    )
