"""The vocabulary of change: what a command did, as frozen values that projections write down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

JsonValue: TypeAlias = str | int | float | bool | list["JsonValue"] | dict[str, "JsonValue"] | None
Values: TypeAlias = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to one instance, or to its subject alone where `instance_id` is None."""

    instance_id: UUID | None


@dataclass(frozen=True, slots=True)
class InstanceStarted(Change):
    """A process instance began."""

    subject_id: UUID
    process_key: str
    version: int
    bundle_id: str
    values: Values


@dataclass(frozen=True, slots=True)
class InstanceEnded(Change):
    """A process instance reached its end (`completed`) or was ended (`cancelled`)."""

    outcome: str
    end_element: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SubjectErased(Change):
    """What the history of a subject said so far was erased; `digest`: of all that is kept of it."""

    subject_id: UUID
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class InstanceSuspended(Change):
    """Nothing moves in the instance until it is resumed; its timers stay set but do not fire."""

    reason: str


@dataclass(frozen=True, slots=True)
class InstanceResumed(Change):
    """A suspended instance moves again."""

    reason: str


@dataclass(frozen=True, slots=True)
class InstanceRestarted(Change):
    """An instance was ended, and its process begun again on the same subject."""

    new_instance_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class TokenMoved(Change):
    """A person put a token at another element; the one that it left was not completed."""

    element_id: str
    name: str
    to_element: str
    to_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class InstanceMoved(Change):
    """An instance went to another version of its diagram.

    Attributes:
        bundle_before, bundle_id: Its process with all that it calls.
        ways: Where its tokens went: element of the old version to that of the new one.
        undone: It went back, since the move was undone.
    """

    migration_id: UUID
    version_before: int
    version: int
    bundle_before: str
    bundle_id: str
    ways: Mapping[str, str]
    reason: str
    ordered_by: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class TaskOpened(Change):
    """A user task waits for somebody.

    Attributes:
        task_id: The task, the same identifier as its token in the engine.
        process_key: The process whose diagram has the element (a called one, maybe).
        name: What the person does ("Decide whether to assess").
        label: What tells this one from its siblings ("Educational psychology"), or "".
        assignee: The person it is given to at once, or "".
        due_at: The task's own (working) date, aware UTC, or None.
        form_key: The page that the application brings instead of a generated form, or "".
        duty: Code of the duty behind the task, or "".
        properties: The element's extension properties, evaluated.
    """

    task_id: UUID
    element_id: str
    process_key: str
    name: str
    label: str
    role: str
    assignee: str
    due_at: dt.datetime | None
    form_key: str
    duty: str
    properties: Mapping[str, str] = field(default_factory=dict)
    item: JsonValue = None


@dataclass(frozen=True, slots=True)
class TaskClaimed(Change):
    """A person took a task."""

    task_id: UUID
    assignee: str


@dataclass(frozen=True, slots=True)
class TaskReleased(Change):
    """A task went back to its team."""

    task_id: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaskAssigned(Change):
    """A task was given to a person by another. `in_person`: to nobody in their place."""

    task_id: UUID
    assignee: str
    reason: str = ""
    in_person: bool = False


@dataclass(frozen=True, slots=True)
class DraftSaved(Change):
    """What was typed so far was kept. Not in the history: a draft is nobody's statement yet."""

    task_id: UUID
    values: Values


@dataclass(frozen=True, slots=True)
class TaskCompleted(Change):
    """A person completed a task with the values of its form."""

    task_id: UUID
    element_id: str
    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class TaskCancelled(Change):
    """A task is no longer wanted, since its process took another way."""

    task_id: UUID
    element_id: str


@dataclass(frozen=True, slots=True)
class TaskMoved(Change):
    """A user task that waits is drawn otherwise in the version that its instance went to.

    `role_before`: the role whose lane had it; `due_changed`: its own date is another, `due_at`.
    """

    task_id: UUID
    element_id: str
    process_key: str
    name: str
    label: str
    role: str
    role_before: str
    due_at: dt.datetime | None
    due_changed: bool
    form_key: str
    duty: str
    properties: Mapping[str, str] = field(default_factory=dict)
    item: JsonValue = None


