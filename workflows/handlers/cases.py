"""What is done with cases."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.add_document import AddDocument, add_document
from workflows.commands.add_document_version import AddDocumentVersion, add_document_version
from workflows.commands.choose_digest import ChooseDigest, choose_digest
from workflows.commands.choose_key_contact import ChooseKeyContact, choose_key_contact
from workflows.commands.correct_fact import CorrectFact, correct_fact
from workflows.commands.end_case import EndCase, end_case
from workflows.commands.explain_delay import ExplainDelay, explain_delay
from workflows.commands.make_link import MakeLink, make_link
from workflows.commands.open_case import OpenCase, open_case
from workflows.commands.record_exception import RecordException, record_exception
from workflows.commands.revoke_link import RevokeLink, revoke_link
from workflows.commands.save_link_draft import SaveLinkDraft, save_link_draft
from workflows.commands.send_digest import SendDigest, send_digest
from workflows.commands.start_on_case import StartOnCase, start_on_case

HANDLERS: Final[Mapping[type, Handler]] = {
    OpenCase: open_case,
    ChooseKeyContact: choose_key_contact,
    CorrectFact: correct_fact,
    RecordException: record_exception,
    EndCase: end_case,
    AddDocument: add_document,
    AddDocumentVersion: add_document_version,
    StartOnCase: start_on_case,
    ExplainDelay: explain_delay,
    MakeLink: make_link,
    RevokeLink: revoke_link,
    SaveLinkDraft: save_link_draft,
    ChooseDigest: choose_digest,
    SendDigest: send_digest,
}
