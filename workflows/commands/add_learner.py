"""Add somebody with a statement or a learning difficulty assessment to the transition plan."""

from dataclasses import asdict, dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.store import learners
from workflows.store.entered import Entered
from workflows.transition.details import LearnerDetails, faults


@dataclass(frozen=True, slots=True)
class AddLearner:
    """Add a learner."""

    details: LearnerDetails
    learner_id: UUID = field(default_factory=uuid4)


class KnownLearner(errors.Conflict):
    """A learner of this name, date of birth and kind is in the plan already."""


def add_learner(command: AddLearner, work: Work) -> None:
    """Enter the learner.

    Raises:
        errors.Invalid: something of the entry is wrong.
        KnownLearner: the learner is there already.
    """
    details = command.details
    wrong = faults(details, london.local_date(work.now))
    if wrong:
        raise errors.Invalid(errors={name: (message,) for name, message in wrong.items()})
    row = {
        "id": command.learner_id,
        **asdict(details),
        "identity": details.identity,
        "month_reason": "",
    }
    entered = Entered(work.now, work.actor.id, "added", {})
    if not learners.add(work.connection, [row], entered):
        raise KnownLearner
