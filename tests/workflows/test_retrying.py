"""All that failed for one cause is tried again, one by one, as the person who asked."""

import pytest
import sqlalchemy as sa

from engine.commands.retry_incident import RetryIncident
from engine.commands.suspend_instance import SuspendInstance
from engine.store.tables import history
from tests.support.county import County
from tests.support.failing import cases_with_incidents, failing
from workflows import retrying
from workflows.access.people import Person
from workflows.commands.retry_incidents import NothingToRetry, RetryIncidents
from workflows.queries.incident_groups import Group, incident_groups
from workflows.queries.retry_progress import RetryProgress, retry_progress


def groups(county: County) -> list[Group]:
    with county.system.read() as connection:
        return incident_groups(connection, county.person("manager"))


def ask(county: County, group: Group, person: Person) -> RetryIncidents:
    command = RetryIncidents(group.incident_ids, f"{group.name}: {group.why}")
    county.system.execute(command, person)
    return command


def outcome(county: County, command: RetryIncidents) -> RetryProgress:
    with county.system.read() as connection:
        return retry_progress(connection, county.person("manager"), command.retry_id)


def test_a_cause_is_one_group_and_all_of_it_goes_through(county: County) -> None:
    cases = cases_with_incidents(county, 3)
    (group,) = groups(county)
    manager = county.person("manager")

    command = ask(county, group, manager)
    waiting = outcome(county, command)
    settled = retrying.carry_on(county.system, seconds=60)
    done = outcome(county, command)

    assert (group.why, group.case_count) == ("The mail server … did not answer.", 3)
    assert (waiting.status, waiting.settled, settled) == ("running", 0, 3)
    assert (done.status, done.counts) == ("done", {"succeeded": 3})
    assert groups(county) == []
    with county.system.read() as connection:
        actors = connection.execute(
            sa.select(history.c.actor_id).where(
                history.c.kind == "IncidentResolved", history.c.subject_id.in_(cases)
            )
        ).scalars()
        assert set(actors) == {manager.id}
    assert county.problems() == []


def test_each_step_has_an_outcome_of_its_own(small_county: County) -> None:
    cases_with_incidents(small_county, 3)
    (group,) = groups(small_county)
    manager = small_county.person("manager")
    command = ask(small_county, group, manager)
    first, second, _ = group.steps
    small_county.system.execute(RetryIncident(first.id), manager)
    small_county.system.execute(SuspendInstance(second.instance_id, "A pause"), manager)

    with failing(small_county, "remind"):
        retrying.carry_on(small_county.system, seconds=60)
    done = outcome(small_county, command)

    assert done.counts == {"gone": 1, "refused": 1, "failed": 1}
    said = {each.status: each.message for each in done.items}
    assert "suspended" in said["refused"]
    assert "did not answer" in said["failed"]
    assert sum(len(each.steps) for each in groups(small_county)) == 2
    assert small_county.problems() == []


def test_what_nobody_waits_for_is_not_tried_again(small_county: County) -> None:
    cases_with_incidents(small_county, 1)
    (group,) = groups(small_county)
    manager = small_county.person("manager")
    small_county.system.execute(RetryIncident(group.steps[0].id), manager)

    with pytest.raises(NothingToRetry):
        ask(small_county, group, manager)
