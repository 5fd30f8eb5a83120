"""Who may do what about reports and the local offer."""

from collections.abc import Mapping
from typing import Any, Final

from engine.unit_of_work import Work
from workflows.access.people import COMMISSIONING, FAMILY, MANAGER, Person
from workflows.commands.answer_offer_comments import AnswerOfferComments
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer
from workflows.commands.judge_offer_comment import JudgeOfferComment
from workflows.commands.publish_offer_comments import PublishOfferComments
from workflows.commands.settle_unmet_provision import SettleUnmetProvision
from workflows.commands.tell_unmet_provision import TellUnmetProvision
from workflows.policy import whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule


def _staff_on_case(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    whom.see(person, command.case_id, work)
    if person.roles <= {FAMILY}:
        raise NotAllowed("Tell your caseworker: they put it on record.")


def _anybody(command: CommentOnLocalOffer, person: Person, work: Work) -> None:
    del command, person, work


_offer: Final = whom.only(
    MANAGER,
    COMMISSIONING,
    words="Only a manager or commissioning can answer comments on the local offer.",
)
RULES: Final[Mapping[type, Rule]] = {
    TellUnmetProvision: _staff_on_case,
    SettleUnmetProvision: _staff_on_case,
    CommentOnLocalOffer: _anybody,
    JudgeOfferComment: _offer,
    AnswerOfferComments: _offer,
    PublishOfferComments: _offer,
}
