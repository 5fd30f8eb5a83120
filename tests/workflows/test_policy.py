"""Who may give which command: refused by default, and hidden from those who see no case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from engine import errors, executor, ports
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.commands.deliver_message import DeliverMessage
from engine.commands.fire_timer import FireTimer
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.release_task import ReleaseTask
from engine.commands.reschedule_timer import RescheduleTimer
from engine.commands.resume_instance import ResumeInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.start_process import StartProcess
from engine.commands.suspend_instance import SuspendInstance
from engine.store.database import writing
from engine.store.tables import incidents, timers
from engine.unit_of_work import Work
from tests.support.county import BEGIN, County
from tests.support.free_commands import CASEWORK, FREE_COMMANDS, PEOPLE, TODAY
from workflows import bootstrap
from workflows.commands.add_document import AddDocument
from workflows.commands.add_document_version import AddDocumentVersion
from workflows.commands.begin_simulation import BeginSimulation
from workflows.commands.comment_on_plan import CommentOnPlan
from workflows.commands.complete_plan_task import CompletePlanTask
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase, Ending
from workflows.commands.end_simulation import EndSimulation
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.make_link import MakeLink
from workflows.commands.record_exception import RecordException
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.reply_to_comment import ReplyToComment
from workflows.commands.report_simulation import ReportSimulation
from workflows.commands.revoke_link import RevokeLink
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.commands.send_digest import SendDigest
from workflows.commands.start_on_case import StartOnCase
from workflows.demo import organisation
from workflows.documents.store import Stored
from workflows.policy import authorise
from workflows.store.tables import documents

# Who sees the case while the setting and the family are asked for what they know.
SEES = CASEWORK | {"panel", "manager", "setting", "parent"}
FILE = Stored("a.pdf", "application/pdf", 1, "0" * 64, "00/0.pdf")
SYSTEM_ONLY = {
    StartProcess,
    SendDigest,
    RemindOfDutyReviews,
    BeginSimulation,
    ReportSimulation,
    EndSimulation,
    MigrateInstance,
}


@dataclass
class Situation:
    """A case in which the setting and the family are asked, with all that commands name."""

    county: County
    case_id: UUID
    tasks: dict[str, UUID]
    timers: dict[bool, UUID]
    instance: UUID
    incident: UUID
    document: UUID

    def may(self, command: object, actor: ports.Actor) -> str:
        """Return "may", or the kind of refusal; nothing is executed."""
        system = self.county.system
        with writing(system.engine) as connection:
            bundles, now = system.executor.bundles, system.clock.now()
            try:
                authorise.authorise(command, Work(connection, now, actor, bundles, system.domain))
            except errors.Refused as refusal:
                return next(e.__name__ for e in KINDS if isinstance(refusal, e))
            finally:
                connection.rollback()
        return "may"

    def everyone(self, command: object) -> dict[str, set[str]]:
        """Return who gets which answer."""
        answers: dict[str, set[str]] = {}
        for name in PEOPLE:
            answers.setdefault(self.may(command, self.county.person(name)), set()).add(name)
        return answers


KINDS = (errors.NotFound, errors.Forbidden, errors.Invalid)


@pytest.fixture
def situation(small_county: County) -> Situation:
    case_id = small_county.open_case()
    small_county.link_parent(case_id)
    small_county.walk(case_id, until="give_views")
    rows = small_county.open_tasks(case_id)
    instance, incident = rows[0].instance_id, uuid4()
    with small_county.system.engine.begin() as connection:
        waiting = sa.select(timers.c.id).where(timers.c.status == "waiting").order_by(timers.c.id)
        of_law, plain, *_ = connection.execute(waiting).scalars()
        for timer, duty in ((of_law, "assessment.decision"), (plain, "")):
            connection.execute(timers.update().where(timers.c.id == timer).values(duty=duty))
        connection.execute(
            incidents.insert(),
            {
                "id": incident,
                "instance_id": instance,
                "subject_id": case_id,
                "token_id": uuid4(),
                "process_key": "ehc_assessment",
                "element_id": "a_step",
                "name": "A step",
                "message": "It failed.",
                "raised_at": BEGIN,
            },
        )
        first = sa.select(documents.c.id).where(documents.c.case_id == case_id).limit(1)
        document = connection.execute(first.order_by(documents.c.id)).scalar_one()
    return Situation(
        small_county,
        case_id,
        {each.element_id: each.id for each in rows},
        {True: of_law, False: plain},
        instance,
        incident,
        document,
    )


SETTINGS_TASK, FAMILYS_TASK = "give_setting_information", "give_views"
OWN = {"setting"} | CASEWORK  # casework may enter what came by post
BEHALF = OnBehalf("mother, by telephone")
Make = Callable[[Situation], object]
# What is tried, and who may; all others who see the case are forbidden, the rest find nothing.
CASE_COMMANDS: dict[str, tuple[Make, set[str]]] = {
    "claim": (lambda at: ClaimTask(at.tasks[SETTINGS_TASK]), OWN),
    "release": (lambda at: ReleaseTask(at.tasks[SETTINGS_TASK]), OWN),
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


def test_every_command_has_a_policy_or_is_the_systems_alone() -> None:
    commands = set(executor.HANDLERS) | set(bootstrap.HANDLERS)

    assert set(authorise.RULES) | set(authorise.LINK_RULES) == commands - SYSTEM_ONLY


def test_every_command_with_a_policy_is_tried_here(situation: Situation) -> None:
    tried = {type(make(situation)) for make, _ in CASE_COMMANDS.values()}
    tried |= {type(command) for command, _ in FREE_COMMANDS.values()}

    assert tried >= set(authorise.RULES)


@pytest.mark.parametrize(("make", "who"), CASE_COMMANDS.values(), ids=CASE_COMMANDS)
def test_what_is_done_with_a_case_is_for_some_forbidden_to_others_and_hidden_from_the_rest(
    situation: Situation, make: Make, who: set[str]
) -> None:
    expected = {"may": who, "Forbidden": SEES - who, "NotFound": set(PEOPLE) - SEES}

    answers = situation.everyone(make(situation))

    assert answers == {kind: names for kind, names in expected.items() if names}


@pytest.mark.parametrize(("command", "who"), FREE_COMMANDS.values(), ids=FREE_COMMANDS)
def test_what_is_about_no_case_is_for_some_and_forbidden_to_others(
    situation: Situation, command: object, who: set[str]
) -> None:
    expected = {"may": who, "Forbidden": set(PEOPLE) - who}

    assert situation.everyone(command) == {kind: names for kind, names in expected.items() if names}


def test_who_enters_for_another_names_the_source(situation: Situation) -> None:
    command = CompleteTask(situation.tasks[SETTINGS_TASK], {})

    assert situation.everyone(command) == {
        "may": {"setting"},
        "Invalid": CASEWORK,
        "Forbidden": SEES - OWN,
        "NotFound": set(PEOPLE) - SEES,
    }


def test_a_task_is_given_to_nobody_outside_its_team(situation: Situation) -> None:
    command = AssignTask(situation.tasks[SETTINGS_TASK], organisation.person_id("outsider"))

    assert situation.everyone(command)["Invalid"] == {"setting", "manager"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: ClaimTask(uuid4()),
        lambda: FireTimer(uuid4(), by_hand=True),
        lambda: RetryIncident(uuid4()),
        lambda: SuspendInstance(uuid4(), "Why not"),
        lambda: CorrectFact(uuid4(), "request_received", TODAY, "Stamp"),
        lambda: AddDocument(uuid4(), "Letter", "evidence", FILE),
    ],
    ids=["task", "timer", "incident", "instance", "case", "document"],
)
def test_what_does_not_exist_is_found_by_nobody(
    situation: Situation, make: Callable[[], Any]
) -> None:
    assert situation.everyone(make()) == {"NotFound": set(PEOPLE)}


def test_a_command_without_a_policy_is_refused_to_everybody(situation: Situation) -> None:
    @dataclass(frozen=True, slots=True)
    class EraseEverything:
        """Nobody thought of who may do this."""

    assert situation.everyone(EraseEverything()) == {"Forbidden": set(PEOPLE)}
    assert situation.may(EraseEverything(), ports.SYSTEM) == "may"


def test_somebody_whom_the_directory_does_not_know_may_nothing(situation: Situation) -> None:
    stranger = ports.Actor(organisation.person_id("manager"), "Grace Okafor")

    for make, _ in CASE_COMMANDS.values():
        assert situation.may(make(situation), stranger) == "Forbidden"
