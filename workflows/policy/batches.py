"""Who may do what to many at once, and about absences."""

from collections.abc import Mapping
from typing import Final

from engine.unit_of_work import Work
from workflows.access import sight
from workflows.access.people import CASEWORK, MANAGER, Person
from workflows.commands.discard_batch import DiscardBatch
from workflows.commands.end_absence import EndAbsence
from workflows.commands.message_agency import MessageAgency
from workflows.commands.plan_batch import PlanBatch
from workflows.commands.resume_batch import ResumeBatch
from workflows.commands.set_absence import SetAbsence
from workflows.commands.start_batch import StartBatch
from workflows.commands.stop_batch import StopBatch
from workflows.commands.tell_managers import TellManagers
from workflows.commands.undo_batch import UndoBatch
from workflows.policy import whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule

_MANY: Final = whom.only(MANAGER, words="Only a manager can do something to many at once.")


def _tell_managers(command: TellManagers, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)
    _refuse_others_than_casework(person)


def _write_to_agency(command: MessageAgency, person: Person, work: Work) -> None:
    if not sight.sees_every(work.connection, person, command.case_ids):
        raise sight.NoSuchCase
    _refuse_others_than_casework(person)


def _absence(command: SetAbsence | EndAbsence, person: Person, work: Work) -> None:
    del work
    if command.person_id != person.id and MANAGER not in person.roles:
        raise NotAllowed("Only a manager can enter an absence for somebody else.")


def _refuse_others_than_casework(person: Person) -> None:
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can do that.")


RULES: Final[Mapping[type, Rule]] = {
    PlanBatch: _MANY,
    StartBatch: _MANY,
    StopBatch: _MANY,
    ResumeBatch: _MANY,
    UndoBatch: _MANY,
    DiscardBatch: _MANY,
    TellManagers: _tell_managers,
    MessageAgency: _write_to_agency,
    SetAbsence: _absence,
    EndAbsence: _absence,
}
