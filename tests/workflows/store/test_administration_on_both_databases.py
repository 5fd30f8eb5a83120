"""What administrators do works the same on SQLite and PostgreSQL, whose SQL differs."""

import datetime as dt

from engine import ports
from tests.support.county import County
from workflows import bootstrap
from workflows.agencies.details import AgencyDetails
from workflows.commands.accept_invitation import AcceptInvitation
from workflows.commands.add_agency import AddAgency
from workflows.commands.add_person import AddPerson
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.change_authority import ChangeAuthority
from workflows.commands.change_closures import ChangeClosures
from workflows.commands.make_token import MakeToken
from workflows.commands.revoke_token import RevokeToken
from workflows.commands.save_school_term import SaveSchoolTerm
from workflows.commands.send_test_event import SendTestEvent
from workflows.commands.set_roles import SetRoles
from workflows.demo import organisation
from workflows.queries import (
    administration_history,
    agency_list,
    calendar_effect,
    delivery_log,
    people_list,
    person_page,
    token_list,
    working_calendar,
)
from workflows.queries.people_list import PeopleFilter
from workflows.rulebook import load
from workflows.webhooks.details import WebhookDetails

FEBRUARY = dt.date(2026, 2, 2)


def test_all_that_administrators_do(county: County) -> None:
    system = county.system
    hook = AddWebhook(WebhookDetails("X", "https://hooks.example.org/", ("case.opened",), "health"))
    person = AddPerson("ada@wolds.test", "Ada Lovell", (("panel", "decision_panel"),), "x/")
    contacts = dict.fromkeys(organisation.AUTHORITY, "Somebody")
    token = MakeToken("Reports", "read", FEBRUARY)
    for command in (
        AddAgency(AgencyDetails("setting", "Sea School", "a@b.test", area="coast")),
        ChangeAuthority("Wolds Borough", contacts),
        person,
        hook,
        SendTestEvent(hook.webhook_id),
        token,
        SaveSchoolTerm(FEBRUARY, FEBRUARY, "Short"),
        ChangeClosures(FEBRUARY, FEBRUARY, "Flood", "Water"),
        SetRoles(organisation.person_id("owner"), (("", "owner"), ("", "admin")), "Deputy"),
        SetRoles(organisation.person_id("owner"), (("", "owner"),), "No deputy"),
    ):
        system.execute(command, county.person("admin"))
    system.execute(AcceptInvitation(person.token, "marmalade kettle nine"), ports.SYSTEM)
    county.open_case()
    bootstrap.apply_calendar(system)

    with system.read() as connection:
        history = administration_history.administration_history(connection, limit=3)
        older = administration_history.administration_history(
            connection, limit=200, cursor=history.next_cursor
        )
        people = people_list.people_list(connection, PeopleFilter("a", state=""), limit=2)
        others = people_list.people_list(
            connection, PeopleFilter("a", state=""), cursor=people.next_cursor
        )
        found = person_page.person_page(connection, person.person_id, system.now())
        (row,) = token_list.token_list(connection, system.now())
        (delivery,) = delivery_log.delivery_log(connection, hook.webhook_id, limit=1).items
        log = delivery_log.delivery_log(connection, hook.webhook_id, only="queued")
        calendar = working_calendar.working_calendar(connection, 2026)
        effect = calendar_effect.calendar_effect(connection, load.current(), added=[FEBRUARY])
        organised = agency_list.agency_list(connection)
    assert len(history.items) + len(older.items) == 10
    assert {each.id for each in people.items} & {each.id for each in others.items} == set()
    assert (found.has_password, found.invited_until, found.locked) == (True, None, False)
    assert (delivery.event, len(log.items)) == ("test", 1)
    assert calendar.closures == {FEBRUARY: "Flood"}
    assert (effect.moves, effect.cases) == ((), 0)
    assert "Sea School" in {each.name for each in organised.agencies}
    system.execute(RevokeToken(row.id), county.person("admin"))
    assert county.problems() == []
