"""A simulation begins with what was measured here, and with a guess that says so where little was."""

from uuid import UUID

import pytest

from engine.commands.claim_task import ClaimTask
from tests.support.county import County
from workflows.calendar import london
from workflows.queries.measured_durations import Measured, measured_durations
from workflows.simulation import guesses, process, sources
from workflows.simulation.guesses import Beginning
from workflows.simulation.setup import Spread

SOURCE = "version:ehc_assessment:1"
ANSWER = ("decide_to_assess", "decision_to_assess")


def measured(county: County) -> Measured:
    system = county.system
    with system.read() as connection:
        return measured_durations(connection, ["ehc_assessment"], [ANSWER], system.now())


def beginning(county: County) -> Beginning:
    with county.system.read() as connection:
        source = sources.of_choice(connection, SOURCE)
    simulated = process.of_files(source.process_key, source.files)
    today = london.local_date(county.system.now())
    return guesses.beginning(simulated, measured(county), today)


def register(county: County, case_id: UUID) -> None:
    county.complete(case_id, "register_request")


def test_a_step_is_measured_in_working_days_from_opening_and_from_taking(
    small_county: County,
) -> None:
    case_id = small_county.open_case()  # a Monday
    (task,) = small_county.open_tasks(case_id)
    small_county.pass_days(3)
    small_county.system.execute(ClaimTask(task.id), small_county.person("casework"))
    small_county.pass_days(4)  # over a weekend

    register(small_county, case_id)

    (step,) = measured(small_county).steps
    assert (step.element, step.role) == ("register_request", "sen_casework")
    assert (step.from_opening.observed, step.from_opening.median) == (1, 5)
    assert (step.from_taking.observed, step.from_taking.median) == (1, 2)


def test_what_is_done_at_once_takes_a_quarter_of_a_day(small_county: County) -> None:
    register(small_county, small_county.open_case())

    (step,) = measured(small_county).steps

    assert step.from_opening.median == 0.25


def test_few_observations_are_replaced_by_a_guess_that_says_so(small_county: County) -> None:
    register(small_county, small_county.open_case())

    begun = beginning(small_county)

    step = next(each for each in begun.steps if each.element == "register_request")
    assert (step.spread, step.observed) == (guesses.USUAL, 0)
    assert (begun.setup.weekly, begun.arrivals_observed) == (guesses.WEEKLY, 0)


def test_enough_observations_are_taken_with_their_number(
    small_county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (guesses, measured_durations.__globals__):
        setter = monkeypatch.setitem if isinstance(module, dict) else monkeypatch.setattr
        setter(module, "ENOUGH", 2)
    refused, assessed = small_county.open_case(), small_county.open_case(child_first_name="Bo")
    small_county.pass_days(2)
    for case_id, decision in ((refused, "refuse"), (assessed, "assess")):
        small_county.walk(case_id, until="decide_to_assess")
        small_county.complete(case_id, "decide_to_assess", decision_to_assess=decision)

    begun = beginning(small_county)

    step = next(each for each in begun.steps if each.element == "register_request")
    choice = next(each for each in begun.choices if (each.element, each.field) == ANSWER)
    assert (step.spread, step.observed) == (Spread(2, 2), 2)
    assert {value: percent for value, _, percent in choice.parts} == {"assess": 50, "refuse": 50}
    assert choice.observed == 2
    assert (begun.setup.weekly, begun.arrivals_observed) == (2, 2)


def test_whoever_may_be_asked_for_advice_has_a_row_of_their_own(small_county: County) -> None:
    begun = beginning(small_county)

    roles = {each.role for each in begun.steps if each.element == "give_advice"}
    assert {"educational_psychology", "health", "social_care", "education_setting"} <= roles
    assert "educational_psychology" in begun.roles
