"""What is done with the statutory return."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.ask_for_return import AskForReturn, ask_for_return
from workflows.commands.begin_return_run import BeginReturnRun, begin_return_run
from workflows.commands.correct_details import CorrectDetails, correct_details
from workflows.commands.end_return_run import EndReturnRun, end_return_run
from workflows.commands.freeze_return import FreezeReturn, freeze_return
from workflows.commands.keep_return_records import KeepReturnRecords, keep_return_records
from workflows.commands.record_return_download import (
    RecordReturnDownload,
    record_return_download,
)
from workflows.commands.save_return_header import SaveReturnHeader, save_return_header
from workflows.commands.settle_return_persons import SettleReturnPersons, settle_return_persons

HANDLERS: Final[Mapping[type, Handler]] = {
    CorrectDetails: correct_details,
    SaveReturnHeader: save_return_header,
    AskForReturn: ask_for_return,
    BeginReturnRun: begin_return_run,
    KeepReturnRecords: keep_return_records,
    SettleReturnPersons: settle_return_persons,
    EndReturnRun: end_return_run,
    FreezeReturn: freeze_return,
    RecordReturnDownload: record_return_download,
}
