"""A restricted case is hidden from all but those who are let in, managers included."""

import datetime as dt
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import errors
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.store.tables import outbox
from tests.support.county import County
from workflows.access import glass, sight
from workflows.access.people import Person
from workflows.commands.acknowledge_glass import AcknowledgeGlass
from workflows.commands.break_glass import BreakGlass
from workflows.commands.lift_restriction import LiftRestriction
from workflows.commands.restrict_case import RestrictCase
from workflows.demo import organisation
from workflows.digests import due, gather
from workflows.digests.preference import Covers
from workflows.queries import glass_alerts
from workflows.queries.case_list import CaseFilter, case_list
from workflows.queries.deadline_list import DeadlineFilter, deadline_list
from workflows.queries.engine_lists import timers_seen
from workflows.queries.registers import registers
from workflows.queries.restricted_matches import restricted_matches
from workflows.queries.work_list import Scope, WorkFilter, task_item, work_list

REASON = "The school called about safety"
EVERYBODY = tuple(name for name, _, _ in organisation.PEOPLE)


def restrict(county: County, case_id: UUID, *names: str, teams: tuple[str, ...] = ()) -> None:
    people = tuple(organisation.person_id(name) for name in names)
    command = RestrictCase(case_id, "adoption", "Placed for adoption", people, teams)
    county.system.execute(command, county.person("casework"))


def seers(county: County, case_id: UUID) -> set[str]:
    found = set()
    with county.system.read() as connection:
        for name in EVERYBODY:
            try:
                sight.why_may_see(connection, county.person(name), case_id)
            except errors.NotFound:
                continue
            found.add(name)
    return found


def opened(county: County, name: str) -> Person:
    """Return somebody as they are signed in just now."""
    with county.system.read() as connection:
        now = county.system.clock.now()
        return glass.with_opened(connection, county.person(name), now=now)


def test_a_restricted_case_is_on_no_list_but_of_those_who_are_let_in(county: County) -> None:
    plain, hidden = county.open_case(), county.open_case(child_first_name="Ben")
    for case_id in (plain, hidden):
        county.walk(case_id, until="give_setting_information")
    now = county.system.clock.now()
    with county.system.read() as connection:
        before = deadline_list(
            connection, county.person("manager"), DeadlineFilter(), now=now, limit=200
        ).items
    restrict(county, hidden, "casework2")

    def shown(name: str) -> list[set[UUID]]:
        person = county.person(name)
        with county.system.read() as connection:
            tasks = [
                work_list(connection, person, WorkFilter(scope), now=now).page.items
                for scope in (Scope.ALL, Scope.TEAM, Scope.WAITING)
            ]
            return [
                {each.id for each in case_list(connection, person, CaseFilter()).items},
                {
                    each.case_id
                    for each in deadline_list(connection, person, DeadlineFilter(), now=now).items
                },
                {each.case_id for found in tasks for each in found},
                {
                    each.subject_id
                    for each in timers_seen(connection, person, limit=None, cursor=None).items
                },
            ]

    for name in ("manager", "panel", "casework3"):
        assert all(hidden not in found for found in shown(name)), name
        assert plain in shown(name)[0]
    for name in ("casework", "casework2"):
        assert shown(name)[:2] == [{plain, hidden}, {plain, hidden}]
    with county.system.read() as connection:
        after = deadline_list(
            connection, county.person("manager"), DeadlineFilter(), now=now, limit=200
        ).items
        found = case_list(connection, county.person("manager"), CaseFilter(text="Ben Example"))
        assert registers(connection, county.person("manager")).claimed == ()
    assert len(after) * 2 == len(before)
    assert hidden not in {each.id for each in found.items}


