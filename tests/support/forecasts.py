"""Small processes with known durations, and forecasts of them."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.support.diagrams import diagram, flows
from workflows.calendar.working_days import WorkingCalendar
from workflows.forecast import forecast as forecasts, prepare
from workflows.forecast.curves import Curve
from workflows.forecast.days import Days
from workflows.forecast.expressions import Law
from workflows.forecast.forecast import Forecast, Knowledge
from workflows.forecast.lessons import Lessons
from workflows.forecast.prepare import Prepared
from workflows.forecast.situation import Limit, OpenTask, Situation
from workflows.rulebook import load
from workflows.simulation import process

MONDAY = dt.date(2026, 1, 5)
CALENDAR = WorkingCalendar()
DAYS = Days.of(MONDAY - dt.timedelta(days=400), MONDAY, CALENDAR)
LAW = Law(load.current(), CALENDAR)
CASE = UUID(int=7)
CLERKS = "clerks"


def task(name: str, extra: str = "", attributes: str = "") -> str:
    return f'<userTask id="{name}" name="{name.capitalize()}" {attributes}>{extra}</userTask>'


def sent(name: str = "sent", records: str = "final_plan_sent") -> str:
    """A step that records a fact."""
    return (
        f'<serviceTask id="{name}" name="Sent" camunda:type="external" camunda:topic="remind">'
        f'<extensionElements><camunda:properties><camunda:property name="records" value="{records}"/>'
        "</camunda:properties></extensionElements></serviceTask>"
    )


def clerks(*ids: str) -> str:
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in ids)
    return f'<laneSet id="lanes"><lane id="lane" name="Clerks">{refs}</lane></laneSet>'


def prepared(body: str, *ids: str, **called: bytes) -> Prepared:
    """A process between its begin and its end; clerks do the tasks."""
    whole = clerks(*ids) + '<startEvent id="begun"/><endEvent id="over"/>' + body
    files = {"main": diagram(whole), **called}
    return prepare.prepare(process.of_files("main", files).bundle, load.current())


def sequence(*ids: str) -> Prepared:
    """Tasks one after the other, after which the plan is sent."""
    body = "".join(task(each) for each in ids) + sent()
    return prepared(body + flows("begun", *ids, "sent", "over"), *ids)


def evenly(days: float) -> Curve:
    """Anything between nothing and so many days, equally often."""
    return Curve((0.0, days), (0.0, 1.0), 100, 100.0)


def always(days: float) -> Curve:
    return Curve((days, days), (0.0, 1.0), 100, 100.0)


def lessons(curves: Mapping[str, Curve], **more: Any) -> Lessons:
    """How long the clerks' tasks take, by element."""
    return Lessons({(key, CLERKS): curve for key, curve in curves.items()}, **more)


def open_task(element: str, *, since: dt.date = MONDAY, **more: Any) -> OpenTask:
    given = {"role": CLERKS, "team": "", "label": "", **more}
    return OpenTask(UUID(int=1), element, opened=since, **given)


def situation(*tasks: OpenTask, due: dt.date = dt.date(2026, 6, 1), **more: Any) -> Situation:
    duty = load.current().newest("assessment.final_plan")
    limit = Limit(duty, "", due, more.pop("excused", False))
    return Situation(CASE, "bundle", more.pop("today", MONDAY), limit, tasks, **more)


def knowledge(known: Prepared, learned: Lessons) -> Knowledge:
    return Knowledge(LAW, learned, DAYS, {"bundle": known})


def forecast(known: Prepared, learned: Lessons, case: Situation) -> Forecast:
    found = forecasts.forecast(case, knowledge(known, learned))
    assert found is not None
    return found


def working_days(day: dt.date) -> int:
    """How many working days after the Monday a day is."""
    return DAYS.between(MONDAY, day)


def with_id(one: OpenTask, number: int, **changes: Any) -> OpenTask:
    return dataclasses.replace(one, id=UUID(int=number), **changes)
