"""Commands about many at once and absences, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import CASEWORK, TODAY
from tests.support.policies.situation import Make
from workflows.commands.begin_absence import BeginAbsence
from workflows.commands.discard_batch import DiscardBatch
from workflows.commands.end_absence import EndAbsence
from workflows.commands.finish_absence import FinishAbsence
from workflows.commands.message_agency import MessageAgency
from workflows.commands.plan_batch import PlanBatch
from workflows.commands.resume_batch import ResumeBatch
from workflows.commands.set_absence import SetAbsence
from workflows.commands.start_batch import StartBatch
from workflows.commands.stop_batch import StopBatch
from workflows.commands.tell_managers import TellManagers
from workflows.commands.undo_batch import UndoBatch
from workflows.demo import organisation

CASES: dict[str, tuple[Make, set[str]]] = {
    "tell the managers": (lambda at: TellManagers(at.case_id, "Why not"), CASEWORK | {"manager"}),
    "write to an agency": (
        lambda at: MessageAgency("health", "x@y.test", "S", "T", (at.case_id,)),
        CASEWORK | {"manager"},
    ),
}
FREE: dict[str, tuple[object, set[str]]] = {
    "plan for many": (PlanBatch("release", ()), {"manager"}),
    "start for many": (StartBatch(uuid4(), "Why not"), {"manager"}),
    "stop for many": (StopBatch(uuid4()), {"manager"}),
    "go on for many": (ResumeBatch(uuid4()), {"manager"}),
    "undo for many": (UndoBatch(uuid4()), {"manager"}),
    "discard for many": (DiscardBatch(uuid4()), {"manager"}),
    "be away": (
        SetAbsence(organisation.person_id("health"), TODAY, TODAY),
        {"health", "manager"},
    ),
    "be back": (EndAbsence(uuid4(), organisation.person_id("health")), {"health", "manager"}),
    "begin an absence": (BeginAbsence(uuid4()), set()),
    "finish an absence": (FinishAbsence(uuid4()), set()),
}
