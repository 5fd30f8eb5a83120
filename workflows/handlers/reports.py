"""What is done with reports and the local offer."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.answer_offer_comments import AnswerOfferComments, answer_offer_comments
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer, comment_on_local_offer
from workflows.commands.judge_offer_comment import JudgeOfferComment, judge_offer_comment
from workflows.commands.publish_offer_comments import PublishOfferComments, publish_offer_comments
from workflows.commands.settle_unmet_provision import SettleUnmetProvision, settle_unmet_provision
from workflows.commands.tell_unmet_provision import TellUnmetProvision, tell_unmet_provision

HANDLERS: Final[Mapping[type, Handler]] = {
    TellUnmetProvision: tell_unmet_provision,
    SettleUnmetProvision: settle_unmet_provision,
    CommentOnLocalOffer: comment_on_local_offer,
    JudgeOfferComment: judge_offer_comment,
    AnswerOfferComments: answer_offer_comments,
    PublishOfferComments: publish_offer_comments,
}
