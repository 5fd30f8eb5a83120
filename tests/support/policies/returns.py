"""Commands about the statutory return, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import CASEWORK
from tests.support.policies.situation import Make
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.freeze_return import FreezeReturn
from workflows.commands.record_return_download import RecordReturnDownload
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.store.return_runs import Kind

CASES: dict[str, tuple[Make, set[str]]] = {
    "correct details": (
        lambda at: CorrectDetails(at.case_id, {"child_sex": "F"}, "Told by the school"),
        CASEWORK | {"manager"},
    ),
}
FREE: dict[str, tuple[object, set[str]]] = {
    "header of the return": (SaveReturnHeader(2026, {}), {"manager"}),
    "check the return": (AskForReturn(2026, Kind.CHECK), {"manager"}),
    "freeze the return": (FreezeReturn(uuid4(), "Receipt"), {"manager"}),
    "take a file of the return": (RecordReturnDownload(uuid4(), "xml"), {"manager"}),
}
