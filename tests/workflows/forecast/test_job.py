"""A worker keeps forecasts true: what happened is computed again, what ended is forgotten."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import ports
from engine.store.tables import instances, tasks
from tests.support.county import County
from workflows.calendar import london
from workflows.commands.end_case import EndCase
from workflows.commands.keep_forecasts import KeepForecasts
from workflows.commands.record_exception import RecordException
from workflows.forecast import backtest
from workflows.forecast.job import Forecaster, begin_anew
from workflows.queries.case_forecast import case_forecast
from workflows.queries.forecast_state import forecast_state
from workflows.queries.observed_steps import observed_steps
from workflows.store.forecast_tables import forecast_backtests, forecast_outlooks, forecasts
from workflows.store.tables import cases


@pytest.fixture
def forecaster(small_county: County) -> Forecaster:
    return Forecaster(small_county.system)


def row(county: County, case_id: UUID) -> Any:
    with county.system.read() as connection:
        return connection.execute(
            sa.select(*forecasts.c).where(forecasts.c.case_id == case_id)
        ).one_or_none()


def numbers(county: County, case_id: UUID) -> tuple[Any, ...]:
    found = row(county, case_id)
    return found.p50, found.p80, found.chance_late, found.driver, found.driver_share


def test_an_open_case_gets_a_forecast_against_its_main_limit(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()

    forecaster.look()
    found = row(small_county, case_id)

    limit = small_county.deadline(case_id, "assessment.final_plan")
    assert (found.duty, found.due, found.team_id) == (limit.duty, limit.due, limit.team_id)
    assert london.local_date(small_county.system.now()) < found.p50 <= found.p80
    assert 0 < found.chance_late < 1
    assert found.at_risk == (found.p50 > found.due)


def test_what_happens_marks_the_forecast_of_that_case_alone_until_it_is_computed_again(
    small_county: County, forecaster: Forecaster
) -> None:
    touched, quiet = small_county.open_case(), small_county.open_case(child_first_name="Ben")
    forecaster.look()
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(hours=1))

    small_county.complete(touched, "register_request")
    marked = row(small_county, touched).stale, row(small_county, quiet).stale
    before = row(small_county, quiet).computed_at
    forecaster.look()

    assert marked == (True, False)
    assert not row(small_county, touched).stale
    assert row(small_county, touched).computed_at > before == row(small_county, quiet).computed_at


def test_what_happened_while_it_was_computed_is_not_lost(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    forecaster.look()
    kept = dict(row(small_county, case_id)._mapping)  # noqa: SLF001 (SQLAlchemy's public name)

    small_county.complete(case_id, "register_request")
    late = KeepForecasts({case_id: 1}, ({**kept, "driver": "Something old"},))
    small_county.system.execute(late, ports.SYSTEM)

    assert row(small_county, case_id).stale
    assert row(small_county, case_id).driver != "Something old"


def test_every_forecast_is_computed_again_once_the_day_has_turned(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    forecaster.look()
    first = row(small_county, case_id)

    small_county.pass_days(3)
    forecaster.look()

    assert row(small_county, case_id).computed_at > first.computed_at
    assert row(small_county, case_id).p50 >= first.p50


def test_a_case_that_ends_loses_its_forecast(small_county: County, forecaster: Forecaster) -> None:
    case_id = small_county.open_case()
    forecaster.look()

    today = small_county.system.clock.now().date()
    small_county.system.execute(
        EndCase(case_id, "request_withdrawn", today, "Told by telephone"),
        small_county.person("casework"),
    )
    forecaster.look()

    assert row(small_county, case_id) is None


def test_a_lawful_exception_leaves_no_chance_to_be_late(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    forecaster.look()
    today = small_county.system.clock.now().date()
    command = RecordException(
        case_id,
        "assessment.final_plan",
        "exceptional_circumstances",
        today,
        today,
        reason="The mother is in hospital.",
    )
    small_county.system.execute(command, small_county.person("casework"))
    stale = row(small_county, case_id).stale

    forecaster.look()
    found = row(small_county, case_id)

    assert stale
    assert (found.excused, found.at_risk, found.chance_late) == (True, False, 0.0)


def test_children_who_differ_in_everything_personal_get_the_same_forecast(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case(child_date_of_birth="2019-09-30", year_group="3")
    small_county.walk(case_id, until="give_advice")
    forecaster.look()
    before = numbers(small_county, case_id)

    personal = {
        "child_first_name": "Zoë",
        "child_last_name": "Okonkwo",
        "child_date_of_birth": dt.date(2003, 2, 1),
        "details": {"sex": "F", "ethnicity": "x", "year_group": "13", "language": "Polish"},
        "setting_id": "the-beeches",
    }
    with small_county.system.engine.begin() as connection:
        connection.execute(cases.update().where(cases.c.id == case_id).values(personal))
        held = sa.select(instances.c.variables).where(instances.c.subject_id == case_id)
        other = {
            name: "another" if name.startswith(("child_", "parent_", "year_")) else value
            for name, value in connection.execute(held).scalar_one().items()
        }
        connection.execute(
            instances.update().where(instances.c.subject_id == case_id).values(variables=other)
        )
        connection.execute(forecasts.update().values(stale=True, chance_late=0.5, driver="?"))
    Forecaster(small_county.system).look()

    assert numbers(small_county, case_id) == before


def test_what_would_save_a_case_stands_with_its_open_task(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="hold_meeting")
    small_county.pass_days(100)

    forecaster.look()
    with small_county.system.read() as connection:
        found = case_forecast(connection, small_county.person("manager"), case_id)

    assert found is not None
    assert found.rescues
    assert all(each.after < each.before == found.row.chance_late for each in found.rescues)
    waiting = {each.id for each in small_county.open_tasks(case_id)}
    assert {each.task_id for each in found.rescues} <= waiting | {None}


def test_the_month_is_told_and_forecasts_are_tested_a_week_at_a_time(
    small_county: County, forecaster: Forecaster
) -> None:
    small_county.open_case()
    forecaster.look()
    forecaster.look()

    with small_county.system.read() as connection:
        months = connection.execute(sa.select(forecast_outlooks.c.month)).scalars().all()
        weeks = connection.execute(sa.select(forecast_backtests.c.week)).scalars().all()
    assert sorted(months) == [dt.date(2026, 1, 1), dt.date(2026, 2, 1)]
    assert len(weeks) == len(set(weeks)) > 0


def test_everything_is_learned_and_computed_anew_where_the_history_was_changed_in_bulk(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    forecaster.look()
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(hours=1))

    begin_anew(small_county.system)
    stale = row(small_county, case_id).stale
    forecaster.look()

    with small_county.system.read() as connection:
        learned_at = forecast_state(connection).learned_at
    assert stale
    assert learned_at == row(small_county, case_id).computed_at == small_county.system.now()


def test_a_test_of_an_earlier_day_sees_nothing_of_what_came_after(
    small_county: County, forecaster: Forecaster
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    day = small_county.system.clock.now().date()

    def said() -> backtest.Tested:
        now = small_county.system.clock.now()
        knowledge = forecaster.knowledge(now)
        with small_county.system.read() as connection:
            observed = observed_steps(connection, now - dt.timedelta(days=99), now)
        (found,) = forecaster.looked_back(knowledge, observed, day, now.date())
        return found

    before = said()
    small_county.pass_days(60)
    small_county.walk(case_id, until="prepare_review", decide_to_assess={})
    after = said()

    assert before.finished is None
    assert after.finished == day + dt.timedelta(days=60)
    assert (after.chance_late, after.p50, after.p80) == (
        before.chance_late,
        before.p50,
        before.p80,
    )


def test_what_was_said_is_tested_once_its_day_has_passed_whether_finished_or_not() -> None:
    today = dt.date(2026, 6, 1)
    past, ahead = today - dt.timedelta(days=9), today + dt.timedelta(days=9)
    tested = [
        backtest.Tested(0.9, past, past, past, None),  # said late, and is
        backtest.Tested(0.85, past, past, past, past - dt.timedelta(days=1)),  # and is not
        backtest.Tested(0.1, past, ahead, ahead, past),  # only its P50 can be told
        backtest.Tested(0.1, ahead, ahead, ahead, past),  # nothing can be told yet
    ]

    found = backtest.calibrate(tested, today)

    assert found.cases == 3
    assert (found.p50, found.p80) == ((3, 2), (2, 1))
    assert found.bands == ((0, 0), (0, 0), (0, 0), (0, 0), (2, 1))


def test_a_taken_task_is_known_as_taken_only_from_then_on(small_county: County) -> None:
    case_id = small_county.open_case()
    opened = small_county.system.clock.now()
    with small_county.system.engine.begin() as connection:
        connection.execute(
            tasks.update()
            .where(tasks.c.subject_id == case_id)
            .values(claimed_at=opened + dt.timedelta(days=5))
        )
    with small_county.system.read() as connection:
        (found,) = observed_steps(connection, opened, opened)

    assert found.taken is not None
    assert found.as_of(opened + dt.timedelta(days=4)).taken is None  # type: ignore[union-attr]
    assert found.as_of(opened + dt.timedelta(days=5)).taken is not None  # type: ignore[union-attr]
    assert found.as_of(opened - dt.timedelta(days=1)) is None
