"""What administrators change: agencies, teams, people; refused where work would be left behind."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from engine import errors, ports
from engine.commands.claim_task import ClaimTask
from engine.store.tables import outbox, tasks
from tests.support.county import PASSWORD, County
from workflows.access import people, sign_in
from workflows.agencies.details import AgencyDetails
from workflows.commands.accept_invitation import AcceptInvitation
from workflows.commands.add_agency import AddAgency
from workflows.commands.add_person import AddPerson
from workflows.commands.add_team import AddTeam
from workflows.commands.change_agency import ChangeAgency
from workflows.commands.change_person import ChangePerson
from workflows.commands.change_routing import ChangeRouting, RoutingChanged
from workflows.commands.close_agency import CloseAgency, TeamsOpen
from workflows.commands.close_area import AreaUsed, CloseArea
from workflows.commands.close_team import CloseTeam, StillRouted, TasksOpen
from workflows.commands.deactivate_person import DeactivatePerson, OnlyAdministrator, TasksHeld
from workflows.commands.invite_person import InvitePerson
from workflows.commands.link_party import LinkParty
from workflows.commands.make_token import MakeToken
from workflows.commands.pass_task_on import PassTaskOn
from workflows.commands.revoke_token import RevokeToken
from workflows.commands.set_roles import HasTasks, LastAdministrator, SetRoles
from workflows.commands.unlock_person import UnlockPerson
from workflows.commands.want_second_person import WantSecondPerson
from workflows.demo import organisation as demo
from workflows.queries import administration_history, team_page, token_list
from workflows.queries.administration_history import Change
from workflows.store import drafts, organisation
from workflows.store.directory import EmailTaken

SCHOOL = AgencyDetails("setting", "Moor End School", "office@moor.test", "123456", "10012345")


@pytest.fixture
def do(small_county: County) -> Callable[..., Any]:
    """Execute a command as the administrator, or as somebody else."""

    def execute(command: Any, name: str = "admin") -> Any:
        small_county.system.execute(command, small_county.person(name))
        return command

    return execute


def history(county: County, what: str) -> tuple[Change, ...]:
    with county.system.read() as connection:
        return administration_history.administration_history(connection, what=what).items


def invite(county: County, password: str = "marmalade kettle nine") -> str:
    """Add a person who has accepted; return their identifier."""
    command = AddPerson("ada@wolds.test", "Ada Lovell", (("sen_north", "sen_casework"),), "x/")
    county.system.execute(command, county.person("admin"))
    county.system.execute(AcceptInvitation(command.token, password), ports.SYSTEM)
    return command.person_id


def enter(county: County, email: str, password: str) -> str:
    now = county.system.now()
    return sign_in.sign_in(county.system.engine, email, password, address="1.2.3.4", now=now)


def test_a_setting_gets_its_team_and_requests_offer_it(
    small_county: County, do: Callable[..., Any]
) -> None:
    do(AddAgency(SCHOOL))

    with small_county.system.read() as connection:
        assert "moor-end-school" in organisation.open_settings(connection)
        assert organisation.team(connection, "moor-end-school").name == "Moor End School"
    case_id = small_county.open_case(setting="moor-end-school")
    assert small_county.case(case_id).setting_id == "moor-end-school"
    (added,) = history(small_county, "agency")
    assert (added.kind, added.by) == ("added", "Chloe Bennett")
    assert ("URN", "", "123456") in added.changes


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"kind": "circus"}, "kind"),
        ({"urn": "12"}, "urn"),
        ({"ukprn": "20012345"}, "ukprn"),
        ({"phase": "nonsense"}, "phase"),
        ({"area": "west"}, "area"),
    ],
)
def test_what_is_wrong_with_an_agency_is_said_at_its_field(
    do: Callable[..., Any], given: dict[str, str], field: str
) -> None:
    details = {"kind": "setting", "name": "X", "email": "x@y.test", **given}

    with pytest.raises(errors.Invalid) as refused:
        do(AddAgency(AgencyDetails(**details)))

    assert list(refused.value.errors) == [field]


def test_a_change_is_in_the_history_from_what_to_what(
    small_county: County, do: Callable[..., Any]
) -> None:
    health = AgencyDetails("health", "Wolds ICB", "send@health.test")
    do(ChangeAgency("health", health, "New name"))
    do(ChangeAgency("health", health, "Nothing differs"))

    (changed,) = history(small_county, "agency")
    assert changed.changes == (("Name", "Wolds Integrated Care Board", "Wolds ICB"),)
    assert changed.reason == "New name"
    with pytest.raises(errors.Invalid):
        do(ChangeAgency("health", SCHOOL))


def test_a_team_with_open_tasks_or_in_the_routing_table_is_not_closed(
    small_county: County, do: Callable[..., Any]
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    small_county.system.domain.routing.forget()
    with small_county.system.read() as connection:
        row = connection.execute(
            sa.select(tasks.c.team_id, tasks.c.id, tasks.c.assignee).where(
                tasks.c.status == "open", tasks.c.team_id == "st-aidans"
            )
        ).first()
        waiting = team_page.team_page(connection, "st-aidans")
    assert row is not None
    assert waiting.open_tasks == len(waiting.tasks) >= 1
    do(ClaimTask(row.id), "setting")

    with pytest.raises(TasksOpen):
        do(CloseTeam("st-aidans", "Merged"))
    for each in waiting.tasks:
        do(PassTaskOn(each.id, "Merged", "beck-lane"))
    do(CloseTeam("st-aidans", "Merged"))
    do(CloseAgency("st-aidans", "Merged"))

    with small_county.system.read() as connection:
        moved = connection.execute(sa.select(*tasks.c).where(tasks.c.id == row.id)).one()
    assert (moved.team_id, moved.assignee) == ("beck-lane", "")
    assert small_county.happened(case_id, "TaskPassedOn")[0]["team_id"] == "beck-lane"
    do(ClaimTask(row.id), "setting")  # head of both schools: the case is still theirs to see
    with pytest.raises(StillRouted):
        do(CloseTeam("panel", "Merged"))
    with pytest.raises(TeamsOpen):
        do(CloseAgency("health", "Merged"))
    with pytest.raises(AreaUsed):
        do(CloseArea("north", "Merged"))
    assert small_county.problems() == []


def test_whoever_is_invited_chooses_a_password_once_and_signs_in(small_county: County) -> None:
    admin = small_county.person("admin")
    command = AddPerson("Ada@Wolds.test", "Ada Lovell", (("", "manager"),), "https://x/invitation/")
    small_county.system.execute(command, admin)
    with small_county.system.read() as connection:
        mail = connection.execute(
            sa.select(outbox.c.payload).where(outbox.c.key.like("invitation:%"))
        ).scalar_one()
    assert f"https://x/invitation/{command.token}" in mail["text"]
    assert mail["forget"] == ["text"]

    with pytest.raises(errors.Invalid):
        small_county.system.execute(AcceptInvitation(command.token, "ada lovell 1"), ports.SYSTEM)
    accepted = AcceptInvitation(command.token, "marmalade kettle nine")
    small_county.system.execute(accepted, ports.SYSTEM)

    assert enter(small_county, "ada@wolds.test", "marmalade kettle nine")
    with pytest.raises(errors.NotFound):
        small_county.system.execute(accepted, ports.SYSTEM)


def test_an_invitation_ends_with_its_week_a_newer_one_and_deactivation(
    small_county: County, do: Callable[..., Any]
) -> None:
    person_id = do(AddPerson("a@b.test", "Ada", (("", "owner"),))).person_id
    older, newer = do(InvitePerson(person_id)), do(InvitePerson(person_id))

    def accept(token: str) -> None:
        command = AcceptInvitation(token, "marmalade kettle nine")
        small_county.system.execute(command, ports.SYSTEM)

    with pytest.raises(errors.NotFound):
        accept(older.token)
    do(DeactivatePerson(person_id, "Left"))
    with pytest.raises(errors.NotFound):
        accept(newer.token)
    with pytest.raises(errors.Conflict):
        do(InvitePerson(person_id))


def test_who_is_deactivated_loses_sessions_and_tokens_at_once(
    small_county: County, do: Callable[..., Any]
) -> None:
    person_id, system = invite(small_county), small_county.system
    session = enter(small_county, "ada@wolds.test", "marmalade kettle nine")
    token = sign_in.new_token(system.engine, "ada@wolds.test", system.now())
    row = small_county.open_tasks(small_county.open_case(area="north"))[0]
    with system.read() as connection:
        ada = people.person(connection, person_id)
    system.execute(ClaimTask(row.id), ada)

    with pytest.raises(TasksHeld):
        do(DeactivatePerson(person_id, "Left"))
    with pytest.raises(HasTasks):
        do(SetRoles(person_id, (("sen_south", "sen_casework"),), "Moves"))
    do(PassTaskOn(row.id, "Left"))
    do(DeactivatePerson(person_id, "Left"))

    assert sign_in.person_of_session(system.engine, session, system.now()) is None
    assert sign_in.holder_of_token(system.engine, token, system.now()) is None
    with pytest.raises(sign_in.WrongCredentials):
        enter(small_county, "ada@wolds.test", "marmalade kettle nine")


def test_the_last_administrator_stays_one(small_county: County, do: Callable[..., Any]) -> None:
    last = demo.person_id("admin")

    with pytest.raises(LastAdministrator):
        do(SetRoles(last, (("", "manager"),), "R"))
    with pytest.raises(OnlyAdministrator):
        do(DeactivatePerson(last, "R"))
    do(SetRoles(demo.person_id("owner"), (("", "owner"), ("", "admin")), "Deputy"))
    do(SetRoles(last, (("", "manager"),), "R"))

    assert small_county.person("admin").roles == {"manager"}


@pytest.mark.parametrize(
    "held",
    [
        (),
        (("", "health"),),
        (("health_hub", "manager"),),
        (("panel", "health"),),
        (("x", "health"),),
    ],
)
def test_roles_that_nobody_can_have_are_refused(
    do: Callable[..., Any], held: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(errors.Invalid):
        do(SetRoles(demo.person_id("health"), held, "R"))


def test_an_email_address_is_one_persons(do: Callable[..., Any]) -> None:
    with pytest.raises(EmailTaken):
        do(AddPerson("PANEL@demo.test", "Eve", (("", "owner"),)))
    with pytest.raises(EmailTaken):
        do(ChangePerson(demo.person_id("health"), "panel@demo.test", "Samuel Adeyemi"))


def test_who_tried_too_often_is_let_in_again(small_county: County, do: Callable[..., Any]) -> None:
    for _ in range(sign_in.FAILURES_PER_ACCOUNT):
        with pytest.raises(sign_in.WrongCredentials):
            enter(small_county, "panel@demo.test", "wrong")
    with pytest.raises(sign_in.TooManyAttempts):
        enter(small_county, "panel@demo.test", PASSWORD)

    do(UnlockPerson(demo.person_id("panel")))

    assert enter(small_county, "panel@demo.test", PASSWORD)


def test_a_parent_is_linked_by_the_address_that_the_case_has(
    small_county: County, do: Callable[..., Any]
) -> None:
    case_id = small_county.open_case(parent_email="PARENT@demo.test")
    other = small_county.open_case(child_first_name="Eve")
    reference, parent = small_county.case(case_id).reference, demo.person_id("parent")

    with pytest.raises(errors.Invalid):
        do(LinkParty(parent, small_county.case(other).reference, "Asked"))
    with pytest.raises(errors.Invalid):
        do(LinkParty(demo.person_id("health"), reference, "Asked"))
    do(LinkParty(parent, reference, "Asked"))

    assert small_county.happened(case_id, "PartyLinked")[0]["person_id"] == parent
    assert small_county.problems() == []


def test_a_token_is_for_its_scope_and_time_and_its_owner_alone(
    small_county: County, do: Callable[..., Any]
) -> None:
    system, today = small_county.system, small_county.system.now().date()
    for day in (today, today.replace(year=today.year + 2)):
        with pytest.raises(errors.Invalid):
            do(MakeToken("Reports", "read", day), "panel")
    made = do(MakeToken("Reports", "read", today.replace(month=12)), "panel")
    holder = sign_in.holder_of_token(system.engine, made.secret, system.now())
    with system.read() as connection:
        (row,) = token_list.token_list(connection, system.now())

    assert holder is not None
    assert (holder.person.email, holder.may_write) == ("panel@demo.test", False)
    assert row.last_used_at == system.now()
    with pytest.raises(errors.NotFound):
        do(RevokeToken(row.id), "health")
    do(RevokeToken(row.id))
    assert sign_in.holder_of_token(system.engine, made.secret, system.now()) is None


def test_routing_goes_by_the_table_that_an_administrator_publishes(
    small_county: County, do: Callable[..., Any]
) -> None:
    do(AddTeam("authority", "sen_west", "SEN casework, West", "west@wolds.test"))
    data, version = live(small_county)
    rules = small_county_rules(data)
    moved = (rules[0].__class__("sen_casework", "north", "", "", "sen_west"), *rules)

    for wrong in ("nobody", ""):
        with pytest.raises(errors.Invalid):
            do(ChangeRouting((rules[0].__class__("", "", "", "", wrong),), "R", version))
    do(ChangeRouting(moved, "A new team", version))
    with pytest.raises(RoutingChanged):
        do(ChangeRouting(rules, "R", version))

    row = small_county.open_tasks(small_county.open_case(area="north"))[0]
    assert row.team_id == "sen_west"
    (entry,) = history(small_county, "routing")
    assert entry.changes[0][2] == "role sen_casework, area north: sen_west"


def test_where_a_second_person_is_wanted_the_table_becomes_a_draft(
    small_county: County, do: Callable[..., Any]
) -> None:
    do(WantSecondPerson(wanted=True))
    data, version = live(small_county)

    command = do(ChangeRouting(small_county_rules(data)[1:], "Shorter", version))

    assert live(small_county)[1] == version
    with small_county.system.read() as connection:
        assert drafts.load(connection, command.draft_id).key == "routing"


def live(county: County) -> tuple[bytes, int]:
    from engine.store import definitions  # noqa: PLC0415 (beside what it is for)

    with county.system.read() as connection:
        found = definitions.live_versions(connection)["routing"]
    return found.xml, found.version


def small_county_rules(data: bytes) -> Any:
    from workflows.agencies import routing_rules  # noqa: PLC0415

    return routing_rules.read(data)
