"""Who may do what about the statutory return."""

from collections.abc import Mapping
from typing import Any, Final

from engine.unit_of_work import Work
from workflows.access.people import CASEWORK, MANAGER, Person
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.freeze_return import FreezeReturn
from workflows.commands.record_return_download import RecordReturnDownload
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.policy import whom
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule


def _correct(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Allow casework and managers on cases that they see."""
    whom.see(person, command.case_id, work)
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework and managers correct the details of a case.")


_MANAGERS: Final = whom.only(MANAGER, words="Only a manager answers for the statutory return.")
RULES: Final[Mapping[type, Rule]] = {
    CorrectDetails: _correct,
    SaveReturnHeader: _MANAGERS,
    AskForReturn: _MANAGERS,
    FreezeReturn: _MANAGERS,
    RecordReturnDownload: _MANAGERS,
}
