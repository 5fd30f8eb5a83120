"""No timer ends what the family may do before the law does.

Source: SEND Regulations 2014, regulations 13(1)(a) and 22(2)(c) (at least 15 days to comment);
HESC Rules 2008, rule 20 (two months to appeal).
"""

from collections.abc import Iterator

from engine.checks.diagram import Diagram
from engine.checks.problem import Problem, Severity
from workflows.lawful import named, owed, records, told
from workflows.lawful.steps import Frame, Step
from workflows.rulebook import load
from workflows.rulebook.model import Duty, Rulebook


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield the timers that take a step from the family whose time is not asked of the rulebook."""
    law = load.current()
    for frame in owed.study(diagram).own.values():
        for inner in frame.every_frame():
            for step in inner.steps.values():
                for right in _rights(step, law):
                    yield from _cut(step, right, inner, law)


def _rights(step: Step, law: Rulebook) -> Iterator[Duty]:
    """Yield the rights of the family that a step is the use of."""
    told_here = {each.code for each in records.read(step.properties.get("records", ""))}
    for code in sorted(law.rights):
        duty = law.newest(code)
        if step.waits and told_here & {each.code for each in duty.met_by}:
            yield duty


def _cut(step: Step, right: Duty, frame: Frame, law: Rulebook) -> Iterator[Problem]:
    for timer in _rivals(step, frame):
        text = timer.timer[1] if timer.timer else ""
        named_rights = set(named.duties_in(text, law)) & law.rights
        if named_rights and "after(" in text and "before(" not in text:
            continue
        yield Problem(
            "right_not_cut_short",
            Severity.ERROR,
            timer.id,
            timer.line,
            f"“{timer.title}” can end “{step.title}” before the time that the family has by law is "
            f"over: {told.duties([right])}, {right.source}.",
            f"Let its date be the day after the limit: ${{after(due('{right.code}'), 'P1D')}}.",
        )


def _rivals(step: Step, frame: Frame) -> Iterator[Step]:
    """Yield the timers that end a step: on it, or beside it at an event-based gateway."""
    before = {flow.source for flow in frame.flows if flow.target == step.id}
    gateways = {each for each in before if frame.steps[each].tag == "eventBasedGateway"}
    for other in frame.steps.values():
        if other.timer is None:
            continue
        beside = any(flow.source in gateways and flow.target == other.id for flow in frame.flows)
        if beside or (other.attached_to == step.id and other.interrupting):
            yield other
