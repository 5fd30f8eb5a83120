"""Who may do what about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Any, Final

from engine.unit_of_work import Work
from workflows.access import sight
from workflows.access.people import ADMIN, CASEWORK, FAMILY, MANAGER, Person
from workflows.commands.acknowledge_glass import AcknowledgeGlass
from workflows.commands.add_retention_rule import AddRetentionRule
from workflows.commands.break_glass import BreakGlass
from workflows.commands.decide_erasure import DecideErasure
from workflows.commands.end_retention_rule import EndRetentionRule
from workflows.commands.lift_hold import LiftHold
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.log_subject_request import LogSubjectRequest
from workflows.commands.place_hold import PlaceHold
from workflows.commands.propose_erasure import ProposeErasure
from workflows.commands.release_subject_request import ReleaseSubjectRequest
from workflows.commands.restrict_case import RestrictCase
from workflows.policy import whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule
from workflows.store import subject_requests


def _restrict(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    whom.see(person, command.case_id, work)
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can restrict a case.")


def _break(command: BreakGlass, person: Person, work: Work) -> None:
    """Let whoever would see the case by role or part break the glass, and nobody else."""
    try:
        sight.why_may_see(work.connection, person, command.case_id)
    except sight.RestrictedCase:
        if person.roles <= {FAMILY}:
            raise
        return
    raise NotAllowed("This case is open to you: there is no glass to break.")


def _oneself(command: object, person: Person, work: Work) -> None:
    del command, person, work


def _subject_request(command: LogSubjectRequest, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)
    if MANAGER not in person.roles:
        raise NotAllowed("Only a manager can log a subject access request.")


def _release(command: ReleaseSubjectRequest, person: Person, work: Work) -> None:
    request = subject_requests.load(work.connection, command.request_id)
    for case_id in request.cases:
        whom.see(person, case_id, work)
    whom.refuse_others_than_managers(person)


_ADMIN = whom.only(ADMIN, words="Only an administrator can say how long cases are kept.")
RULES: Final[Mapping[type, Rule]] = {
    RestrictCase: _restrict,
    LiftRestriction: _restrict,
    BreakGlass: _break,
    AcknowledgeGlass: _oneself,
    LogSubjectRequest: _subject_request,
    ReleaseSubjectRequest: _release,
    AddRetentionRule: _ADMIN,
    EndRetentionRule: _ADMIN,
    PlaceHold: _ADMIN,
    LiftHold: _ADMIN,
    ProposeErasure: _ADMIN,
    DecideErasure: _ADMIN,
}
