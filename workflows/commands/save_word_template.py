"""Change how notices and plans look in Word."""

from dataclasses import dataclass, field

from engine import errors
from engine.unit_of_work import Work
from workflows.notices import word_check
from workflows.store import templates


@dataclass(frozen=True, slots=True)
class SaveWordTemplate:
    """Make Word documents from the file `data`. `base`: the version that was looked at."""

    data: bytes = field(repr=False)
    file_name: str
    reason: str
    base: int


def save_word_template(command: SaveWordTemplate, work: Work) -> None:
    """Keep the file as a new version, live at once; what was issued stays as it is.

    Raises:
        word_check.UnacceptableTemplate: it could do harm, or would leave something out.
        errors.Invalid: no reason is given.
        templates.ChangedMeanwhile: a colleague was quicker.
    """
    word_check.check(command.data, command.file_name)
    if not command.reason.strip():
        raise errors.Invalid("Say why.", errors={"reason": ("Enter why you change this",)})
    made = templates.Made(work.now, work.actor.id, command.reason.strip()[:500], command.base)
    templates.add_file(work.connection, command.data, command.file_name, made)
