"""Who may do what about how managers step in."""

from collections.abc import Mapping
from typing import Final

from engine.commands.cancel_timer import CancelTimer
from engine.commands.move_token import MoveToken
from engine.commands.restart_instance import RestartInstance
from engine.unit_of_work import Work
from workflows.access.people import CASEWORK, FAMILY, MANAGER, Person
from workflows.commands.ask_exception import AskException
from workflows.commands.decide_exception import DecideException
from workflows.commands.escalate_case import EscalateCase
from workflows.commands.retry_incidents import RetryIncidents
from workflows.commands.retry_item import RetryItem
from workflows.policy import cases, whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.skipped import refuse_skipped
from workflows.policy.whom import Rule
from workflows.store import exception_requests


def _move(command: MoveToken, person: Person, work: Work) -> None:
    """Let managers move a token, but never past a step that the law asks for."""
    cases.manage_instance(command, person, work)
    refuse_skipped(command.instance_id, command.from_element, command.to_element, work)


def _decide(command: DecideException, person: Person, work: Work) -> None:
    asked = exception_requests.lock(work.connection, command.request_id)
    whom.see(person, asked.case_id, work)
    if MANAGER not in person.roles:
        raise NotAllowed("Only a manager can grant or refuse a lawful exception.")


def _escalate(command: EscalateCase, person: Person, work: Work) -> None:
    """Let staff who see a case escalate it; families write to their key contact."""
    whom.see(person, command.case_id, work)
    if person.roles <= {FAMILY}:
        raise NotAllowed


RULES: Final[Mapping[type, Rule]] = {
    CancelTimer: cases.manage_timer,
    MoveToken: _move,
    RestartInstance: cases.manage_instance,
    AskException: cases.casework_case,
    DecideException: _decide,
    EscalateCase: _escalate,
    RetryIncidents: whom.only(
        CASEWORK, MANAGER, words="Only SEN casework or a manager can try failed steps again."
    ),
    RetryItem: cases.manage_incident,
}