@dataclass(frozen=True, slots=True)
class TimerSet(Change):
    """A timer waits; with `due_at` None it sleeps until its expression has a date."""

    timer_id: UUID
    element_id: str
    process_key: str
    name: str
    due_at: dt.datetime | None
    interrupting: bool
    attached_to: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class TimerFired(Change):
    """A timer fired; `due_at` is when it should have, whatever the time now."""

    timer_id: UUID
    element_id: str
    name: str
    due_at: dt.datetime
    by_hand: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TimerCancelled(Change):
    """A timer is no longer wanted."""

    timer_id: UUID
    element_id: str


@dataclass(frozen=True, slots=True)
class TimerStopped(Change):
    """A person cancelled a timer: it fires no more, and all else goes on."""

    timer_id: UUID
    element_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class TimerRescheduled(Change):
    """A timer's date changed, by hand with a reason or since a fact did."""

    timer_id: UUID
    element_id: str
    due_before: dt.datetime | None
    due_at: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class TimerMoved(Change):
    """A timer that waits is drawn otherwise in the version that its instance went to."""

    timer_id: UUID
    element_id: str
    process_key: str
    name: str
    attached_to: str
    interrupting: bool
    duty: str = ""


@dataclass(frozen=True, slots=True)
class TimerWantedAgain(Change):
    """A timer that a move had cancelled waits again, since the move was undone."""

    timer_id: UUID
    element_id: str


@dataclass(frozen=True, slots=True)
class MessageAwaited(Change):
    """A token waits for a message whose payload agrees with `correlation`."""

    wait_id: UUID
    element_id: str
    process_key: str
    message: str
    correlation: Values


@dataclass(frozen=True, slots=True)
class MessageDelivered(Change):
    """A message reached a token that waited for it."""

    wait_id: UUID
    element_id: str
    message: str
    payload: Values


@dataclass(frozen=True, slots=True)
class MessageWaitCancelled(Change):
    """A token waits for a message no longer."""

    wait_id: UUID
    element_id: str


@dataclass(frozen=True, slots=True)
class MessageWaitMoved(Change):
    """A message that is waited for is drawn otherwise where its instance went to."""

    wait_id: UUID
    element_id: str
    process_key: str
    message: str
    correlation: Values


@dataclass(frozen=True, slots=True)
class MessageSent(Change):
    """A throw event or send task sent a message to whoever waits for it on the same subject."""

    message: str
    element_id: str
    payload: Values


@dataclass(frozen=True, slots=True)
class VariablesSet(Change):
    """Variables of the instance took new values."""

    values: Values


@dataclass(frozen=True, slots=True)
class ElementCompleted(Change):
    """A token left an element.

    Attributes:
        element_id: The BPMN element, within `process_key`.
        element_type: Its BPMN name: userTask, serviceTask, endEvent, boundaryEvent …
        properties: Its extension properties, evaluated (`records`, `duty` …).
        values: What completing it brought (form values, message payload, result of a service).
    """

    element_id: str
    process_key: str
    element_type: str
    name: str
    properties: Mapping[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    item: JsonValue = None


@dataclass(frozen=True, slots=True)
class IncidentRaised(Change):
    """A step failed; the work before it is kept, and the step can be tried again."""

    incident_id: UUID
    token_id: UUID
    element_id: str
    process_key: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class IncidentResolved(Change):
    """A failed step was tried again and went through, or is no longer wanted."""

    incident_id: UUID
    element_id: str
    how: str


@dataclass(frozen=True, slots=True)
class IncidentMoved(Change):
    """A step that failed is drawn otherwise in the version that its instance went to."""

    token_id: UUID
    element_id: str
    process_key: str
    name: str


@dataclass(frozen=True, slots=True)
class OutgoingQueued(Change):
    """Something must leave the system (an email, a webhook) after the commit, by a sender of a kind.

    `key`: for the receiver, who may see it twice; `payload`: ids, no personal data but the address.
    """

    kind: str
    key: str
    payload: Values
    subject_id: UUID | None = None
