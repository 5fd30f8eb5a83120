"""Commands about how managers step in, and who may give them."""

from uuid import uuid4

from engine.commands.cancel_timer import CancelTimer
from engine.commands.move_token import MoveToken
from engine.commands.restart_instance import RestartInstance
from tests.support.policies.free import CASEWORK, TODAY
from tests.support.policies.situation import SEES, Make
from workflows.commands.ask_exception import AskException
from workflows.commands.decide_exception import DecideException
from workflows.commands.escalate_case import EscalateCase
from workflows.commands.retry_incidents import RetryIncidents
from workflows.commands.retry_item import RetryItem

CASES: dict[str, tuple[Make, set[str]]] = {
    "cancel a timer": (lambda at: CancelTimer(at.timers[False], "R"), {"manager"}),
    "cancel a timer of a duty": (lambda at: CancelTimer(at.timers[True], "R"), set()),
    "move a token": (lambda at: MoveToken(at.instance, "a", "b", "R"), {"manager"}),
    "restart a process": (lambda at: RestartInstance(at.instance, "R"), {"manager"}),
    "ask for an exception": (
        lambda at: AskException(at.case_id, "x", "y", TODAY, TODAY, "R"),
        CASEWORK | {"manager"},
    ),
    "decide on an exception": (lambda at: DecideException(at.request, granted=True), {"manager"}),
    "escalate": (lambda at: EscalateCase(at.case_id, "x", "R", ""), SEES - {"parent"}),
    "try one of a group again": (
        lambda at: RetryItem(uuid4(), at.incident),
        CASEWORK | {"manager"},
    ),
}
FREE: dict[str, tuple[object, set[str]]] = {
    "try a group again": (RetryIncidents((), ""), CASEWORK | {"manager"}),
}
