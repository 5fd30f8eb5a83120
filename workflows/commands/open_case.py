"""Open a case and start its process: a request for an assessment has come in."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import errors
from engine.changes import JsonValue, Values
from engine.commands.start_process import StartProcess, start_process
from engine.store.database import upsert
from engine.unit_of_work import Work
from workflows import changes
from workflows.store import learners, search
from workflows.store.tables import agencies, cases, parties, reference_numbers


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case about a child with the answers of the process's start form."""

    process_key: str
    values: Values
    case_id: UUID = field(default_factory=uuid4)
    instance_id: UUID = field(default_factory=uuid4)


def open_case(command: OpenCase, work: Work) -> None:
    """Make the case with its parties, then start the process in the same unit.

    Raises:
        errors.Invalid: an answer is missing or wrong, or names no setting that is known.
        errors.NotFound: there is no such process, or no such learner in the transition plan.
        learners.ReviewStarted: the transfer review of this learner has begun already.
    """
    values = command.values
    _refuse_unknown_setting(work, _text(values, "setting"))
    reference = _next_reference(work)
    work.new_subject(command.case_id)
    work.connection.execute(cases.insert(), _row(command, reference, work))
    search.index_case(work.connection, command.case_id, _name(values), reference)
    party = _party(command)
    if party:
        work.connection.execute(parties.insert(), party)
    work.record(changes.CaseOpened(None, command.case_id, reference))
    start_process(
        StartProcess(command.process_key, command.case_id, values, instance_id=command.instance_id),
        work,
    )
    _tie_to_learner(command, work)


def _tie_to_learner(command: OpenCase, work: Work) -> None:
    """Let the transition plan know the review of a learner by its case."""
    learner = _text(command.values, "learner")
    if not learner:
        return
    try:
        learner_id = UUID(learner)
    except ValueError as error:
        raise learners.NoSuchLearner from error
    learners.begin_review(
        work.connection, learner_id, command.case_id, now=work.now, by=work.actor.id
    )


def _row(command: OpenCase, reference: str, work: Work) -> dict[str, object]:
    values = command.values
    return {
        "id": command.case_id,
        "reference": reference,
        "process_key": command.process_key,
        "child_first_name": _text(values, "child_first_name"),
        "child_last_name": _text(values, "child_last_name"),
        "child_date_of_birth": search.date_or_none(values.get("child_date_of_birth"))
        or work.now.date(),
        "search_text": search.fold(f"{_name(values)} {reference}"),
        "details": {
            key: value
            for key, value in values.items()
            if key in {"child_sex", "year_group", "communication_needs", "phase"} and value
        },
        "area": _text(values, "area"),
        "setting_id": _text(values, "setting"),
        "key_contact": "",
        "status": "open",
        "stage": "Request received",
        "outcome": "",
        "opened_at": work.now,
    }


def _party(command: OpenCase) -> dict[str, object] | None:
    values = command.values
    name = _text(values, "parent_name")
    if not name:
        return None
    return {
        "id": uuid4(),
        "case_id": command.case_id,
        "kind": "parent",
        "name": name,
        "email": _text(values, "parent_email").lower(),
        "phone": _text(values, "parent_phone"),
        "address": _text(values, "parent_address"),
        "person_id": "",
    }


def _next_reference(work: Work) -> str:
    year = work.now.year
    statement = upsert(reference_numbers, work.connection).values(year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["year"], set_={"last": reference_numbers.c.last + 1}
    )
    work.connection.execute(statement)
    number = work.connection.execute(
        sa.select(reference_numbers.c.last).where(reference_numbers.c.year == year)
    ).scalar_one()
    return f"EHC-{year}-{number:05d}"


def _refuse_unknown_setting(work: Work, setting: str) -> None:
    if not setting:
        return
    known = work.connection.execute(
        sa.select(agencies.c.id).where(agencies.c.id == setting, agencies.c.kind == "setting")
    ).one_or_none()
    if known is None:
        raise errors.Invalid(
            "There is no such setting.", errors={"setting": ("Select a setting from the list",)}
        )


def _text(values: Values, name: str) -> str:
    value: JsonValue = values.get(name)
    return value.strip()[:200] if isinstance(value, str) else ""


def _name(values: Values) -> str:
    return f"{_text(values, 'child_first_name')} {_text(values, 'child_last_name')}"
