"""A case in which the setting and the family are asked, with all that commands name."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from engine import errors, ports
from engine.store.database import writing
from engine.unit_of_work import Work
from tests.support.county import County
from tests.support.policies.free import CASEWORK, PEOPLE
from workflows.policy import authorise

# Who sees the case while the setting and the family are asked for what they know.
SEES = CASEWORK | {"panel", "manager", "setting", "parent"}


@dataclass
class Situation:
    """A case in which the setting and the family are asked, with all that commands name."""

    county: County
    case_id: UUID
    tasks: dict[str, UUID]
    timers: dict[bool, UUID]
    instance: UUID
    incident: UUID
    document: UUID
    request: UUID

    def may(self, command: object, actor: ports.Actor) -> str:
        """Return "may", or the kind of refusal; nothing is executed."""
        system = self.county.system
        with writing(system.engine) as connection:
            bundles, now = system.executor.bundles, system.clock.now()
            try:
                authorise.authorise(command, Work(connection, now, actor, bundles, system.domain))
            except errors.Refused as refusal:
                return next(e.__name__ for e in KINDS if isinstance(refusal, e))
            finally:
                connection.rollback()
        return "may"

    def everyone(self, command: object) -> dict[str, set[str]]:
        """Return who gets which answer."""
        answers: dict[str, set[str]] = {}
        for name in PEOPLE:
            answers.setdefault(self.may(command, self.county.person(name)), set()).add(name)
        return answers


KINDS = (errors.NotFound, errors.Forbidden, errors.Invalid)


Make = Callable[[Situation], object]
