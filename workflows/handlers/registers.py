"""What is done with phased duties and the transition plan."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.accept_proposals import AcceptProposals, accept_proposals
from workflows.commands.add_duty_evidence import AddDutyEvidence, add_duty_evidence
from workflows.commands.add_learner import AddLearner, add_learner
from workflows.commands.bring_duty_review_forward import (
    BringDutyReviewForward,
    bring_duty_review_forward,
)
from workflows.commands.change_phased_duty import ChangePhasedDuty, change_phased_duty
from workflows.commands.correct_learner import CorrectLearner, correct_learner
from workflows.commands.import_learners import ImportLearners, import_learners
from workflows.commands.place_learner import PlaceLearner, place_learner
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews, remind_of_duty_reviews
from workflows.commands.remove_learner import RemoveLearner, remove_learner
from workflows.commands.review_phased_duty import ReviewPhasedDuty, review_phased_duty
from workflows.commands.withdraw_duty_evidence import WithdrawDutyEvidence, withdraw_duty_evidence

HANDLERS: Final[Mapping[type, Handler]] = {
    ChangePhasedDuty: change_phased_duty,
    ReviewPhasedDuty: review_phased_duty,
    BringDutyReviewForward: bring_duty_review_forward,
    AddDutyEvidence: add_duty_evidence,
    WithdrawDutyEvidence: withdraw_duty_evidence,
    RemindOfDutyReviews: remind_of_duty_reviews,
    AddLearner: add_learner,
    ImportLearners: import_learners,
    CorrectLearner: correct_learner,
    PlaceLearner: place_learner,
    AcceptProposals: accept_proposals,
    RemoveLearner: remove_learner,
}
