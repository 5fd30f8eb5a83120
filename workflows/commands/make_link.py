"""Send somebody who does not sign in a personal link to one task."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from engine import changes as engine_changes, errors
from engine.unit_of_work import SomeoneElsesTask, Work
from workflows import changes
from workflows.access import links
from workflows.calendar import london
from workflows.context import case_of
from workflows.notifier.mail import ADDRESS

NAME_LIMIT: Final = 100
EMAIL_LIMIT: Final = 200
TEXT: Final = """Dear {name},

{authority} asks you to fill in a form. Open it with this link:

{url}

The link is for you alone: please do not pass it on. You can save what you have written and come back
with the same link until {until}.

If you did not expect this email, do not open the link, and tell {authority}.
"""


@dataclass(frozen=True, slots=True)
class MakeLink:
    """Send `name` a link to `task_id`. `site`: the address to which the link's secret is added."""

    task_id: UUID
    name: str
    email: str
    site: str


class NotByLink(errors.Invalid):
    """This task is the authority’s own: it cannot be done by a personal link."""


def make_link(command: MakeLink, work: Work) -> None:
    """Make the link, and queue the email: it does not name the child.

    Raises:
        unit_of_work.TaskClosed: the task is not open.
        SomeoneElsesTask: a colleague is at it.
        NotByLink: it is not for people outside.
        errors.Invalid: name or email address is wrong.
    """
    task = work.part("task", command.task_id)
    work.refuse_closed(task)
    if not links.suits(task.role, task.properties):
        raise NotByLink
    if task.assignee not in {"", work.actor.id}:
        raise SomeoneElsesTask(details={"by": task.assignee})
    name, email = _recipient(command)
    if task.assignee:
        work.record(engine_changes.TaskReleased(task.instance_id, task.id, "Sent as a link"))
    link = links.NewLink(
        id=uuid4(),
        token=links.new_token(),
        task_id=task.id,
        case_id=task.subject_id,
        name=name,
        email=email,
        expires_at=work.now + links.LASTS,
    )
    links.keep(work.connection, link, made_by=work.actor.id, now=work.now)
    work.record(
        changes.LinkMade(None, link.case_id, link.id, link.task_id, name, email, link.expires_at),
        _email(link, command.site, work),
    )


def _recipient(command: MakeLink) -> tuple[str, str]:
    name, email = " ".join(command.name.split()), command.email.strip()
    wrong: dict[str, tuple[str, ...]] = {}
    if not name or len(name) > NAME_LIMIT:
        wrong["link_name"] = (f"Enter a name of at most {NAME_LIMIT} characters",)
    if not ADDRESS.match(email) or len(email) > EMAIL_LIMIT:
        wrong["link_email"] = ("Enter an email address, like name@example.org",)
    if wrong:
        raise errors.Invalid("Say who the link is for.", errors=wrong)
    return name, email


def _email(link: links.NewLink, site: str, work: Work) -> engine_changes.OutgoingQueued:
    context = case_of(work, link.case_id)
    authority = context.authority.get("authority") or "The local authority"
    until = london.local_date(link.expires_at)
    text = TEXT.format(
        name=link.name,
        authority=authority,
        url=f"{site}{link.token}",
        until=f"{until.day} {until:%B %Y}",
    )
    return engine_changes.OutgoingQueued(
        None,
        "email",
        f"personal-link:{link.id}",
        {
            "to": link.email,
            "subject": f"A form for you from {authority}",
            "text": text,
            "forget": ["text"],
        },
    )
