"""End an instance and begin its process again."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from engine import changes, errors, reasons
from engine.definitions import forms, periods
from engine.store import definitions, instances
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class RestartInstance:
    """End `instance_id` and begin its process again as `new_instance_id`, with a reason."""

    instance_id: UUID
    reason: str
    new_instance_id: UUID = field(default_factory=uuid4)


class CannotBegin(errors.Conflict):
    """The process that is live now cannot begin with the answers of before."""


def restart_instance(command: RestartInstance, work: Work) -> None:
    """Cancel the instance, and start the live version of its process on the same subject.

    It begins with the answers that it began with, as they are true now. What is on record of the
    subject stays as it is.

    Raises:
        errors.Invalid: no reason is given.
        CannotBegin: the process is no longer published, or asks for something else now.
        unit_of_work.Suspended: the process is suspended.
        unit_of_work.Ended: the process has ended.
    """
    reason = reasons.given(command.reason)
    run = work.run_of(command.instance_id)
    row = work.instance(command.instance_id)
    bundle_id = definitions.live_bundle(work.connection, row.process_key)
    if bundle_id is None:
        raise CannotBegin("This process is not published any more.")
    values = _values(bundle_id, row, work)
    work.record(changes.InstanceRestarted(run.instance_id, command.new_instance_id, reason))
    run.cancel(reason)
    work.collect(run)
    work.start(bundle_id, command.new_instance_id, row.subject_id, values)


def _values(bundle_id: str, row: Any, work: Work) -> changes.Values:  # noqa: ANN401 (a row)
    """Return the answers that the process begins with."""
    bundle = work.bundles.get(bundle_id)
    before = instances.start_values(work.connection, row.subject_id, row.id)
    given = work.domain.begin_again(bundle.start, before, row.subject_id, work)
    asked = {each.id for each in bundle.start_form.fields}
    try:
        return forms.validate(
            work.form_of(bundle.start_form),
            {name: value for name, value in given.items() if name in asked},
            variables={},
            today=work.now.astimezone(periods.ZONE).date(),
        )
    except errors.Invalid as refusal:
        fields = {each.id: each.label for each in bundle.start_form.fields}
        named = "; ".join(
            f"{fields.get(name, name)}: {texts[0]}" for name, texts in refusal.errors.items()
        )
        raise CannotBegin(
            f"The process cannot begin with the answers of before. {named or refusal.message}."
        ) from refusal
