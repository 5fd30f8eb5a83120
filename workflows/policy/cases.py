"""Who may do what with a case: by involvement in it, and by role."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.commands.fire_timer import FireTimer
from engine.commands.release_task import ReleaseTask
from engine.commands.reschedule_timer import RescheduleTimer
from engine.commands.resume_instance import ResumeInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.suspend_instance import SuspendInstance
from engine.unit_of_work import NoSuchTask, Work
from workflows.access import links, people, sight
from workflows.access.people import (
    CASEWORK,
    FAMILY,
    MANAGER,
    Person,
)
from workflows.commands.add_document import AddDocument
from workflows.commands.add_document_version import AddDocumentVersion
from workflows.commands.choose_key_contact import ChooseKeyContact
from workflows.commands.comment_on_plan import CommentOnPlan
from workflows.commands.complete_plan_task import CompletePlanTask
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.end_case import EndCase
from workflows.commands.explain_delay import ExplainDelay
from workflows.commands.make_link import MakeLink
from workflows.commands.open_case import OpenCase
from workflows.commands.record_exception import RecordException
from workflows.commands.reply_to_comment import ReplyToComment
from workflows.commands.revoke_link import RevokeLink
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.commands.start_on_case import StartOnCase
from workflows.plan import sections
from workflows.policy import authority, whom
from workflows.policy.refusal import NotAllowed
from workflows.store import documents, plans
from workflows.store.tables import parties


def _own_task(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Allow a member of the task's team and role, whoever has it, and the family for its own."""
    task = work.part("task", command.task_id)
    whom.refuse_hidden(person, task.subject_id, work)
    if person.is_in(task.team_id, task.role) or task.assignee == person.id:
        return
    if task.role == FAMILY and person.is_family and _is_party(work, person, task.subject_id):
        return
    if _may_enter_for(person, task):
        return
    whom.see(person, task.subject_id, work)
    raise NotAllowed(f"This task is for {people.ROLE_NAMES.get(task.role, task.role)}.")


def _may_enter_for(person: Person, task: Any) -> bool:  # noqa: ANN401
    """Tell whether casework may enter what another gave by post or phone."""
    return CASEWORK in person.roles and task.properties.get("on_behalf") == "yes"


def _complete(command: CompleteTask | CompletePlanTask, person: Person, work: Work) -> None:
    _own_task(command, person, work)
    task = work.part("task", command.task_id)
    own = person.is_in(task.team_id, task.role) or task.assignee == person.id or person.is_family
    if not own and command.on_behalf is None:
        raise errors.Invalid(
            "Say who gave this answer, and how it came.",
            errors={"on_behalf_of": ("Enter who gave this answer and how it came",)},
        )


def _release(command: ReleaseTask, person: Person, work: Work) -> None:
    """Let managers give anybody's task back to its team, beside those whose work it is."""
    if MANAGER in person.roles:
        whom.see(person, work.part("task", command.task_id).subject_id, work)
        return
    _own_task(command, person, work)


