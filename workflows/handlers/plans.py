"""What is done with plans."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.comment_on_plan import CommentOnPlan, comment_on_plan
from workflows.commands.complete_plan_task import CompletePlanTask, complete_plan_task
from workflows.commands.reply_to_comment import ReplyToComment, reply_to_comment
from workflows.commands.save_plan import SavePlan, save_plan
from workflows.commands.save_plan_section import SavePlanSection, save_plan_section

HANDLERS: Final[Mapping[type, Handler]] = {
    SavePlanSection: save_plan_section,
    SavePlan: save_plan,
    CommentOnPlan: comment_on_plan,
    ReplyToComment: reply_to_comment,
    CompletePlanTask: complete_plan_task,
}
