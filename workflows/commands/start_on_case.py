"""Start a process on a case that is there already: mediation, a personal budget, a review."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.changes import Values
from engine.commands.start_process import StartProcess, start_process
from engine.store import definitions
from engine.unit_of_work import Work

OPENS_A_CASE = "child_first_name"  # a start form that asks this is about a child not known yet


@dataclass(frozen=True, slots=True)
class StartOnCase:
    """Start `process_key` on a case with the answers of its start form."""

    process_key: str
    case_id: UUID
    values: Values
    instance_id: UUID = field(default_factory=uuid4)


class OpensItsOwnCase(errors.Conflict):
    """This process opens a case of its own; leave the case out."""


def start_on_case(command: StartOnCase, work: Work) -> None:
    """Start the process.

    Raises:
        OpensItsOwnCase: it begins with a child who is not known yet.
        errors.Invalid: an answer is missing or wrong.
        errors.NotFound: there is no such process.
    """
    bundle_id = definitions.live_bundle(work.connection, command.process_key)
    if bundle_id is not None:
        form = work.bundles.get(bundle_id).start_form
        if any(each.id == OPENS_A_CASE for each in form.fields):
            raise OpensItsOwnCase
    start_process(
        StartProcess(
            command.process_key, command.case_id, command.values, instance_id=command.instance_id
        ),
        work,
    )