def test_who_is_let_in_are_the_named_the_family_chosen_teams_and_agencies_at_work(
    county: County,
) -> None:
    case_id = county.open_case()
    county.link_parent(case_id)
    county.walk(case_id, until="give_setting_information")
    restrict(county, case_id, "casework2")

    alone = seers(county, case_id)
    restrict(county, case_id, "casework2", teams=("st-aidans",))
    county.complete(case_id, "give_setting_information")
    with_team = seers(county, case_id)
    restrict(county, case_id, "casework2")

    assert alone == {"casework", "casework2", "parent", "setting"}
    assert with_team == alone
    assert seers(county, case_id) == {"casework", "casework2", "parent"}


def test_an_agency_keeps_its_open_task_without_initials(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_setting_information")
    restrict(small_county, case_id)
    setting, now = small_county.person("setting"), small_county.system.clock.now()

    with small_county.system.read() as connection:
        (item,) = work_list(connection, setting, WorkFilter(), now=now).page.items
        for name in ("casework3", "panel", "manager"):
            person = small_county.person(name)
            assert work_list(connection, person, WorkFilter(), now=now).page.items == ()
            assert task_item(connection, person, item.id, now=now) is None

    assert item.child_initials == "restricted"
    small_county.system.execute(ClaimTask(item.id), setting)


def test_a_task_of_a_restricted_case_is_done_by_nobody_who_is_kept_out(
    small_county: County,
) -> None:
    case_id = small_county.open_case()
    (task, *_) = small_county.open_tasks(case_id)
    small_county.system.execute(ClaimTask(task.id), small_county.person("casework2"))
    restrict(small_county, case_id)

    assert small_county.open_tasks(case_id)[0].assignee == ""
    for command in (ClaimTask(task.id), CompleteTask(task.id, {})):
        with pytest.raises(sight.RestrictedCase):
            small_county.system.execute(command, small_county.person("casework2"))
    kept_out = organisation.person_id("casework2")
    with pytest.raises(errors.Invalid) as refused:
        small_county.system.execute(AssignTask(task.id, kept_out), small_county.person("casework"))
    assert set(refused.value.errors) == {"assignee"}
    assert small_county.problems() == []


def test_a_task_stays_with_whoever_is_let_in_by_team(small_county: County) -> None:
    case_id = small_county.open_case()
    (task, *_) = small_county.open_tasks(case_id)
    small_county.system.execute(ClaimTask(task.id), small_county.person("casework2"))

    restrict(small_county, case_id, teams=(task.team_id,))

    assert small_county.open_tasks(case_id)[0].assignee == organisation.person_id("casework2")


def test_a_digest_says_nothing_of_a_restricted_case_to_who_is_kept_out(
    small_county: County,
) -> None:
    case_id = small_county.open_case()
    now = small_county.system.clock.now()
    since = due.Since(now - dt.timedelta(days=1), now - dt.timedelta(days=1))

    def told(name: str) -> gather.Digest:
        recipient = f"person:{organisation.person_id(name)}"
        with small_county.system.read() as connection:
            whom = due.addressee(connection, recipient)
            assert whom is not None
            return gather.gather(connection, whom, Covers.ALL, since, now)

    assert not told("casework2").is_empty
    restrict(small_county, case_id)

    assert told("casework2").is_empty
    assert not told("casework").is_empty


def test_break_glass_opens_for_an_hour_is_on_record_and_told_at_once(county: County) -> None:
    case_id = county.open_case(child_first_name="Zephyrine")
    restrict(county, case_id, "casework2")
    system = county.system

    system.execute(BreakGlass(case_id, REASON, "https://ehc.test"), county.person("manager"))

    with system.read() as connection:
        why = sight.why_may_see(connection, opened(county, "manager"), case_id)
        letters = connection.execute(
            sa.select(outbox.c.payload).where(outbox.c.key.like("break-glass:%"))
        ).scalars()
        mails = {each["to"].partition("@")[0]: each["text"] for each in letters}
        told = {
            name for name in EVERYBODY if glass_alerts.glass_alerts(connection, county.person(name))
        }
    assert why == "Break-glass: Manager, across the authority"
    assert told == set(mails) == {"casework", "casework2", "admin"}
    assert not any("Zephyrine" in text or REASON in text for text in mails.values())
    assert county.happened(case_id, "GlassBroken")[0]["reason"] == REASON
    system.clock.move_to(system.clock.now() + dt.timedelta(minutes=61))
    assert opened(county, "manager").opened == frozenset()
    assert seers(county, case_id) == {"casework", "casework2"}


@pytest.mark.parametrize("reason", ["", "   ", "Because", "x" * 1001])
def test_a_glass_is_not_broken_without_a_reason_that_says_something(
    small_county: County, reason: str
) -> None:
    case_id = small_county.open_case()
    restrict(small_county, case_id)
    before = small_county.everything()

    with pytest.raises(errors.Invalid) as refused:
        small_county.system.execute(BreakGlass(case_id, reason), small_county.person("manager"))

    assert set(refused.value.errors) == {"reason"}
    assert small_county.everything() == before


def test_an_alert_stands_until_it_is_acknowledged_by_who_was_told(small_county: County) -> None:
    case_id = small_county.open_case()
    restrict(small_county, case_id)
    system, casework = small_county.system, small_county.person("casework")
    system.execute(BreakGlass(case_id, REASON), small_county.person("manager"))
    with system.read() as connection:
        (alert,) = glass_alerts.glass_alerts(connection, casework)
        assert glass.unacknowledged(connection, casework.id) == 1

    with pytest.raises(glass.NoSuchAlert):
        system.execute(AcknowledgeGlass(alert.glass_id), small_county.person("panel"))
    system.execute(AcknowledgeGlass(alert.glass_id), casework)

    with system.read() as connection:
        assert glass.unacknowledged(connection, casework.id) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zephyrine Example", True),
        ("zephyrine example", True),
        ("{reference}", True),
        ("Zephyrine", False),
        ("Zephirine Example", False),
        ("Example", False),
        ("", False),
    ],
)
def test_search_tells_that_a_restricted_case_is_there_only_to_who_names_it_exactly(
    small_county: County, text: str, *, found: bool
) -> None:
    case_id = small_county.open_case(child_first_name="Zephyrine")
    reference = small_county.case(case_id).reference
    restrict(small_county, case_id)
    asked = text.format(reference=reference)

    with small_county.system.read() as connection:
        shown = {
            name: [
                each.reference
                for each in restricted_matches(connection, small_county.person(name), asked)
            ]
            for name in ("manager", "casework", "outsider", "health")
        }

    nothing: list[str] = []
    assert shown == {
        "manager": [reference] if found else nothing,
        "casework": nothing,
        "outsider": nothing,
        "health": nothing,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "because"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"people": (organisation.person_id("outsider"),)}, "people"),
        ({"teams": ("mediation",)}, "teams"),
    ],
)
def test_a_restriction_that_says_nothing_or_names_strangers_is_refused(
    small_county: County, change: dict[str, object], field: str
) -> None:
    case_id = small_county.open_case()
    before = small_county.everything()
    given = {"kind": "adoption", "reason": REASON, **change}

    with pytest.raises(errors.Invalid) as refused:
        small_county.system.execute(
            RestrictCase(case_id, **given),  # type: ignore[arg-type]
            small_county.person("casework"),
        )

    assert set(refused.value.errors) == {field}
    assert small_county.everything() == before


def test_a_restriction_that_is_lifted_leaves_the_case_as_it_was(small_county: County) -> None:
    case_id = small_county.open_case()
    before = seers(small_county, case_id)
    restrict(small_county, case_id)

    small_county.system.execute(
        LiftRestriction(case_id, "No longer needed"), small_county.person("casework")
    )

    assert seers(small_county, case_id) == before
    assert [each["reason"] for each in small_county.happened(case_id, "RestrictionLifted")] == [
        "No longer needed"
    ]
