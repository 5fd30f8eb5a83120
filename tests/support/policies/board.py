"""Commands about the timer board, and who may give them."""

from uuid import uuid4

from tests.support.policies.situation import Make
from workflows.commands.choose_board_email import ChooseBoardEmail
from workflows.commands.remove_view import RemoveView
from workflows.commands.save_view import SaveView
from workflows.commands.set_board_target import SetBoardTarget

CASES: dict[str, tuple[Make, set[str]]] = {}
FREE: dict[str, tuple[object, set[str]]] = {
    "save a view": (SaveView("Mine", "/board", shared=False), {"manager"}),
    "remove a view": (RemoveView(uuid4()), {"manager"}),
    "set the target": (SetBoardTarget("60"), {"manager"}),
    "choose the board's email": (ChooseBoardEmail(wanted=True), {"manager"}),
}
