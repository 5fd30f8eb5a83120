"""Learners of the transition plan, in the county as it was when everybody moved."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tests.support.county import County
from workflows.commands.add_learner import AddLearner
from workflows.queries.transition_plan import PlanFilter, TransitionPlan, transition_plan
from workflows.transition.details import LearnerDetails
from workflows.transition.schedule import State

AUTUMN = dt.datetime(2015, 9, 21, 9, tzinfo=dt.UTC)
BORN = dt.date(2000, 3, 4)


@pytest.fixture
def past(small_county: County) -> County:
    """The county as it was when everybody moved."""
    small_county.system.clock.move_to(AUTUMN)
    return small_county


def details(first: str = "Ada", **more: Any) -> LearnerDetails:
    given = {"kind": "statement", "year_group": 10, "school_year": 2014} | more
    return LearnerDetails(first, "Lovell", BORN, setting_kind="secondary", **given)


def added(county: County, first: str = "Ada", **more: Any) -> UUID:
    command = AddLearner(details(first, **more))
    county.system.execute(command, county.person("casework"))
    return command.learner_id


def plan(county: County, chosen: PlanFilter | None = None) -> TransitionPlan:
    with county.system.read() as connection:
        today = county.system.clock.now().date()
        return transition_plan(connection, chosen or PlanFilter(), today=today)


def states(county: County) -> dict[str, State]:
    return {row.details.first_name: row.standing.state for row in plan(county).rows}
