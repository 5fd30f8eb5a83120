"""What SpiffWorkflow cannot go on from, as a refusal in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager

from SpiffWorkflow.exceptions import WorkflowException

from engine import errors


class NoWayOn(errors.Invalid):
    """The diagram cannot go on from here. A process owner must mend it."""


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Refuse what SpiffWorkflow cannot go on from, so that nothing of the command stands."""
    try:
        yield
    except WorkflowException as error:
        spec = error.task_spec
        name = getattr(spec, "bpmn_name", "") or getattr(spec, "bpmn_id", "") or "a step"
        raise NoWayOn(
            f"The diagram cannot go on at “{name}” ({error.args[0]}). A process owner must mend it."
        ) from error
