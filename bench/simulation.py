"""A simulated case against stock SpiffWorkflow that goes through the same steps in memory.

Ours keeps facts and deadlines, fires timers and keeps the queues; the reference only moves tokens, and
what services and people answer is given to it. Both keep their cases in memory from step to step.
"""

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any, Final

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import TaskState

from bench.measure import Count, Figure, seconds
from bench.stock import Answers
from workflows import bootstrap
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.advisers import ADVISERS, ALWAYS
from workflows.scenarios import answers
from workflows.simulation import process
from workflows.simulation.grid import Grid
from workflows.simulation.process import Process
from workflows.simulation.result import Result
from workflows.simulation.setup import Capacity, Setup, Spread
from workflows.simulation.simulate import simulate
from workflows.simulation.team import Alone, Several

KEY: Final = "ehc_assessment"
CALLED: Final = ("gather_advice", "consult_setting", "draft_and_issue_plan")
BEGINS: Final = dt.date(2026, 1, 5)
FEW: Final = 25
MANY: Final = 1_000
MEMBERS: Final = 2
MOST: Final = 2.0
MOST_SECONDS: Final = 60
CERTAIN: Final = {
    ("decide_to_assess", "decision_to_assess"): {"assess": 1.0, "refuse": 0.0},
    ("decide_on_plan", "plan_necessary"): {"yes": 1.0, "no": 0.0},
    ("check_advice", "advice_accepted"): {"yes": 1.0, "no": 0.0},
    ("agree_health_provision", "health_agrees"): {"yes": 1.0, "no": 0.0},
    ("comment_on_draft", "budget_wanted"): {"yes": 0.0, "no": 1.0},
}
LIKELY: Final = {
    ("decide_to_assess", "decision_to_assess"): {"assess": 75.0, "refuse": 25.0},
    ("decide_on_plan", "plan_necessary"): {"yes": 94.0, "no": 6.0},
    ("check_advice", "advice_accepted"): {"yes": 95.0, "no": 5.0},
    ("agree_health_provision", "health_agrees"): {"yes": 95.0, "no": 5.0},
    ("comment_on_draft", "budget_wanted"): {"yes": 5.0, "no": 95.0},
}
SERVICES: Final[dict[str, dict[str, Any]]] = {
    "select_advisers": {"advisers": [{"code": c, "role": ADVISERS[c][1]} for c in ALWAYS]},
    "select_settings": {"settings": [{"code": "setting-1", "name": "Setting 1", "email": ""}]},
}


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Simulate a few cases both ways, and a year of them; no database takes part, so once."""
    del url
    if name != "SQLite":
        return
    files = {key: data for key, data in bootstrap.delivered().items() if key in {KEY, *CALLED}}
    simulated = process.of_files(KEY, files)
    ours = seconds(lambda: _alone(simulated, _setup(FEW, CERTAIN)))
    stock = seconds(lambda: _stock(simulated))
    yield Figure(f"simulation of {FEW} cases, in one process", ours, stock, MOST)
    setup = _setup(MANY, LIKELY)
    grid = Grid.of(setup.begins, setup.weeks, WorkingCalendar())

    def year() -> None:
        with Several(MEMBERS, (KEY, files), (setup, grid, WorkingCalendar())) as team:
            simulate(simulated, setup, grid, team)

    yield Count(
        f"simulation of {MANY:,} cases, {MEMBERS} processes on {os.cpu_count()} cores",
        round(seconds(year), 1),
        "s",
        MOST_SECONDS,
    )


def _setup(cases: int, shares: dict[tuple[str, str], dict[str, float]]) -> Setup:
    return Setup(
        cases=cases,
        weekly=20,
        begins=BEGINS,
        durations={
            ("give_advice", ""): Spread(15, 25),
            ("give_advice", "educational_psychology"): Spread(12, 18),
        },
        capacities={"educational_psychology": Capacity(5, 8)},
        shares=shares,
    )


def _alone(simulated: Process, setup: Setup) -> Result:
    grid = Grid.of(setup.begins, setup.weeks, WorkingCalendar())
    return simulate(simulated, setup, grid, Alone(simulated, setup, grid, WorkingCalendar()))


def _stock(simulated: Process) -> None:
    """Go through a few cases that come to a plan."""
    for _ in range(FEW):
        _stock_case(simulated)


def _stock_case(simulated: Process) -> None:
    bundle = simulated.bundle
    engine = Answers(bundle)
    engine.learn(SERVICES)
    workflow = BpmnWorkflow(bundle.spec, bundle.subprocess_specs, script_engine=engine)
    workflow.task_tree.set_data(**_answers(simulated, simulated.start.id))
    workflow.do_engine_steps()
    while waiting := workflow.get_tasks(state=TaskState.READY, manual=True):
        waiting[0].set_data(**_answers(simulated, waiting[0].task_spec.bpmn_id))
        waiting[0].run()
        workflow.do_engine_steps()
    if not workflow.is_completed():
        raise AssertionError("the reference does not come to its end")


def _answers(simulated: Process, element: str) -> dict[str, Any]:
    given = {
        field: next(value for value, share in parts.items() if share)
        for (asked, field), parts in CERTAIN.items()
        if asked == element
    }
    form = simulated.forms.get(element)
    return answers.plain(form, given, BEGINS) if form else given