def _send_links(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    task = work.part("task", command.task_id)
    whom.refuse_hidden(person, task.subject_id, work)
    if not links.may_send(person, task.role, task.team_id):
        whom.see(person, task.subject_id, work)
        raise NotAllowed("Only SEN casework or the task’s team can send personal links to it.")


def _assign(command: AssignTask, person: Person, work: Work) -> None:
    task = work.part("task", command.task_id)
    whom.refuse_hidden(person, task.subject_id, work)
    if not person.is_in(task.team_id, task.role):
        whom.see(person, task.subject_id, work)
    if not (MANAGER in person.roles or person.is_in(task.team_id, task.role)):
        raise NotAllowed("Only a colleague of the team or a manager can assign this task.")
    known = people.colleagues(work.connection, task.team_id, task.role)
    if command.assignee not in {each for each, _ in known}:
        raise errors.Invalid(
            "The task can only be given to a member of its team.",
            errors={"assignee": ("Select a member of the team",)},
        )
    _refuse_kept_out(command.assignee, task.subject_id, work, field="assignee")


def _refuse_kept_out(person_id: str, case_id: UUID, work: Work, *, field: str) -> None:
    """Refuse to bring somebody to a restricted case who is not let in."""
    try:
        whom.refuse_hidden(people.person(work.connection, person_id), case_id, work)
    except sight.RestrictedCase as kept_out:
        message = "This case is restricted, and your colleague is not let in"
        raise errors.Invalid(f"{message}.", errors={field: (message,)}) from kept_out


def manage_timer(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Let managers change a timer that no duty stands behind."""
    timer = _part_or_404(work, "timer", command.timer_id)
    whom.see(person, timer.subject_id, work)
    whom.refuse_others_than_managers(person)
    if timer.duty:
        raise NotAllowed(
            "This timer follows a statutory time limit. It moves only when a date of the case is "
            "corrected."
        )


def manage_incident(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Let managers and casework try a failed step again."""
    incident = _part_or_404(work, "incident", command.incident_id)
    whom.see(person, incident.subject_id, work)
    if not person.roles & {MANAGER, CASEWORK}:
        raise NotAllowed


def manage_instance(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Let managers end a process of a case that they see, or let it rest."""
    row = work.instance(command.instance_id)
    whom.see(person, row.subject_id, work)
    whom.refuse_others_than_managers(person)


def casework_case(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    """Let casework and managers change a case that they see."""
    whom.see(person, command.case_id, work)
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can do that.")


def _key_contact(command: ChooseKeyContact, person: Person, work: Work) -> None:
    casework_case(command, person, work)
    if command.person_id in dict(people.caseworkers(work.connection, command.case_id)):
        _refuse_kept_out(command.person_id, command.case_id, work, field="person")


def _staff_on_case(command: Any, person: Person, work: Work) -> None:  # noqa: ANN401
    whom.see(person, command.case_id, work)
    if person.roles <= {FAMILY}:
        raise NotAllowed


def _message(command: DeliverMessage, person: Person, work: Work) -> None:
    whom.see(person, command.subject_id, work)
    if not person.roles & {CASEWORK, MANAGER}:
        raise NotAllowed("Only SEN casework or a manager can do that.")


def _document(command: AddDocument, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)


def _write_section(command: SavePlanSection, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)
    written = sections.editable(_roles(person, command.case_id, work))
    if command.section in sections.KINDS and command.section not in written:
        raise NotAllowed("This section of the plan is written by others.")


def _write_plan(command: SavePlan, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)
    if CASEWORK not in person.roles:
        raise NotAllowed("Only SEN casework can write the whole plan.")


def _comment(command: CommentOnPlan, person: Person, work: Work) -> None:
    """Let all who see the case comment on what was served; on the rest, who reads the section."""
    whom.see(person, command.case_id, work)
    if not command.version and command.section not in sections.readable(
        _roles(person, command.case_id, work)
    ):
        raise NotAllowed("This section of the plan has not been served yet.")


def _reply(command: ReplyToComment, person: Person, work: Work) -> None:
    whom.see(person, command.case_id, work)
    found = plans.comment(work.connection, command.reply_to)
    if found is not None and not found.version:
        readable = sections.readable(_roles(person, command.case_id, work))
        if found.section not in readable:
            raise NotAllowed("This section of the plan has not been served yet.")


def _roles(person: Person, case_id: UUID, work: Work) -> frozenset[str]:
    return sight.roles_in(work.connection, person, case_id)


def _document_version(command: AddDocumentVersion, person: Person, work: Work) -> None:
    """Let staff add to what they see, and families to what they have added themselves."""
    whom.see(person, command.case_id, work)
    row = documents.newest(work.connection, command.case_id, command.document_id)
    if row.roles and not person.sees_all_cases and not person.roles & set(row.roles):
        raise documents.NoSuchDocument
    if person.roles <= {FAMILY} and row.added_by != person.id:
        raise NotAllowed("You can add new versions of your own documents only.")


def _open(command: OpenCase, person: Person, work: Work) -> None:
    del work
    if not person.roles & {CASEWORK, MANAGER, "education_setting"}:
        raise NotAllowed("Only SEN casework, a manager or a setting can start a request.")
    if command.values.get("learner"):
        authority.refuse_outside_casework(person)


def _part_or_404(work: Work, kind: str, identifier: UUID) -> Any:  # noqa: ANN401
    try:
        return work.part(kind, identifier)
    except NoSuchTask as error:
        raise errors.NotFound(f"There is no such {kind}.") from error


def _is_party(work: Work, person: Person, case_id: UUID) -> bool:
    statement = sa.select(parties.c.id).where(
        parties.c.case_id == case_id, parties.c.person_id == person.id
    )
    return work.connection.execute(statement).first() is not None


RULES: Final[Mapping[type, Callable[[Any, Person, Work], None]]] = {
    ClaimTask: _own_task,
    ReleaseTask: _release,
    SaveDraft: _own_task,
    CompleteTask: _complete,
    CompletePlanTask: _complete,
    SavePlanSection: _write_section,
    SavePlan: _write_plan,
    CommentOnPlan: _comment,
    ReplyToComment: _reply,
    StartOnCase: casework_case,
    ExplainDelay: _staff_on_case,
    AssignTask: _assign,
    FireTimer: manage_timer,
    RescheduleTimer: manage_timer,
    RetryIncident: manage_incident,
    CancelInstance: manage_instance,
    SuspendInstance: manage_instance,
    ResumeInstance: manage_instance,
    DeliverMessage: _message,
    OpenCase: _open,
    ChooseKeyContact: _key_contact,
    CorrectFact: casework_case,
    RecordException: casework_case,
    EndCase: casework_case,
    AddDocument: _document,
    AddDocumentVersion: _document_version,
    MakeLink: _send_links,
    RevokeLink: _send_links,
}
