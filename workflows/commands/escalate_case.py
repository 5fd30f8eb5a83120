"""Tell somebody who answers for it that a case, or a task of it, needs them."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from engine import changes as engine_changes, errors, reasons
from engine.unit_of_work import Work
from workflows import changes
from workflows.access import reachable
from workflows.access.reachable import Reachable
from workflows.context import case_of

TEXT: Final = """{sender} of {authority} asks for your help with case {reference}{task}.

Why:
{reason}

Sign in to see the case: {url}

This email does not name the child. Please do not answer it: write in the case, or call.
"""


@dataclass(frozen=True, slots=True)
class EscalateCase:
    """Escalate a case, or one of its tasks, to a person or an agency.

    Attributes:
        to: `person:…` or `agency:…`, as `access.reachable` offers them.
        site: The address of the pages, for the link.
    """

    case_id: UUID
    to: str
    reason: str
    site: str
    task_id: UUID | None = None
    escalation_id: UUID = field(default_factory=uuid4)


class NotReachable(errors.Invalid):
    """Nobody on this case can be reached so."""


def escalate_case(command: EscalateCase, work: Work) -> None:
    """Put it on record, and queue the email: it names no child.

    Raises:
        errors.Invalid: no reason is given, or there is nobody to write to.
        unit_of_work.NoSuchTask: the task is not one of the case.
    """
    reason = reasons.given(command.reason, most=1000)
    work.lock_subject(command.case_id)
    task = work.part("task", command.task_id) if command.task_id else None
    if task is not None and task.subject_id != command.case_id:
        raise errors.NotFound("There is no such task on this case.")
    whom = _whom(command, work)
    name = task.name if task is not None else ""
    work.record(
        changes.CaseEscalated(
            None,
            command.case_id,
            command.escalation_id,
            whom.id,
            whom.name,
            reason,
            command.task_id,
            name,
        ),
        _email(command, whom, name, work),
    )


def _whom(command: EscalateCase, work: Work) -> Reachable:
    found = reachable.reachable(work.connection, command.case_id)
    chosen = next((each for each in found if each.id == command.to), None)
    if chosen is None:
        raise NotReachable(errors={"to": ("Select who is to be told",)})
    return chosen


def _email(
    command: EscalateCase, whom: Reachable, task: str, work: Work
) -> engine_changes.OutgoingQueued:
    context = case_of(work, command.case_id)
    reference = context.case.reference
    page = f"/tasks/{command.task_id}" if command.task_id else f"/cases/{command.case_id}"
    text = TEXT.format(
        sender=work.actor.name,
        authority=context.authority.get("authority") or "the local authority",
        reference=reference,
        task=f", task “{task}”" if task else "",
        reason=command.reason.strip(),
        url=f"{command.site}{page}",
    )
    return engine_changes.OutgoingQueued(
        None,
        "email",
        f"escalation:{command.escalation_id}",
        {"to": whom.email, "subject": f"Your help is needed: case {reference}", "text": text},
    )
