"""A simulation does what the diagram, the calendar and the law say, to the day."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.definitions import parser, xml
from tests.support.diagrams import diagram, flows
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import deadlines
from workflows.duties.facts import Fact
from workflows.simulation import chance, process, simulate as loop
from workflows.simulation.arrivals import arrivals
from workflows.simulation.case import Told
from workflows.simulation.grid import Grid
from workflows.simulation.process import Process
from workflows.simulation.result import Result, of_json
from workflows.simulation.setup import Capacity, Setup, Spread
from workflows.simulation.shard import Orders, Report
from workflows.simulation.team import Alone, Several

MONDAY = dt.date(2026, 1, 5)
CALENDAR = WorkingCalendar()
BPMN = Path(__file__).parents[3] / "bpmn"
ASSESSMENT = ("ehc_assessment", "gather_advice", "consult_setting", "draft_and_issue_plan")
PSYCHOLOGY = "educational_psychology"
SHARES = {
    ("decide_to_assess", "decision_to_assess"): {"assess": 75.0, "refuse": 25.0},
    ("decide_on_plan", "plan_necessary"): {"yes": 94.0, "no": 6.0},
    ("check_advice", "advice_accepted"): {"yes": 95.0, "no": 5.0},
    ("agree_health_provision", "health_agrees"): {"yes": 95.0, "no": 5.0},
}


def lane(*ids: str, name: str = "Clerks") -> str:
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in ids)
    return f'<laneSet id="lanes"><lane id="lane" name="{name}">{refs}</lane></laneSet>'


def one_task(extra: str = "") -> Process:
    """One task, done by clerks."""
    body = (
        lane("work")
        + '<startEvent id="begun"/><userTask id="work" name="Work"/><endEvent id="done" name="Done"/>'
        + flows("begun", "work", "done")
        + extra
    )
    return process.of_files("main", {"main": diagram(body)})


def setup(**changes: Any) -> Setup:
    """Cases that come one a working day, of which each takes one working day."""
    usual = Setup(cases=3, weekly=5, begins=MONDAY, even=True, weeks=20, usual=Spread(1, 1))
    return dataclasses.replace(usual, **changes)


def run(simulated: Process, given: Setup) -> Result:
    grid = Grid.of(given.begins, given.weeks, CALENDAR)
    return loop.simulate(simulated, given, grid, Alone(simulated, given, grid, CALENDAR))


def assessment_files() -> dict[str, bytes]:
    found = {path.stem: path.read_bytes() for path in BPMN.rglob("*.bpmn")}
    return {key: found[key] for key in ASSESSMENT}


@pytest.fixture(scope="module")
def assessment() -> Process:
    return process.of_files("ehc_assessment", assessment_files())


def busy(**changes: Any) -> Setup:
    given = Setup(
        cases=24,
        weekly=12,
        begins=MONDAY,
        durations={("give_advice", PSYCHOLOGY): Spread(12, 18)},
        capacities={PSYCHOLOGY: Capacity(2, 3)},
        shares=SHARES,
    )
    return dataclasses.replace(given, **changes)


def test_nobody_waits_where_work_is_done_before_the_next_comes() -> None:
    found = run(one_task(), setup(capacities={"clerks": Capacity(1)}))

    (step,) = found.steps
    assert (step.begun, step.mean, step.longest) == (3, 0, 0)
    assert found.finished == 3
    assert found.ends[0].name == "Done"


def test_three_who_come_at_once_to_one_clerk_wait_none_two_and_four_days() -> None:
    given = setup(weekly=1_000, usual=Spread(2, 2), capacities={"clerks": Capacity(1)})

    (step,) = run(one_task(), given).steps

    assert step.mean == 2
    assert step.p80 == step.longest == 4
    assert step.most_waiting == 2


def test_two_pieces_at_the_same_time_halve_the_queue() -> None:
    given = setup(cases=4, weekly=1_000, usual=Spread(2, 2), capacities={"clerks": Capacity(1, 2)})

    (step,) = run(one_task(), given).steps

    assert (step.mean, step.longest) == (1, 2)


def test_work_of_three_days_that_begins_on_a_friday_is_done_on_wednesday() -> None:
    friday = MONDAY + dt.timedelta(days=4)

    found = run(one_task(), setup(cases=1, begins=friday, usual=Spread(3, 3)))

    assert found.ends[0].median == pytest.approx(5 / 7)  # Friday to Wednesday


def test_a_role_is_busy_for_the_share_of_its_places_that_was_in_use() -> None:
    given = setup(cases=11, usual=Spread(1, 1), capacities={"clerks": Capacity(2)})

    (role,) = run(one_task(), given).roles

    assert role.busy == pytest.approx(0.5)
    assert role.done == 11


def test_what_is_due_first_is_begun_first() -> None:
    def task(name: str, days: int) -> str:
        due = f"${{after(today(), 'P{days}D')}}"
        return f'<userTask id="{name}" name="{name}" camunda:dueDate="{due}"/>'

    body = (
        lane("later", "sooner")
        + '<startEvent id="begun"/><parallelGateway id="both"/>'
        + task("later", 9)
        + task("sooner", 2)
        + '<parallelGateway id="joined"/><endEvent id="done"/>'
        + flows("begun", "both", "later", "joined", "done")
        + flows("both", "sooner", "joined")
    )
    simulated = process.of_files("main", {"main": diagram(body)})

    found = run(simulated, setup(cases=1, capacities={"clerks": Capacity(1)}))

    assert {each.element: each.mean for each in found.steps} == {"later": 1, "sooner": 0}


def timed(duration: str) -> str:
    return (
        '<boundaryEvent id="over" attachedToRef="work" cancelActivity="true">'
        f"<timerEventDefinition id='t'><timeDate>${{after(today(), '{duration}')}}</timeDate>"
        '</timerEventDefinition></boundaryEvent><endEvent id="given_up" name="Given up"/>'
        + flows("over", "given_up")
    )


def test_a_timer_takes_work_away_and_its_place_is_free_again() -> None:
    given = setup(cases=2, usual=Spread(10, 10), capacities={"clerks": Capacity(1)})

    found = run(one_task(timed("P3D")), given)

    assert [(each.name, each.cases) for each in found.ends] == [("Given up", 2)]
    assert found.timers == 2
    (step,) = found.steps
    assert step.begun == 2  # the second waited two days until the first was given up


def test_work_that_is_taken_away_while_it_waits_is_never_begun() -> None:
    given = setup(cases=3, weekly=1_000, usual=Spread(10, 10), capacities={"clerks": Capacity(1)})

    found = run(one_task(timed("P3D")), given)

    (step,) = found.steps
    assert (step.begun, step.most_waiting) == (1, 2)
    assert found.finished == 3


def test_cases_that_are_not_over_are_cut_off_and_counted() -> None:
    found = run(one_task(), setup(cases=5, weeks=1, usual=Spread(4, 4)))

    assert (found.cases, found.finished, found.unfinished) == (5, 1, 4)


def round_and_round(days: float) -> tuple[Process, Setup]:
    body = (
        '<startEvent id="begun"/><exclusiveGateway id="again"/>'
        '<userTask id="work" name="Work"><extensionElements><camunda:formData>'
        '<camunda:formField id="enough" label="Enough?" type="enum">'
        '<camunda:value id="yes" name="Yes"/><camunda:value id="no" name="No"/>'
        "</camunda:formField></camunda:formData></extensionElements></userTask>"
        '<exclusiveGateway id="is_enough" default="is_enough_again"/><endEvent id="done"/>'
        + flows("begun", "again", "work", "is_enough", "again")
        + '<sequenceFlow id="out" sourceRef="is_enough" targetRef="done"><conditionExpression '
        "xsi:type=\"tFormalExpression\">${enough == 'yes'}</conditionExpression></sequenceFlow>"
    )
    given = setup(
        cases=2,
        weeks=500,
        usual=Spread(days, days),
        shares={("work", "enough"): {"yes": 0.0, "no": 100.0}},
    )
    return process.of_files("main", {"main": diagram(body)}), given


def test_a_case_that_goes_round_without_end_is_given_up_with_the_reason() -> None:
    found = run(*round_and_round(0.25))

    ((why, count),) = found.stuck
    assert "goes round and round" in why
    assert (count, found.finished) == (2, 0)


def test_a_round_in_which_no_time_passes_is_refused() -> None:
    with pytest.raises(loop.NoTimePasses):
        run(*round_and_round(0))


def test_answers_are_given_as_often_as_their_shares_say(assessment: Process) -> None:
    shares = {**SHARES, ("decide_to_assess", "decision_to_assess"): {"assess": 0.0, "refuse": 5.0}}

    found = run(assessment, busy(cases=5, shares=shares))

    assert [(each.element, each.cases) for each in found.ends] == [("assessment_refused", 5)]


def test_the_same_seed_gives_the_same_and_another_something_else(assessment: Process) -> None:
    first, again, other = (run(assessment, busy(cases=8, seed=seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other
    assert of_json(first.as_json()) == first


def test_how_many_processes_share_the_cases_changes_nothing(assessment: Process) -> None:
    given = busy(cases=8)
    grid = Grid.of(given.begins, given.weeks, CALENDAR)

    with Several(2, ("ehc_assessment", assessment_files()), (given, grid, CALENDAR)) as team:
        shared = loop.simulate(assessment, given, grid, team)

    assert shared == run(assessment, given)


def test_more_psychologists_let_advice_wait_less_and_no_more_of_it_be_late(
    assessment: Process,
) -> None:
    found = [
        run(assessment, busy(capacities={PSYCHOLOGY: Capacity(people, 3)})) for people in (1, 2, 8)
    ]

    waits = [
        next(s.mean for s in each.steps if (s.element, s.role) == ("give_advice", PSYCHOLOGY))
        for each in found
    ]
    late = [next(d.late for d in each.duties if d.code == "assessment.advice") for each in found]
    assert all(before > after for before, after in pairwise(waits))
    assert late[0] > late[-1]
    assert late == sorted(late, reverse=True)


class Listening(Alone):
    """Looks after all cases, and keeps what they told."""

    told: tuple[Told, ...] = ()

    def step(self, orders: Sequence[Orders | None]) -> Sequence[Report | None]:
        reports = super().step(orders)
        self.told += tuple(each for report in reports if report for each in report.told)
        return reports


def test_late_plans_are_those_that_came_after_the_last_day_that_the_law_gives(
    assessment: Process,
) -> None:
    given = busy(capacities={PSYCHOLOGY: Capacity(1, 3)})
    grid = Grid.of(given.begins, given.weeks, CALENDAR)
    team = Listening(assessment, given, grid, CALENDAR)

    found = loop.simulate(assessment, given, grid, team)
    plan = next(each for each in found.duties if each.code == "assessment.final_plan")

    issued = [each for each in team.told if each.end_element == "plan_issued"]
    late = [each for each in issued if each.ended and each.ended > last_day(assessment, each.began)]
    assert len(issued) == plan.owed
    assert 0 < len(late) == plan.late < plan.owed


def last_day(simulated: Process, began: dt.date) -> dt.date:
    received = Fact("request_received", began)
    found = deadlines.due(simulated.rulebook, [received], "assessment.final_plan")
    assert found is not None
    return found.due


def test_reminders_fire_as_in_a_real_case(assessment: Process) -> None:
    slow = busy(cases=1, usual=Spread(1, 1), durations={("give_advice", ""): Spread(60, 60)})
    certain = {key: dict.fromkeys(parts, 0.0) for key, parts in SHARES.items()}
    for key, answer in zip(certain, ("assess", "yes", "yes", "yes"), strict=True):
        certain[key][answer] = 1.0

    late = run(assessment, dataclasses.replace(slow, shares=certain))
    quick = run(assessment, dataclasses.replace(slow, shares=certain, durations={}))

    assert (
        late.timers > 5 * 4
    )  # of five advisers: at half time, a week before, the day after, weekly
    assert quick.timers == 0
    advice = next(each for each in late.duties if each.code == "assessment.advice")
    assert advice.late == advice.owed == 5


def test_durations_have_the_median_and_the_share_that_was_asked_for() -> None:
    drawn = sorted(chance.days(Spread(10, 20), number) for number in range(4_000))

    assert drawn[2_000] == pytest.approx(10, rel=0.05)
    assert drawn[3_200] == pytest.approx(20, rel=0.05)


def test_as_many_cases_begin_in_a_week_as_asked_for_and_more_in_busy_months() -> None:
    months = (3.0, *[1.0] * 11)
    given = setup(cases=5_000, weekly=20, even=False, weeks=104, months=months)
    grid = Grid.of(given.begins, given.weeks, CALENDAR)

    begun = arrivals(given, grid)
    january = [tick for tick in begun if grid.day(tick).month == 1]

    weeks = len(grid.working) / 5
    assert len(begun) == pytest.approx(20 * weeks, rel=0.1)
    assert len(january) / len(begun) == pytest.approx(3 / 14, abs=0.05)


def test_every_process_that_is_delivered_can_be_simulated() -> None:
    files = {path.stem: path.read_bytes() for path in BPMN.rglob("*.bpmn")}
    called = {
        name
        for key, data in files.items()
        for name in parser.called_keys(parser.process_of(xml.parse(data, name=key), key))[0]
    }
    for key in files.keys() - called - {"ordered_assessment"}:
        found = run(process.of_files(key, files), setup(cases=2, weeks=60))

        assert found.cases == 2, key
        assert not found.stuck, (key, found.stuck)


def test_a_process_that_goes_on_from_another_says_what_it_lacks() -> None:
    files = {path.stem: path.read_bytes() for path in BPMN.rglob("*.bpmn")}

    found = run(process.of_files("ordered_assessment", files), setup(cases=2))

    ((why, count),) = found.stuck
    assert "cannot be recorded before “Request received" in why
    assert count == 2
