"""Commands about no single case, and who of the demo may give each."""

from uuid import uuid4

from engine.commands.discard_migration import DiscardMigration
from engine.commands.map_migration import MapMigration
from engine.commands.plan_migration import PlanMigration
from engine.commands.publish_definitions import PublishDefinitions
from engine.commands.resume_migration import ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.commands.start_process import StartProcess
from engine.commands.stop_migration import StopMigration
from engine.commands.undo_migration import UndoMigration
from engine.commands.undo_move import UndoMove
from tests.support.county import BEGIN
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
from workflows.commands.open_case import OpenCase
from workflows.commands.place_learner import PlaceLearner
from workflows.commands.publish_draft import PublishDraft
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.remove_learner import RemoveLearner
from workflows.commands.retire_scenario import RetireScenario
from workflows.commands.review_phased_duty import ReviewPhasedDuty
from workflows.commands.save_diagram_draft import SaveDiagramDraft
from workflows.commands.save_notice_words import SaveNoticeWords
from workflows.commands.save_scenario import SaveScenario
from workflows.commands.save_word_template import SaveWordTemplate
from workflows.commands.send_digest import SendDigest
from workflows.commands.settle_draft_comment import SettleDraftComment
from workflows.commands.stop_simulation import StopSimulation
from workflows.commands.want_second_person import WantSecondPerson
from workflows.commands.withdraw_duty_evidence import WithdrawDutyEvidence
from workflows.demo import organisation
from workflows.notices.words import Words
from workflows.transition.details import LearnerDetails

TODAY = BEGIN.date()
PEOPLE = tuple(name for name, _, _ in organisation.PEOPLE)
NORTH = {"casework", "casework2"}
CASEWORK = NORTH | {"casework3"}
WORDS = Words("Title", ("Text",), {})
REGISTER = {"manager", "commissioner"}
LEARNER = LearnerDetails("Ada", "Lovell", TODAY, "statement", 9, 2014, "secondary")


FREE: dict[str, tuple[object, set[str]]] = {
    "open": (
        OpenCase("ehc_assessment", {}),
        CASEWORK | {"manager", "setting", "setting2", "outsider"},
    ),
    "publish": (PublishDefinitions({}, "Why not"), {"owner"}),
    "begin a draft": (CreateDiagramDraft(b""), {"owner"}),
    "save a draft": (SaveDiagramDraft(uuid4(), b"", 1), {"owner"}),
    "discard a draft": (DiscardDiagramDraft(uuid4(), 1), {"owner"}),
    "try a draft": (KeepTrial(uuid4(), None), {"owner"}),
    "rehearse a change": (KeepRehearsal("x", "running", 1), {"owner"}),
    "save a scenario": (SaveScenario("x", ""), {"owner"}),
    "retire a scenario": (RetireScenario("x", "y"), {"owner"}),
    "comment on a draft": (CommentOnDraft(uuid4(), "", "x"), {"owner"}),
    "settle a comment on a draft": (SettleDraftComment(uuid4(), 1), {"owner"}),
    "ask for approval": (AskApproval(uuid4(), 1), {"owner"}),
    "approve a draft": (DecideApproval(uuid4(), 1, approved=True), {"owner"}),
    "want a second person": (WantSecondPerson(wanted=True), {"admin", "owner"}),
    "publish a draft": (PublishDraft(uuid4(), 1, 1, "R"), {"owner"}),
    "plan a migration": (PlanMigration("ehc_assessment", 1), {"owner"}),
    "say where cases go": (MapMigration(uuid4(), {}), {"owner"}),
    "start a migration": (StartMigration(uuid4(), "Why not"), {"owner"}),
    "stop a migration": (StopMigration(uuid4()), {"owner"}),
    "go on with a migration": (ResumeMigration(uuid4()), {"owner"}),
    "discard a migration": (DiscardMigration(uuid4()), {"owner"}),
    "undo a migration": (UndoMigration(uuid4()), {"owner"}),
    "undo one move": (UndoMove(uuid4(), uuid4()), {"owner"}),
    "ask for a simulation": (AskForSimulation("", ()), {"owner"}),
    "stop a simulation": (StopSimulation(uuid4()), {"owner"}),
    "change a notice": (SaveNoticeWords("assess", WORDS, "Why not", 0), {"admin", "owner"}),
    "change the Word template": (
        SaveWordTemplate(b"", "a.docx", "Why not", 0),
        {"admin", "owner"},
    ),
    "choose how often to be written to": (ChooseDigest("weekly"), set(PEOPLE)),
    "write to people": (SendDigest("person:x", TODAY, ""), set()),
    "change a phased duty": (ChangePhasedDuty("x", "", "in_place"), REGISTER),
    "review a phased duty": (ReviewPhasedDuty("x", TODAY, "in_place", "R"), REGISTER),
    "bring a review forward": (BringDutyReviewForward("x", TODAY, "R"), REGISTER),
    "add evidence": (AddDutyEvidence("x", "R"), REGISTER),
    "withdraw evidence": (WithdrawDutyEvidence("x", uuid4(), "R"), REGISTER),
    "remind of reviews": (RemindOfDutyReviews(), set()),
    "add a learner": (AddLearner(LEARNER), CASEWORK | {"manager"}),
    "import learners": (ImportLearners(()), CASEWORK | {"manager"}),
    "correct a learner": (CorrectLearner(uuid4(), LEARNER, "R"), CASEWORK | {"manager"}),
    "place a learner": (PlaceLearner(uuid4(), TODAY, "R"), CASEWORK | {"manager"}),
    "accept proposals": (AcceptProposals("lda"), CASEWORK | {"manager"}),
    "remove a learner": (RemoveLearner(uuid4(), "R"), CASEWORK | {"manager"}),
    "open for a learner": (
        OpenCase("statement_transfer", {"learner": str(uuid4())}),
        CASEWORK | {"manager"},
    ),
    "start beside a case": (StartProcess("ehc_assessment", uuid4(), {}), set()),
}
