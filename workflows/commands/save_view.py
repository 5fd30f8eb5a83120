"""Save a view of the board or of the list of time limits under a name."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.store import board

LONGEST_NAME: Final = 100
LONGEST_ADDRESS: Final = 2_000
PAGES: Final = ("/board", "/timers")


@dataclass(frozen=True, slots=True)
class SaveView:
    """Keep `address` (path and query of a page) as `name`; `shared`: all managers find it."""

    name: str
    address: str
    shared: bool
    view_id: UUID = field(default_factory=uuid4)


def save_view(command: SaveView, work: Work) -> None:
    """Keep the view; one of the same name is replaced.

    Raises:
        errors.Invalid: it has no name, or is none of these pages.
    """
    name = command.name.strip()
    if not name:
        raise errors.Invalid(errors={"name": ("Enter a name for this view",)})
    if len(name) > LONGEST_NAME:
        wrong = f"Enter a name of at most {LONGEST_NAME} characters"
        raise errors.Invalid(errors={"name": (wrong,)})
    path = command.address.partition("?")[0]
    is_ours = any(path == page or path.startswith(f"{page}/") for page in PAGES)
    if not is_ours or len(command.address) > LONGEST_ADDRESS or not command.address.isprintable():
        raise errors.Invalid("Only views of the board and of the time limits can be saved.")
    board.save_view(
        work.connection,
        {
            "id": command.view_id,
            "owner": work.actor.id,
            "name": name,
            "address": command.address,
            "shared": command.shared,
            "saved_at": work.now,
        },
    )
