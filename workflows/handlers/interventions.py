"""How managers step in: many at once, tokens, timers, absences."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.ask_exception import AskException, ask_exception
from workflows.commands.decide_exception import DecideException, decide_exception
from workflows.commands.escalate_case import EscalateCase, escalate_case
from workflows.commands.retry_incidents import RetryIncidents, retry_incidents
from workflows.commands.retry_item import RetryItem, retry_item
from workflows.commands.settle_retry_item import SettleRetryItem, settle_retry_item

HANDLERS: Final[Mapping[type, Handler]] = {
    AskException: ask_exception,
    DecideException: decide_exception,
    EscalateCase: escalate_case,
    RetryIncidents: retry_incidents,
    RetryItem: retry_item,
    SettleRetryItem: settle_retry_item,
}
