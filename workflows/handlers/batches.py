"""What is done to many at once, and while people are away."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.begin_absence import BeginAbsence, begin_absence
from workflows.commands.discard_batch import DiscardBatch, discard_batch
from workflows.commands.end_absence import EndAbsence, end_absence
from workflows.commands.finish_absence import FinishAbsence, finish_absence
from workflows.commands.message_agency import MessageAgency, message_agency
from workflows.commands.plan_batch import PlanBatch, plan_batch
from workflows.commands.resume_batch import ResumeBatch, resume_batch
from workflows.commands.set_absence import SetAbsence, set_absence
from workflows.commands.start_batch import StartBatch, start_batch
from workflows.commands.stop_batch import StopBatch, stop_batch
from workflows.commands.tell_managers import TellManagers, tell_managers
from workflows.commands.undo_batch import UndoBatch, undo_batch

HANDLERS: Final[Mapping[type, Handler]] = {
    PlanBatch: plan_batch,
    StartBatch: start_batch,
    StopBatch: stop_batch,
    ResumeBatch: resume_batch,
    UndoBatch: undo_batch,
    DiscardBatch: discard_batch,
    TellManagers: tell_managers,
    MessageAgency: message_agency,
    SetAbsence: set_absence,
    EndAbsence: end_absence,
    BeginAbsence: begin_absence,
    FinishAbsence: finish_absence,
}
