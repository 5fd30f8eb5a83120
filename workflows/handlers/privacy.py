"""What is done about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.acknowledge_glass import AcknowledgeGlass, acknowledge_glass
from workflows.commands.break_glass import BreakGlass, break_glass
from workflows.commands.lift_restriction import LiftRestriction, lift_restriction
from workflows.commands.restrict_case import RestrictCase, restrict_case

HANDLERS: Final[Mapping[type, Handler]] = {
    RestrictCase: restrict_case,
    LiftRestriction: lift_restriction,
    BreakGlass: break_glass,
    AcknowledgeGlass: acknowledge_glass,
}
