"""How a sandbox is shown, and how its time is read from a form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine import errors
from engine.definitions.elements import Element
from webapp.presentation import dates, tags
from workflows.access.people import ROLE_NAMES
from workflows.calendar import london
from workflows.queries.case_state import Waiting
from workflows.sandbox.board import Board
from workflows.sandbox.story import Story

MORNING: Final = 9  # o'clock, at which each day of a sandbox is looked at
FARTHEST: Final = 1_000  # days at once: each is lived through
STEPS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 28}


@dataclass(frozen=True, slots=True)
class About:
    """What helps to fill in a task: who has it, and what the law or the Code says."""

    role: str
    guidance: str


def about(story: Story, task: Waiting) -> About:
    """Return what stands beside a task."""
    element = _element(story, task)
    guidance = element.properties.get("guidance")
    role = task.role
    return About(
        ROLE_NAMES.get(role, role.replace("_", " ")) or "anybody",
        guidance.literal if guidance else "",
    )


def by_role(story: Story) -> dict[str, list[Waiting]]:
    """Return the tasks that wait, by the role that has them."""
    found: dict[str, list[Waiting]] = {}
    for each in story.state().waiting:
        role = ROLE_NAMES.get(each.role, each.role.replace("_", " "))
        found.setdefault(role or "Nobody in particular", []).append(each)
    return found


def day(form: MultiDict[str, str], name: str) -> dt.date:
    """Return the day that was typed into three fields.

    Raises:
        errors.Invalid: it is none.
    """
    parts = [form.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    try:
        return dt.date(*(int(part) for part in parts))
    except (ValueError, TypeError, OverflowError) as error:
        raise errors.Invalid(
            "Enter a day, month and year.", errors={name: ("Enter a real date",)}
        ) from error


def moved_to(today: dt.date, form: MultiDict[str, str]) -> dt.date:
    """Return the day to which time is to pass: `step` (day, week, month), or a date.

    Raises:
        errors.Invalid: it is no date, lies before today, or too far ahead.
    """
    step = STEPS.get(form.get("step", ""))
    if step is not None:
        return today + dt.timedelta(days=step)
    until = form.get("until", "")
    try:
        to = dt.date.fromisoformat(until) if until else day(form, "to")
    except ValueError as error:
        raise errors.Invalid("Choose a date.", errors={"to": ("Enter a real date",)}) from error
    if not today < to <= today + dt.timedelta(days=FARTHEST):
        raise errors.Invalid(
            f"Enter a date after {dates.long_date(today)}, at most {FARTHEST} days ahead.",
            errors={"to": ("Time goes on only",)},
        )
    return to


def titled(task: Waiting) -> str:
    """Return the name of a task with its label."""
    return f"{task.name}: {task.label}" if task.label else task.name


def timers(found: Board) -> list[dict[str, str]]:
    """Return the timers: name, when in words, and the day on which it has fired by nine."""
    shown = []
    for each in found.timers:
        until = ""
        if each.due_at is not None:
            local = each.due_at.astimezone(london.LONDON)
            until = (local + dt.timedelta(hours=24 - MORNING)).date().isoformat()
        when = dates.moment(each.due_at) or "its date is not known yet"
        shown.append({"name": each.name, "when": when, "until": until})
    return shown


def duties(found: Board) -> list[tuple[str, str, str]]:
    """Return each time limit of the case: title, how it stands, and its last day."""
    return [
        (
            f"{row.title} ({row.qualifier.replace('_', ' ')})" if row.qualifier else row.title,
            tags.deadline_tag(row)[0],
            dates.long_date(row.due),
        )
        for row in found.page.deadlines
    ]


def facts(found: Board) -> list[tuple[str, str]]:
    """Return each fact of the case with its date."""
    return [(code, dates.long_date(on)) for code, on in found.state.facts.items()]


def variables(found: Board) -> list[tuple[str, str, str]]:
    """Return what each process knows."""
    return [
        (process, name, str(value))
        for process, known in found.variables.items()
        for name, value in sorted(known.items())
        if value not in (None, "", [])
    ]


def step_in_words(step: Mapping[str, Any]) -> str:
    """Return what was done in a step."""
    if "does" in step:
        label = f": {step['about']}" if step.get("about") else ""
        return f"{step['does']}{label}"
    if "message" in step:
        return f"Message “{step['message']}”"
    return f"Time passed until {dates.long_date(step.get('on', ''))}"


def _element(story: Story, task: Waiting) -> Element:
    return story.system.executor.bundles.get(task.bundle_id).elements[task.element_id]
