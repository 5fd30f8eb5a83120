"""Who may do what that is about no single case: diagrams, templates, registers, oneself."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.commands.discard_migration import DiscardMigration
from engine.commands.map_migration import MapMigration
from engine.commands.plan_migration import PlanMigration
from engine.commands.publish_definitions import PublishDefinitions
from engine.commands.resume_migration import ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.commands.stop_migration import StopMigration
from engine.commands.undo_migration import UndoMigration
from engine.commands.undo_move import UndoMove
from engine.unit_of_work import Work
from workflows.access.people import (
    ADMIN,
    CASEWORK,
    COMMISSIONING,
    MANAGER,
    OWNER,
    Person,
)
from workflows.commands.accept_proposals import AcceptProposals
from workflows.commands.add_duty_evidence import AddDutyEvidence
from workflows.commands.add_learner import AddLearner
from workflows.commands.ask_approval import AskApproval
from workflows.commands.ask_for_simulation import AskForSimulation
from workflows.commands.bring_duty_review_forward import BringDutyReviewForward
from workflows.commands.change_phased_duty import ChangePhasedDuty
from workflows.commands.choose_digest import ChooseDigest
from workflows.commands.comment_on_draft import CommentOnDraft
from workflows.commands.correct_learner import CorrectLearner
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.commands.decide_approval import DecideApproval
from workflows.commands.discard_diagram_draft import DiscardDiagramDraft
from workflows.commands.import_learners import ImportLearners
from workflows.commands.keep_rehearsal import KeepRehearsal
from workflows.commands.keep_trial import KeepTrial
from workflows.commands.place_learner import PlaceLearner
from workflows.commands.publish_draft import PublishDraft
from workflows.commands.remove_learner import RemoveLearner
from workflows.commands.retire_scenario import RetireScenario
from workflows.commands.review_phased_duty import ReviewPhasedDuty
from workflows.commands.save_diagram_draft import SaveDiagramDraft
from workflows.commands.save_notice_words import SaveNoticeWords
from workflows.commands.save_scenario import SaveScenario
from workflows.commands.save_word_template import SaveWordTemplate
from workflows.commands.settle_draft_comment import SettleDraftComment
from workflows.commands.stop_simulation import StopSimulation
from workflows.commands.want_second_person import WantSecondPerson
from workflows.commands.withdraw_duty_evidence import WithdrawDutyEvidence
from workflows.policy.refusal import NotAllowed
from workflows.store import approvals


def _publish(command: PublishDefinitions, person: Person, work: Work) -> None:
    del command
    if OWNER not in person.roles:
        raise NotAllowed("Only a process owner can publish.")
    if approvals.needs_second_person(work.connection):
        raise NotAllowed(
            "This authority wants a second person to approve what is published. Import the file as a "
            "draft, and ask for approval there."
        )


def _draft(command: object, person: Person, work: Work) -> None:
    del command, work
    if OWNER not in person.roles:
        raise NotAllowed("Only a process owner can change diagrams.")


def _publishing_rules(command: object, person: Person, work: Work) -> None:
    del command, work
    if not person.roles & {ADMIN, OWNER}:
        raise NotAllowed(
            "Only an administrator or a process owner can set how diagrams are published."
        )


def _migration(command: object, person: Person, work: Work) -> None:
    del command, work
    if OWNER not in person.roles:
        raise NotAllowed("Only a process owner can move running cases.")


def _simulate(command: object, person: Person, work: Work) -> None:
    del command, work
    if OWNER not in person.roles:
        raise NotAllowed("Only a process owner can simulate.")


def _templates(command: object, person: Person, work: Work) -> None:
    del command, work
    if not person.roles & {ADMIN, OWNER}:
        raise NotAllowed("Only an administrator or a process owner can change templates.")


def _oneself(command: object, person: Person, work: Work) -> None:
    del command, person, work


def _register(command: object, person: Person, work: Work) -> None:
    del command, work
    if not person.roles & {MANAGER, COMMISSIONING}:
        raise NotAllowed("Only a manager or commissioning can change the register of duties.")


def _transition(command: object, person: Person, work: Work) -> None:
    del command, work
    refuse_outside_casework(person)


def refuse_outside_casework(person: Person) -> None:
    """Refuse whoever may not touch the transition plan.

    Raises:
        NotAllowed: they are neither SEN casework nor a manager.
    """
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can change the transition plan.")


RULES: Final[Mapping[type, Callable[[Any, Person, Work], None]]] = {
    PublishDefinitions: _publish,
    CreateDiagramDraft: _draft,
    SaveDiagramDraft: _draft,
    DiscardDiagramDraft: _draft,
    CommentOnDraft: _draft,
    SettleDraftComment: _draft,
    AskApproval: _draft,
    DecideApproval: _draft,
    WantSecondPerson: _publishing_rules,
    PublishDraft: _draft,
    KeepTrial: _draft,
    KeepRehearsal: _draft,
    SaveScenario: _draft,
    RetireScenario: _draft,
    DiscardMigration: _migration,
    MapMigration: _migration,
    PlanMigration: _migration,
    ResumeMigration: _migration,
    StartMigration: _migration,
    StopMigration: _migration,
    UndoMigration: _migration,
    UndoMove: _migration,
    AskForSimulation: _simulate,
    StopSimulation: _simulate,
    SaveNoticeWords: _templates,
    SaveWordTemplate: _templates,
    ChooseDigest: _oneself,
    ChangePhasedDuty: _register,
    ReviewPhasedDuty: _register,
    BringDutyReviewForward: _register,
    AddDutyEvidence: _register,
    WithdrawDutyEvidence: _register,
    AddLearner: _transition,
    ImportLearners: _transition,
    CorrectLearner: _transition,
    PlaceLearner: _transition,
    AcceptProposals: _transition,
    RemoveLearner: _transition,
}
