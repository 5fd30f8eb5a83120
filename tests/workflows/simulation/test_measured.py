"""A simulation begins with what was measured here, and with a guess that says so where little was."""

from dataclasses import replace
from uuid import UUID

from engine.commands.claim_task import ClaimTask
from tests.support.county import County
from workflows.calendar import london
from workflows.queries.measured_durations import (
    ENOUGH,
    Duration,
    Measured,
    MeasuredStep,
    measured_durations,
)
from workflows.simulation import guesses, process, sources
from workflows.simulation.guesses import Beginning
from workflows.simulation.setup import Spread

SOURCE = "version:ehc_assessment:1"
CASEWORK = "sen_casework"
ANSWER = ("decide_to_assess", "decision_to_assess")


def measured(county: County) -> Measured:
    system = county.system
    with system.read() as connection:
        return measured_durations(connection, ["ehc_assessment"], [ANSWER], system.now())


def beginning(county: County, history: Measured | None = None) -> Beginning:
    with county.system.read() as connection:
        source = sources.of_choice(connection, SOURCE)
    simulated = process.of_files(source.process_key, source.files)
    today = london.local_date(county.system.now())
    return guesses.beginning(simulated, history or measured(county), today)


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


def test_enough_observations_are_taken_with_their_number(small_county: County) -> None:
    for number in range(ENOUGH):
        small_county.open_case(child_first_name=f"Ada {number}")
    steps = (
        MeasuredStep("register_request", CASEWORK, Duration(40, 3, 7), Duration(ENOUGH, 1, 2)),
        MeasuredStep("collate_evidence", CASEWORK, Duration(40, 3, 7), Duration(ENOUGH - 1, 1, 2)),
    )
    history = replace(
        measured(small_county), steps=steps, shares={ANSWER: {"assess": 15, "refuse": 5}}
    )

    begun = beginning(small_county, history)

    known = {each.element: (each.spread, each.observed) for each in begun.steps}
    choice = next(each for each in begun.choices if (each.element, each.field) == ANSWER)
    assert known["register_request"] == (Spread(1, 2), ENOUGH)
    assert known["collate_evidence"] == (Spread(3, 7), 40)
    assert {value: percent for value, _, percent in choice.parts} == {"assess": 75, "refuse": 25}
    assert choice.observed == 20
    assert (begun.setup.weekly, begun.arrivals_observed) == (ENOUGH, ENOUGH)


def test_answers_are_counted(small_county: County) -> None:
    for decision in ("refuse", "assess", "refuse"):
        case_id = small_county.open_case()
        small_county.walk(case_id, until="decide_to_assess")
        small_county.complete(case_id, "decide_to_assess", decision_to_assess=decision)

    assert measured(small_county).shares == {ANSWER: {"refuse": 2, "assess": 1}}


def test_whoever_may_be_asked_for_advice_has_a_row_of_their_own(small_county: County) -> None:
    begun = beginning(small_county)

    roles = {each.role for each in begun.steps if each.element == "give_advice"}
    assert {"educational_psychology", "health", "social_care", "education_setting"} <= roles
    assert "educational_psychology" in begun.roles
