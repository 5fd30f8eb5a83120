"""Commands about access: restricted cases, retention, subject access, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import CASEWORK, PEOPLE, TODAY
from tests.support.policies.situation import Make, Situation
from workflows.commands.acknowledge_glass import AcknowledgeGlass
from workflows.commands.add_retention_rule import AddRetentionRule
from workflows.commands.break_glass import BreakGlass
from workflows.commands.decide_erasure import DecideErasure
from workflows.commands.end_retention_rule import EndRetentionRule
from workflows.commands.lift_hold import LiftHold
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.log_subject_request import LogSubjectRequest
from workflows.commands.place_hold import PlaceHold
from workflows.commands.propose_erasure import ProposeErasure
from workflows.commands.release_subject_request import ReleaseSubjectRequest
from workflows.commands.restrict_case import RestrictCase

REASON = "The school called about safety"


def _glass(at: Situation) -> BreakGlass:
    """Return the command; the case has been restricted to who opened it."""
    restrict = RestrictCase(at.case_id, "adoption", REASON)
    at.county.system.execute(restrict, at.county.person("casework"))
    return BreakGlass(at.case_id, REASON)


def _release(at: Situation) -> ReleaseSubjectRequest:
    """Return the command; a request has been logged."""
    log = LogSubjectRequest(at.case_id, "Joan Example", TODAY)
    at.county.system.execute(log, at.county.person("manager"))
    return ReleaseSubjectRequest(log.request_id, checked=True)


CASES: dict[str, tuple[Make, set[str]]] = {
    "restrict": (lambda at: RestrictCase(at.case_id, "adoption", REASON), CASEWORK | {"manager"}),
    "lift a restriction": (lambda at: LiftRestriction(at.case_id, REASON), CASEWORK | {"manager"}),
    "log a subject access request": (
        lambda at: LogSubjectRequest(at.case_id, "Joan Example", TODAY),
        {"manager"},
    ),
    "release what is held": (_release, {"manager"}),
    "break the glass": (_glass, {"casework2", "casework3", "panel", "manager"}),
}
FREE: dict[str, tuple[object, set[str]]] = {
    "add a retention rule": (AddRetentionRule("issued", "birth", 31, "Policy", TODAY), {"admin"}),
    "end a retention rule": (EndRetentionRule(uuid4()), {"admin"}),
    "place a hold": (PlaceHold(uuid4(), REASON), {"admin"}),
    "lift a hold": (LiftHold(uuid4(), REASON), {"admin"}),
    "propose an erasure": (ProposeErasure(), {"admin"}),
    "decide an erasure": (DecideErasure(uuid4(), confirm=True), {"admin"}),
    "acknowledge an alert": (AcknowledgeGlass(uuid4()), set(PEOPLE)),
}
