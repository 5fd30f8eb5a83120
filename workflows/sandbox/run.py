"""Live through a scenario under a moved clock, and tell where it goes another way."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from workflows.bootstrap import System
from workflows.queries.case_state import CaseState
from workflows.sandbox.story import Story
from workflows.scenarios.model import Scenario, Step


def run(scenario: Scenario, system: System, *, may_have_more: bool = False) -> CaseState:
    """Return how the case stands at the end.

    Args:
        scenario: The story.
        system: A training or test system with its diagrams; its clock is moved.
        may_have_more: Tasks that the story never names may wait besides, and are completed with plain
            answers where they stand before one that it does.

    Raises:
        ScenarioError: naming the step at which it goes another way, what was expected, and what is.
        errors.Refused: the case cannot be opened with these answers.
    """
    story = Story(scenario, system, may_have_more=may_have_more)
    story.open()
    for step in scenario.steps:
        story.take(step)
        if step.then:
            _look(story, step)
    return story.state()


def _look(story: Story, step: Step) -> None:
    """Compare what should hold after a step with what does."""
    state = story.state()
    if story.may_have_more:
        known = [each for each in state.waiting if each.name in story.named]
        state = dataclasses.replace(state, waiting=tuple(known))
    for key, expected in step.then.items():
        there, wanted, what = _LOOKS[key](state, expected)
        if there != wanted:
            raise story.wrong(step, f"{what} {there}, not {wanted}")


Compared = tuple[Any, Any, str]


def _case(state: CaseState, expected: str) -> Compared:
    return state.status, expected, "the case is"


def _waiting(state: CaseState, expected: list[str]) -> Compared:
    return sorted({each.name for each in state.waiting}), sorted(expected), "what waits is"


def _not_waiting(state: CaseState, expected: list[str]) -> Compared:
    there = sorted({each.name for each in state.waiting} & set(expected))
    return there, [], "what must not wait and does is"


def _facts(state: CaseState, expected: dict[str, dt.date]) -> Compared:
    return {code: state.facts.get(code) for code in expected}, expected, "the facts are"


def _duties(state: CaseState, expected: dict[str, str]) -> Compared:
    there = {}
    for code, words in expected.items():
        status, due = state.duties.get(code, ("not opened", None))
        there[code] = f"{status}, due {due}" if "due" in words else str(status)
    return there, expected, "the duties are"


def _notices(state: CaseState, expected: list[str]) -> Compared:
    missing = [each for each in expected if each not in state.notices]
    return missing, [], f"of the notices {list(state.notices)}, missing are"


def _told(state: CaseState, expected: list[str]) -> Compared:
    missing = [each for each in expected if each not in state.told]
    return missing, [], f"of what was told {list(state.told)}, missing is"


_LOOKS: Final[Mapping[str, Callable[[CaseState, Any], Compared]]] = {
    "case": _case,
    "waiting": _waiting,
    "not_waiting": _not_waiting,
    "facts": _facts,
    "duties": _duties,
    "notices": _notices,
    "told": _told,
}
