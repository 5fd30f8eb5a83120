"""Open a restricted case for an hour, with a stated reason; others are told at once."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from engine import changes as engine_changes, errors
from engine.unit_of_work import Work
from workflows import access_changes
from workflows.access import glass, restricted
from workflows.access.glass import Broken, Told
from workflows.calendar import london

LEAST: Final = 10  # characters: a reason says something
REASON_LIMIT: Final = 1_000
TEXT: Final = """Dear {name},

The restricted case {reference} was opened with break-glass by {who}, on {day} at {time}. It stays open to
them until {until}.

Read the reason that they gave, and acknowledge this alert: {site}/access-record/alerts
"""


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """Open restricted `case_id` to oneself. `site`: the address of the pages, for the alert."""

    case_id: UUID
    reason: str
    site: str = ""


def break_glass(command: BreakGlass, work: Work) -> None:
    """Open the case, put it on record, and alert those named for it, managers and administrators.

    The emails name the case by its reference and say nothing about a child; the reason stands on a
    page behind the sign-in.

    Raises:
        errors.Invalid: there is no reason that says something.
    """
    reason = command.reason.strip()
    if len(reason) < LEAST:
        raise errors.Invalid(
            "Say why you must open this case.",
            errors={"reason": (f"Enter the reason, in at least {LEAST} characters",)},
        )
    if len(reason) > REASON_LIMIT:
        long = f"Reason must be {REASON_LIMIT} characters or less"
        raise errors.Invalid("The reason is too long.", errors={"reason": (long,)})
    work.lock_subject(command.case_id)
    broken = Broken(
        uuid4(), command.case_id, work.actor.id, reason, work.now, work.now + restricted.OPEN_FOR
    )
    told = glass.whom_to_tell(work.connection, command.case_id, work.actor.id)
    glass.keep(work.connection, broken, told)
    reference = glass.reference(work.connection, command.case_id)
    work.record(
        access_changes.GlassBroken(None, command.case_id, broken.id, reason, broken.until),
        *(_alert(broken, each, reference, command.site, work) for each in told),
    )


def _alert(
    broken: Broken, told: Told, reference: str, site: str, work: Work
) -> engine_changes.OutgoingQueued:
    at, until = (each.astimezone(london.LONDON) for each in (broken.at, broken.until))
    text = TEXT.format(
        name=told.name,
        reference=reference,
        who=work.actor.name,
        day=f"{at.day} {at:%B %Y}",
        time=f"{at:%H:%M}",
        until=f"{until:%H:%M}",
        site=site,
    )
    return engine_changes.OutgoingQueued(
        None,
        "email",
        f"break-glass:{broken.id}:{told.person_id}",
        {"to": told.email, "subject": f"Restricted case {reference} was opened", "text": text},
    )
