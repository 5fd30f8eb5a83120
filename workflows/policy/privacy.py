"""Who may do what about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Any, Final

from engine.unit_of_work import Work
from workflows.access import sight
from workflows.access.people import CASEWORK, FAMILY, MANAGER, Person
from workflows.commands.acknowledge_glass import AcknowledgeGlass
from workflows.commands.break_glass import BreakGlass
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.restrict_case import RestrictCase
from workflows.policy import whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule


def _restrict(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    whom.see(person, command.case_id, work)
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can restrict a case.")


def _break(command: BreakGlass, person: Person, work: Work) -> None:
    """Let whoever would see the case by role or part break the glass; families have nothing to break."""
    if person.roles <= {FAMILY}:
        raise sight.NoSuchCase
    sight.may_break_glass(work.connection, person, command.case_id)


def _oneself(command: object, person: Person, work: Work) -> None:
    del command, person, work


RULES: Final[Mapping[type, Rule]] = {
    RestrictCase: _restrict,
    LiftRestriction: _restrict,
    BreakGlass: _break,
    AcknowledgeGlass: _oneself,
}
