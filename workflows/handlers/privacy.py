"""What is done about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.acknowledge_glass import AcknowledgeGlass, acknowledge_glass
from workflows.commands.add_retention_rule import AddRetentionRule, add_retention_rule
from workflows.commands.break_glass import BreakGlass, break_glass
from workflows.commands.decide_erasure import DecideErasure, decide_erasure
from workflows.commands.end_retention_rule import EndRetentionRule, end_retention_rule
from workflows.commands.end_subject_request import EndSubjectRequest, end_subject_request
from workflows.commands.erase_case import EraseCase, erase_case
from workflows.commands.forget_bundle import ForgetBundle, forget_bundle
from workflows.commands.lift_hold import LiftHold, lift_hold
from workflows.commands.lift_restriction import LiftRestriction, lift_restriction
from workflows.commands.log_subject_request import LogSubjectRequest, log_subject_request
from workflows.commands.place_hold import PlaceHold, place_hold
from workflows.commands.propose_erasure import ProposeErasure, propose_erasure
from workflows.commands.release_subject_request import (
    ReleaseSubjectRequest,
    release_subject_request,
)
from workflows.commands.report_subject_request import (
    ReportSubjectRequest,
    report_subject_request,
)
from workflows.commands.restrict_case import RestrictCase, restrict_case

HANDLERS: Final[Mapping[type, Handler]] = {
    RestrictCase: restrict_case,
    LiftRestriction: lift_restriction,
    BreakGlass: break_glass,
    AcknowledgeGlass: acknowledge_glass,
    LogSubjectRequest: log_subject_request,
    ReleaseSubjectRequest: release_subject_request,
    ReportSubjectRequest: report_subject_request,
    EndSubjectRequest: end_subject_request,
    ForgetBundle: forget_bundle,
    AddRetentionRule: add_retention_rule,
    EndRetentionRule: end_retention_rule,
    PlaceHold: place_hold,
    LiftHold: lift_hold,
    ProposeErasure: propose_erasure,
    DecideErasure: decide_erasure,
    EraseCase: erase_case,
}
