"""What is done with a case, and who may."""

from uuid import uuid4

from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.commands.deliver_message import DeliverMessage
from engine.commands.fire_timer import FireTimer
from engine.commands.release_task import ReleaseTask
from engine.commands.reschedule_timer import RescheduleTimer
from engine.commands.resume_instance import ResumeInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.suspend_instance import SuspendInstance
from tests.support.county import BEGIN
from tests.support.policies.free import CASEWORK, TODAY
from tests.support.policies.situation import SEES, Make
from workflows.commands.add_document import AddDocument
from workflows.commands.add_document_version import AddDocumentVersion
from workflows.commands.choose_key_contact import ChooseKeyContact
from workflows.commands.comment_on_plan import CommentOnPlan
from workflows.commands.complete_plan_task import CompletePlanTask
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.make_link import MakeLink
from workflows.commands.record_exception import RecordException
from workflows.commands.reply_to_comment import ReplyToComment
from workflows.commands.revoke_link import RevokeLink
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.commands.start_on_case import StartOnCase
from workflows.demo import organisation
from workflows.documents.store import Stored

FILE = Stored("a.pdf", "application/pdf", 1, "0" * 64, "00/0.pdf")
SETTINGS_TASK, FAMILYS_TASK = "give_setting_information", "give_views"
OWN = {"setting"} | CASEWORK  # casework may enter what came by post
BEHALF = OnBehalf("mother, by telephone")
# What is tried, and who may; all others who see the case are forbidden, the rest find nothing.
CASES: dict[str, tuple[Make, set[str]]] = {
    "claim": (lambda at: ClaimTask(at.tasks[SETTINGS_TASK]), OWN),
    "release": (lambda at: ReleaseTask(at.tasks[SETTINGS_TASK]), OWN | {"manager"}),
    "draft": (lambda at: SaveDraft(at.tasks[SETTINGS_TASK], {}), OWN),
    "complete for another": (lambda at: CompleteTask(at.tasks[SETTINGS_TASK], {}, BEHALF), OWN),
    "complete in the editor": (
        lambda at: CompletePlanTask(at.tasks[SETTINGS_TASK], {}, BEHALF),
        OWN,
    ),
    "write a section": (lambda at: SavePlanSection(at.case_id, "f", {}, 0), CASEWORK),
    "write the whole plan": (lambda at: SavePlan(at.case_id, {}, 0), CASEWORK),
    "comment on the working plan": (
        lambda at: CommentOnPlan(at.case_id, "f", 0, "Who?"),
        CASEWORK | {"panel", "manager"},
    ),
    "comment on a served plan": (lambda at: CommentOnPlan(at.case_id, "f", 1, "Who?"), SEES),
    "reply": (lambda at: ReplyToComment(at.case_id, uuid4(), "Her teacher."), SEES),
    "claim the family's": (lambda at: ClaimTask(at.tasks[FAMILYS_TASK]), {"parent"} | CASEWORK),
    "draft the family's": (
        lambda at: SaveDraft(at.tasks[FAMILYS_TASK], {}),
        {"parent"} | CASEWORK,
    ),
    "assign": (
        lambda at: AssignTask(at.tasks[SETTINGS_TASK], organisation.person_id("setting")),
        {"setting", "manager"},
    ),
    "fire a plain timer": (lambda at: FireTimer(at.timers[False], by_hand=True), {"manager"}),
    "move a plain timer": (
        lambda at: RescheduleTimer(at.timers[False], BEGIN, "Why not"),
        {"manager"},
    ),
    "fire a timer of the law": (lambda at: FireTimer(at.timers[True], by_hand=True), set()),
    "move a timer of the law": (
        lambda at: RescheduleTimer(at.timers[True], BEGIN, "Why not"),
        set(),
    ),
    "retry": (lambda at: RetryIncident(at.incident), CASEWORK | {"manager"}),
    "cancel": (lambda at: CancelInstance(at.instance, "Why not"), {"manager"}),
    "suspend": (lambda at: SuspendInstance(at.instance, "Why not"), {"manager"}),
    "resume": (lambda at: ResumeInstance(at.instance, "Why not"), {"manager"}),
    "message": (
        lambda at: DeliverMessage("request_withdrawn", at.case_id),
        CASEWORK | {"manager"},
    ),
    "choose the key contact": (
        lambda at: ChooseKeyContact(at.case_id, organisation.person_id("casework")),
        CASEWORK | {"manager"},
    ),
    "correct": (
        lambda at: CorrectFact(at.case_id, "request_received", TODAY, "Stamp"),
        CASEWORK | {"manager"},
    ),
    "except": (
        lambda at: RecordException(at.case_id, "assessment.decision", "x", TODAY, TODAY, "R"),
        CASEWORK | {"manager"},
    ),
    "start on it": (
        lambda at: StartOnCase("mediation", at.case_id, {}),
        CASEWORK | {"manager"},
    ),
    "end": (lambda at: EndCase(at.case_id, Ending.WITHDRAWN, TODAY, "R"), CASEWORK | {"manager"}),
    "explain a delay": (
        lambda at: ExplainDelay(at.case_id, "assessment.decision", "other", "x"),
        SEES - {"parent"},
    ),
    "send a link": (
        lambda at: MakeLink(at.tasks[SETTINGS_TASK], "Joan", "joan@families.test", "https://x/l/"),
        OWN,
    ),
    "withdraw a link": (
        lambda at: RevokeLink(at.tasks[SETTINGS_TASK], at.case_id),
        OWN,
    ),
    "add a version": (
        lambda at: AddDocumentVersion(at.case_id, at.document, FILE),
        SEES - {"parent"},
    ),
    "add a document": (lambda at: AddDocument(at.case_id, "Letter", "evidence", FILE), SEES),
}
