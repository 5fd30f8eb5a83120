"""Who may do what about the timer board."""

from collections.abc import Mapping
from typing import Final

from workflows.access.people import MANAGER
from workflows.commands.choose_board_email import ChooseBoardEmail
from workflows.commands.remove_view import RemoveView
from workflows.commands.save_view import SaveView
from workflows.commands.set_board_target import SetBoardTarget
from workflows.policy import whom
from workflows.policy.whom import Rule

_manager: Final = whom.only(MANAGER, words="Only a manager can do that.")
RULES: Final[Mapping[type, Rule]] = {
    SaveView: _manager,
    RemoveView: _manager,
    SetBoardTarget: _manager,
    ChooseBoardEmail: _manager,
}
