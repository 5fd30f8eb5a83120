"""What managers do with the timer board: saved views, emails."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.choose_board_email import ChooseBoardEmail, choose_board_email
from workflows.commands.remove_view import RemoveView, remove_view
from workflows.commands.save_view import SaveView, save_view
from workflows.commands.send_board_email import SendBoardEmail, send_board_email
from workflows.commands.set_board_target import SetBoardTarget, set_board_target

HANDLERS: Final[Mapping[type, Handler]] = {
    SaveView: save_view,
    RemoveView: remove_view,
    SetBoardTarget: set_board_target,
    ChooseBoardEmail: choose_board_email,
    SendBoardEmail: send_board_email,
}
