"""A demo that has grown is as sound as one that the engine ran."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.queries import history
from engine.store.tables import outbox, tasks, timers
from tests.support import statistics
from tests.support.county import County
from tests.support.statistics import line
from workflows import bootstrap
from workflows.access import people
from workflows.commands.load_statistics import LoadStatistics
from workflows.context import CaseContext, Reading
from workflows.demo import grow, organisation
from workflows.demo.clock import NotADemo
from workflows.demo.growing import mix
from workflows.demo.growing.mix import Mix
from workflows.queries.case_list import CaseFilter, case_list
from workflows.store.tables import cases, deadlines, parties

HALF_REFUSED = Mix(taken_over=0, open=0.5, withdrawn=0, refused=1)


def seedlings(county: County) -> None:
    """Live through three cases: one asks for advice, one is refused, one has just come in."""
    asked = county.open_case()
    county.walk(asked, until="give_advice")
    county.link_parent(asked)
    refused = county.open_case(child_first_name="Ben", child_last_name="Refused")
    county.walk(refused, decide_to_assess={"decision_to_assess": "refuse"}, until="nothing")
    county.open_case(child_first_name="Cleo")
    county.pass_days(5)


def test_a_county_that_has_grown_agrees_with_its_engine(county: County) -> None:
    seedlings(county)
    with county.system.read() as connection:
        before = connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one()

    grow.grow(county.system, 150, seed=1, shares=HALF_REFUSED)

    assert county.problems() == []
    with county.system.read() as connection:
        after = connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one()
        numbers = connection.execute(sa.select(cases.c.reference)).scalars().all()
        emails = connection.execute(sa.select(parties.c.email)).scalars().all()
        first_due = connection.execute(
            sa.select(sa.func.min(timers.c.due_at)).where(timers.c.status == "waiting")
        ).scalar_one()
    assert after == before + 150
    assert len(set(numbers)) == after
    assert len(set(emails)) > 150
    assert first_due > county.system.now()


def test_a_copy_goes_on_as_any_case_does(small_county: County) -> None:
    seedlings(small_county)
    grow.grow(small_county.system, 10, seed=1, shares=HALF_REFUSED)
    with small_county.system.read() as connection:
        copies = connection.execute(
            sa.select(tasks.c.subject_id)
            .join(cases, cases.c.id == tasks.c.subject_id)
            .where(tasks.c.element_id == "give_advice", tasks.c.status == "open")
            .order_by(cases.c.reference.desc())
        ).scalars()
        copy = next(iter(copies))

    small_county.walk(copy, until="hold_meeting")
    small_county.pass_days(8)

    assert small_county.problems() == []
    with small_county.system.read() as connection:
        told = history.subject_history(connection, copy, limit=1, cursor=None)
    assert told.items[0].at > small_county.system.now() - dt.timedelta(days=9)


def test_a_copy_has_its_own_names_and_nobody_elses_email_is_sent(small_county: County) -> None:
    seedlings(small_county)
    with small_county.system.read() as connection:
        queued = sa.select(sa.func.count()).where(outbox.c.status == "queued")
        before = connection.execute(queued).scalar_one()

    grow.grow(small_county.system, 30, seed=1, shares=HALF_REFUSED)

    with small_county.system.read() as connection:
        assert connection.execute(queued).scalar_one() == before
        parent = people.person(connection, organisation.person_id("parent"))
        own = case_list(connection, parent, CaseFilter())
        texts = connection.execute(sa.select(cases.c.search_text)).scalars().all()
    assert len(own.items) == 1
    assert sum("ada example" in text for text in texts) == 1


def test_deadlines_of_copies_follow_from_their_facts(small_county: County) -> None:
    seedlings(small_county)
    grow.grow(small_county.system, 40, seed=2, shares=HALF_REFUSED)
    with small_county.system.read() as connection:
        ids = connection.execute(sa.select(cases.c.id)).scalars().all()
        rows = connection.execute(
            sa.select(deadlines.c.case_id, deadlines.c.duty, deadlines.c.due, deadlines.c.state)
        ).all()

    system = small_county.system
    with system.read() as connection:
        derived = {
            (case_id, each.duty.code, each.due, each.state)
            for case_id in ids
            for each in CaseContext(
                Reading(connection, system.now()), case_id, system.domain.rulebook, {}
            ).deadlines()
        }

    assert {tuple(row) for row in rows} == derived


def test_the_mix_is_that_of_the_published_statistics(small_county: County, tmp_path: Path) -> None:
    loaded = [
        line("timeliness", pc_plans_issued_within_20_weeks="39"),
        line("timeliness", statistics.WOLDS),
    ]
    files = (statistics.file(tmp_path, loaded),)
    small_county.system.execute(LoadStatistics(files), small_county.person("manager"))

    with small_county.system.read() as connection:
        found = mix.usual(connection)

    assert (found.in_20_weeks, found.refused) == (0.39, 0.25)
    assert sum(found.weights().values()) == pytest.approx(1)


def test_a_real_installation_does_not_grow(small_county: County, tmp_path: Path) -> None:
    url = str(small_county.system.engine.url)
    real = bootstrap.build(url, f"file://{tmp_path}")

    with pytest.raises(NotADemo):
        grow.grow(real, 1, seed=1)
    with pytest.raises(grow.NothingToGrowFrom):
        grow.grow(small_county.system, 1, seed=1)
    real.engine.dispose()
