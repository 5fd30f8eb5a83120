"""Commands about reports and the local offer, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import PEOPLE, REGISTER, TODAY
from tests.support.policies.situation import SEES, Make
from workflows.commands.answer_offer_comments import AnswerOfferComments
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer
from workflows.commands.judge_offer_comment import JudgeOfferComment
from workflows.commands.publish_offer_comments import PublishOfferComments
from workflows.commands.settle_unmet_provision import SettleUnmetProvision
from workflows.commands.tell_unmet_provision import TellUnmetProvision

CASES: dict[str, tuple[Make, set[str]]] = {
    "tell that provision is not made": (
        lambda at: TellUnmetProvision(at.case_id, "f1", TODAY, "vacancy"),
        SEES - {"parent"},
    ),
    "tell that it is made again": (
        lambda at: SettleUnmetProvision(at.case_id, uuid4(), TODAY, "R"),
        SEES - {"parent"},
    ),
}
FREE: dict[str, tuple[object, set[str]]] = {
    "comment on the local offer": (CommentOnLocalOffer("content", "parent", "x"), set(PEOPLE)),
    "judge a comment": (JudgeOfferComment(uuid4(), keep=True, text="x"), REGISTER),
    "answer comments": (AnswerOfferComments((uuid4(),), "x"), REGISTER),
    "publish comments": (PublishOfferComments(2026, "x"), REGISTER),
}
