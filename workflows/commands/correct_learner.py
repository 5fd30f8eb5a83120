"""Correct what the transition plan says of a learner; the cohort follows."""

from dataclasses import asdict, dataclass
from uuid import UUID

from engine import errors
from engine.changes import JsonValue, Values
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import learners
from workflows.store.entered import Entered
from workflows.transition.details import LearnerDetails, faults


@dataclass(frozen=True, slots=True)
class CorrectLearner:
    """Let a learner be as `details` say; `seen` is the revision looked at."""

    learner_id: UUID
    details: LearnerDetails
    reason: str
    seen: int | None = None


def correct_learner(command: CorrectLearner, work: Work) -> None:
    """Correct the entry.

    Raises:
        errors.NotFound: there is no such learner.
        errors.Invalid: something of the entry is wrong, or there is no reason.
        errors.Conflict: a colleague was quicker, or another learner has that name and date of birth.
    """
    wrong = dict(faults(command.details, london.local_date(work.now)))
    if not command.reason.strip():
        wrong["reason"] = "Enter the reason"
    if wrong:
        raise errors.Invalid(errors={name: (message,) for name, message in wrong.items()})
    row = learners.lock(work.connection, command.learner_id, seen=command.seen)
    identity = command.details.identity
    if identity != row.identity and learners.known(work.connection, {identity}):
        raise errors.Conflict(
            "Another learner in the plan has this name, date of birth and kind already."
        )
    new = {**asdict(command.details), "identity": identity}
    differs = sorted(name for name, value in new.items() if getattr(row, name) != value)
    before: JsonValue = {
        name: str(getattr(row, name) or "") for name in differs if name != "identity"
    }
    body: Values = {"reason": command.reason.strip()[:1000], "before": before}
    learners.change(work.connection, row, Entered(work.now, work.actor.id, "corrected", body), new)
