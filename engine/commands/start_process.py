"""Start an instance of a process."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import changes, errors
from engine.definitions import forms, periods
from engine.store import definitions
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class StartProcess:
    """Start `process_key` for a subject with the answers of its start form.

    Attributes:
        instance_id: The identifier that the new instance gets.
        new_subject: The subject does not exist yet.
    """

    process_key: str
    subject_id: UUID
    values: changes.Values
    new_subject: bool = False
    instance_id: UUID = field(default_factory=uuid4)


class NoSuchProcess(errors.NotFound):
    """There is no published process of this name."""


def start_process(command: StartProcess, work: Work) -> None:
    """Start the live version, and run it to its first waits.

    Raises:
        NoSuchProcess: nothing is published under the key.
        forms.InvalidForm: an answer of the start form is missing or wrong.
    """
    bundle_id = definitions.live_bundle(work.connection, command.process_key)
    if bundle_id is None:
        raise NoSuchProcess(f"There is no published process “{command.process_key[:60]}”.")
    bundle = work.bundles.get(bundle_id)
    values = forms.validate(
        work.form_of(bundle.start_form),
        command.values,
        variables={},
        today=work.now.astimezone(periods.ZONE).date(),
    )
    if command.new_subject:
        work.new_subject(command.subject_id)
    work.start(bundle_id, command.instance_id, command.subject_id, values)
