"""People are told once a morning what waits for them, whatever happens to the workers."""

import datetime as dt
import threading
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import errors
from engine.commands.assign_task import AssignTask
from engine.store.database import count_statements
from engine.store.tables import outbox, tasks
from engine.worker.timers import fire_due
from tests.support.county import BEGIN, County
from workflows import bootstrap
from workflows.commands.choose_digest import ChooseDigest
from workflows.demo import organisation
from workflows.digests.preference import Covers, Frequency, covers
from workflows.store.digest_tables import digests, reminders
from workflows.store.tables import cases, memberships

SITE = "https://send.wolds.test"
SEVEN = dt.datetime(2026, 1, 6, 7, tzinfo=dt.UTC)


def at(county: County, moment: dt.datetime) -> None:
    """Let time pass until a moment, with its timers."""
    county.system.clock.move_to(moment)
    fire_due(county.system.executor)


def send(county: County) -> int:
    return bootstrap.send_digests(county.system, SITE)


def letters(county: County, name: str = "") -> list[Any]:
    """Return the digests queued so far: all, or those to a demo person."""
    with county.system.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.key, outbox.c.payload, outbox.c.queued_at)
            .where(outbox.c.key.startswith("digest:"))
            .order_by(outbox.c.queued_at, outbox.c.key)
        ).all()
    wanted = f"digest:person:{organisation.person_id(name)}:" if name else "digest:"
    return [row.payload for row in rows if row.key.startswith(wanted)]


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case that waits for its registration."""
    return small_county.open_case()


def test_before_seven_in_london_nobody_is_written_to(small_county: County, case_id: UUID) -> None:
    del case_id
    at(small_county, SEVEN - dt.timedelta(minutes=1))
    assert send(small_county) == 0

    at(small_county, SEVEN)
    assert send(small_county) > 0


def test_in_summer_seven_in_london_is_six_by_universal_time(small_county: County) -> None:
    at(small_county, dt.datetime(2026, 6, 30, 5, 59, tzinfo=dt.UTC))
    assert send(small_county) == 0

    at(small_county, dt.datetime(2026, 6, 30, 6, 0, tzinfo=dt.UTC))
    assert send(small_county) > 0


def test_a_digest_has_references_and_links_and_goes_out_once_a_day(
    small_county: County, case_id: UUID
) -> None:
    at(small_county, SEVEN)

    send(small_county)
    assert send(small_county) == 0
    at(small_county, SEVEN + dt.timedelta(hours=9))
    send(small_county)

    (letter,) = letters(small_county, "casework2")
    (task,) = small_county.open_tasks(case_id)
    reference = small_county.case(case_id).reference
    assert letter["to"] == "casework2@demo.test"
    assert letter["subject"] == "Your work: 1 due soon"
    assert f"- {reference}: Register the request, due " in letter["text"]
    assert ", new\n" in letter["text"]
    assert f"{SITE}/tasks/{task.id}" in letter["text"]
    assert "Ada" not in letter["text"]
    assert letters(small_county, "panel") == [], "there is nothing to say to them"
    assert letters(small_county, "parent") == [], "families are not staff"


def test_two_workers_at_once_write_to_nobody_twice(county: County) -> None:
    county.open_case()
    at(county, SEVEN)
    begin = threading.Barrier(2)
    faults: list[BaseException] = []

    def work() -> None:
        begin.wait()
        try:
            send(county)
        except BaseException as fault:
            faults.append(fault)
            raise

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert faults == []
    assert len(letters(county, "casework2")) == 1
    with county.system.read() as connection:
        rows = connection.execute(sa.select(digests.c.recipient)).scalars().all()
    assert len(rows) == len(set(rows)) > 0


def test_what_is_late_stays_and_what_is_new_is_new_once(
    small_county: County, case_id: UUID
) -> None:
    del case_id
    for day in range(12):
        at(small_county, SEVEN + dt.timedelta(days=day))
        send(small_county)

    found = letters(small_county, "casework2")
    assert len(found) == 12
    assert [", new" in each["text"] for each in found] == [True] + [False] * 11
    assert found[-1]["subject"].startswith("Your work: 1 overdue")


def test_what_is_given_to_somebody_is_news_to_them_alone(
    small_county: County, case_id: UUID
) -> None:
    at(small_county, SEVEN)
    send(small_county)
    (task,) = small_county.open_tasks(case_id)
    given = AssignTask(task.id, organisation.person_id("casework2"))
    at(small_county, SEVEN + dt.timedelta(hours=3))
    small_county.system.execute(given, small_county.person("manager"))
    at(small_county, SEVEN + dt.timedelta(days=1))
    send(small_county)

    assert ", new" in letters(small_county, "casework2")[-1]["text"]
    assert len(letters(small_county, "casework")) == 1, "it is no longer their team's to take"


def test_chasers_reach_whoever_has_the_task_and_escalations_the_managers(
    small_county: County, case_id: UUID
) -> None:
    small_county.walk(case_id, until="give_advice")
    for day in range(0, 60, 3):
        at(small_county, SEVEN + dt.timedelta(days=day))
        send(small_county)

    with small_county.system.read() as connection:
        rows = connection.execute(sa.select(*reminders.c)).all()
    whom = {(row.how, row.recipient) for row in rows}
    assert ("chase", "team:psychology") in whom
    chased = [each for each in letters(small_county, "psychology") if "Chased" in each["text"]]
    reference = small_county.case(case_id).reference
    assert chased
    assert f"- {reference}: Chased on" in chased[0]["text"]
    assert f"{SITE}/cases/{case_id}" in chased[0]["text"]
    assert not any("Chased on" in each["text"] for each in letters(small_county, "outsider"))


def test_managers_get_escalations_every_day_whatever_they_chose(
    small_county: County, case_id: UUID
) -> None:
    manager = small_county.person("manager")
    small_county.system.execute(ChooseDigest("none"), manager)
    small_county.walk(case_id, until="decide_to_assess")
    for day in range(0, 60, 3):
        at(small_county, SEVEN + dt.timedelta(days=day))
        send(small_county)

    (letter,) = letters(small_county, "manager")
    assert letter["subject"] == "Your work: 1 chased or escalated"
    assert "Escalated on" in letter["text"]


def test_reminders_reach_the_role_that_the_diagram_names(
    small_county: County, case_id: UUID
) -> None:
    small_county.walk(case_id, until="decide_to_assess")
    for day in range(0, 41, 2):
        at(small_county, SEVEN + dt.timedelta(days=day))
        send(small_county)

    found = [each for each in letters(small_county, "panel") if "Reminder on" in each["text"]]
    assert len(found) == 1


def test_people_choose_daily_weekly_or_none(small_county: County, case_id: UUID) -> None:
    del case_id
    small_county.system.execute(ChooseDigest("weekly"), small_county.person("casework"))
    small_county.system.execute(ChooseDigest("none"), small_county.person("casework2"))
    for day in range(14):
        at(small_county, SEVEN + dt.timedelta(days=day))
        send(small_county)

    assert len(letters(small_county, "casework")) == 2
    assert letters(small_county, "casework2") == []
    with pytest.raises(errors.Invalid):
        small_county.system.execute(ChooseDigest("hourly"), small_county.person("casework"))


def test_a_team_without_anybody_who_signs_in_is_written_to_at_its_address(
    small_county: County, case_id: UUID
) -> None:
    with small_county.system.engine.begin() as connection:
        connection.execute(memberships.delete().where(memberships.c.team_id == "sen_north"))
        connection.execute(
            tasks.update().where(tasks.c.subject_id == case_id).values(team_id="sen_north")
        )
    at(small_county, SEVEN)
    send(small_county)

    (letter,) = [each for each in letters(small_county) if each["to"] == "sen_north@wolds.test"]
    assert small_county.case(case_id).reference in letter["text"]
    assert "/account" not in letter["text"], "a team has no profile"


def test_who_has_left_is_not_written_to(small_county: County, case_id: UUID) -> None:
    del case_id
    with small_county.system.engine.begin() as connection:
        connection.execute(sa.text("UPDATE people SET active = false"))
    at(small_county, SEVEN)
    send(small_county)

    assert not any(each["to"].endswith("@demo.test") for each in letters(small_county))


@pytest.mark.parametrize(
    ("frequency", "day", "role", "told"),
    [
        (Frequency.DAILY, BEGIN.date(), "", Covers.ALL),
        (Frequency.WEEKLY, BEGIN.date(), "", Covers.ALL),  # a Monday
        (Frequency.WEEKLY, BEGIN.date() + dt.timedelta(days=1), "", Covers.NOTHING),
        (Frequency.WEEKLY, BEGIN.date() + dt.timedelta(days=1), "manager", Covers.ESCALATIONS),
        (Frequency.NONE, BEGIN.date(), "", Covers.NOTHING),
        (Frequency.NONE, BEGIN.date(), "manager", Covers.ESCALATIONS),
    ],
)
def test_what_a_choice_means(frequency: Frequency, day: dt.date, role: str, told: Covers) -> None:
    assert covers(frequency, day, is_manager=role == "manager") is told


def test_the_work_of_a_morning_does_not_grow_with_the_cases(small_county: County) -> None:
    counted = []
    for day in range(2):
        for _ in range(1 + 8 * day):
            small_county.open_case()
        at(small_county, SEVEN + dt.timedelta(days=day))
        with count_statements(small_county.system.engine) as statements:
            send(small_county)
        counted.append(len(statements.sent))

    with small_county.system.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one() == 10
    assert counted[1] <= counted[0] + 2
