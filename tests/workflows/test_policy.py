"""Who may give which command: refused by default, and hidden from those who see no case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from engine import executor, ports
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.fire_timer import FireTimer
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.start_process import StartProcess
from engine.commands.suspend_instance import SuspendInstance
from engine.store.tables import incidents, timers
from tests.support.county import BEGIN, County
from tests.support.policies import CASES, FREE
from tests.support.policies.cases import FILE, OWN, SETTINGS_TASK
from tests.support.policies.free import CASEWORK, PEOPLE, TODAY
from tests.support.policies.situation import SEES, Make, Situation
from workflows import bootstrap
from workflows.commands.accept_invitation import AcceptInvitation
from workflows.commands.add_document import AddDocument
from workflows.commands.apply_calendar import ApplyCalendar
from workflows.commands.begin_absence import BeginAbsence
from workflows.commands.begin_return_run import BeginReturnRun
from workflows.commands.begin_simulation import BeginSimulation
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_return_run import EndReturnRun
from workflows.commands.end_simulation import EndSimulation
from workflows.commands.end_subject_request import EndSubjectRequest
from workflows.commands.erase_case import EraseCase
from workflows.commands.finish_absence import FinishAbsence
from workflows.commands.forget_bundle import ForgetBundle
from workflows.commands.forget_lessons import ForgetLessons
from workflows.commands.keep_backtest import KeepBacktest
from workflows.commands.keep_forecasts import KeepForecasts
from workflows.commands.keep_lessons import KeepLessons
from workflows.commands.keep_outlook import KeepOutlook
from workflows.commands.keep_return_records import KeepReturnRecords
from workflows.commands.record_delivery import RecordDelivery
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.report_simulation import ReportSimulation
from workflows.commands.report_subject_request import ReportSubjectRequest
from workflows.commands.send_board_email import SendBoardEmail
from workflows.commands.send_digest import SendDigest
from workflows.commands.settle_retry_item import SettleRetryItem
from workflows.commands.settle_return_persons import SettleReturnPersons
from workflows.demo import organisation
from workflows.policy import authorise
from workflows.store.intervention_tables import exception_requests
from workflows.store.tables import documents

SYSTEM_ONLY = {
    StartProcess,
    SendDigest,
    SendBoardEmail,
    RemindOfDutyReviews,
    BeginSimulation,
    ReportSimulation,
    EndSimulation,
    ForgetLessons,
    KeepBacktest,
    KeepForecasts,
    KeepLessons,
    KeepOutlook,
    MigrateInstance,
    ReportSubjectRequest,
    EndSubjectRequest,
    ForgetBundle,
    EraseCase,
    AcceptInvitation,
    ApplyCalendar,
    RecordDelivery,
    SettleRetryItem,
    BeginAbsence,
    FinishAbsence,
    BeginReturnRun,
    KeepReturnRecords,
    SettleReturnPersons,
    EndReturnRun,
}


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
        request = uuid4()
        connection.execute(
            exception_requests.insert(),
            {
                "id": request,
                "case_id": case_id,
                "duty": "assessment.decision",
                "qualifier": "",
                "ground": "missed_appointment",
                "from_date": TODAY,
                "to_date": TODAY,
                "reason": "R",
                "documents": [],
                "status": "asked",
                "asked_by": "",
                "asked_at": BEGIN,
                "decided_by": "",
                "answer": "",
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
        request,
    )


def test_every_command_has_a_policy_or_is_the_systems_alone() -> None:
    commands = set(executor.HANDLERS) | set(bootstrap.HANDLERS)

    assert set(authorise.RULES) | set(authorise.LINK_RULES) == commands - SYSTEM_ONLY


def test_every_command_with_a_policy_is_tried_here(situation: Situation) -> None:
    tried = {type(make(situation)) for make, _ in CASES.values()}
    tried |= {type(command) for command, _ in FREE.values()}

    assert tried >= set(authorise.RULES)


@pytest.mark.parametrize(("make", "who"), CASES.values(), ids=CASES)
def test_what_is_done_with_a_case_is_for_some_forbidden_to_others_and_hidden_from_the_rest(
    situation: Situation, make: Make, who: set[str]
) -> None:
    expected = {"may": who, "Forbidden": SEES - who, "NotFound": set(PEOPLE) - SEES}

    answers = situation.everyone(make(situation))

    assert answers == {kind: names for kind, names in expected.items() if names}


@pytest.mark.parametrize(("command", "who"), FREE.values(), ids=FREE)
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

    for make, _ in CASES.values():
        assert situation.may(make(situation), stranger) == "Forbidden"
