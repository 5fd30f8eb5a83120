"""Take a learner out of the transition plan: moved away, entered by mistake, statement ceased."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import learners
from workflows.store.entered import Entered


@dataclass(frozen=True, slots=True)
class RemoveLearner:
    """Take a learner out, for a reason."""

    learner_id: UUID
    reason: str


def remove_learner(command: RemoveLearner, work: Work) -> None:
    """Take the learner out; the history keeps that there was one, and why not any more.

    Raises:
        errors.NotFound: there is no such learner.
        errors.Invalid: there is no reason.
        learners.ReviewStarted: a learner whose review has begun stays in the plan.
    """
    reason = command.reason.strip()[:1000]
    if not reason:
        raise errors.Invalid("Say why.", errors={"reason": ("Enter the reason",)})
    row = learners.lock(work.connection, command.learner_id)
    learners.refuse_begun(work.connection, row)
    body = {"reason": reason, "identity": row.identity}
    learners.remove(work.connection, row, Entered(work.now, work.actor.id, "removed", body))
